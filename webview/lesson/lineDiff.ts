/** Compares two short texts line by line. Pure; runs in the panel's page. */
export interface DiffLine {
  readonly text: string;
  /** Not in the other text at this place. */
  readonly differs: boolean;
}

export interface LineDiff {
  readonly expected: readonly DiffLine[];
  readonly actual: readonly DiffLine[];
}

/** Longest texts that are compared; beyond, only lines at the same place are. */
const maxLines = 400;

export function diffLines(expectedText: string, actualText: string): LineDiff {
  const expected = expectedText.split("\n");
  const actual = actualText.split("\n");
  const common =
    expected.length > maxLines || actual.length > maxLines
      ? samePlace(expected, actual)
      : longestCommon(expected, actual);
  const left = new Set(common.map(([index]) => index));
  const right = new Set(common.map(([, index]) => index));
  return {
    expected: expected.map((text, index) => ({ text, differs: !left.has(index) })),
    actual: actual.map((text, index) => ({ text, differs: !right.has(index) })),
  };
}

type Pairs = readonly (readonly [number, number])[];

function samePlace(left: readonly string[], right: readonly string[]): Pairs {
  return left.flatMap((text, index) => (right[index] === text ? [[index, index] as const] : []));
}

function longestCommon(left: readonly string[], right: readonly string[]): Pairs {
  // lengths[i][j]: how many lines left.slice(i) and right.slice(j) have in common.
  const lengths = left.map(() => new Array<number>(right.length + 1).fill(0));
  lengths.push(new Array<number>(right.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] = left[i] === right[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
