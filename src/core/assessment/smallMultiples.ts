/** Small multiples: one little chart for each subject, all with the same axes, so that they can be compared. Pure. */

export interface MultipleSeries {
  /** One for each rehearsal, oldest first, 0 to 1; undefined where nothing was asked. */
  readonly values: readonly (number | undefined)[];
}

export interface MultipleLayout {
  readonly width: number;
  readonly height: number;
  /** Joins what lies beside each other; where a value is missing, the line is broken. */
  readonly line: string;
  readonly dots: readonly {
    readonly x: number;
    readonly y: number;
    readonly value: number;
    readonly latest: boolean;
  }[];
  /** Heights of 0 %, 50 % and 100 %. */
  readonly guides: readonly number[];
}

export interface MultipleSize {
  readonly width: number;
  readonly height: number;
  /** Around the dots, so that none is cut off. */
  readonly inset: number;
}

export function layoutMultiple({ values }: MultipleSeries, { width, height, inset }: MultipleSize): MultipleLayout {
  const step = values.length < 2 ? 0 : (width - 2 * inset) / (values.length - 1);
  const first = values.length < 2 ? width / 2 : inset;
  const up = (value: number): number => round(height - inset - Math.min(1, Math.max(0, value)) * (height - 2 * inset));
  const dots: MultipleLayout["dots"][number][] = [];
  let line = "";
  let joined = false;
  for (const [index, value] of values.entries()) {
    if (value === undefined) {
      joined = false;
      continue;
    }
    const [x, y] = [round(first + index * step), up(value)];
    line += `${joined ? "L" : "M"}${String(x)} ${String(y)}`;
    joined = true;
    dots.push({ x, y, value, latest: index === values.length - 1 });
  }
  return { width, height, line, dots, guides: [0, 0.5, 1].map(up) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
