/** Versions of packs, as https://semver.org has them. Pure. */

/** The pattern of semver.org, without build metadata: that has no order. */
export const versionPattern =
  /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})(?:-(?:0|[1-9]\d{0,8}|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d{0,8}|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?$/;

/** Below 0 where `a` comes first, 0 where they are the same. Both fit the pattern. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [partsOf(a), partsOf(b)];
  const release = compareLists(first.release, second.release);
  if (release !== 0) return release;
  // A version with a label comes before the one without.
  if (first.label.length === 0 || second.label.length === 0) {
    return Math.sign(second.label.length - first.label.length);
  }
  return compareLists(first.label, second.label);
}

function partsOf(version: string): { readonly release: readonly string[]; readonly label: readonly string[] } {
  const dash = version.indexOf("-");
  const release = (dash === -1 ? version : version.slice(0, dash)).split(".");
  return { release, label: dash === -1 ? [] : version.slice(dash + 1).split(".") };
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const difference = compareParts(part, other);
    if (difference !== 0) return difference;
  }
  return Math.sign(a.length - b.length);
}

/** Numbers by their size and before words, words by their characters. */
function compareParts(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber && bIsNumber) return Math.sign(Number(a) - Number(b));
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
