/** What console.count and console.time keep, for the length of one run: the next must find nothing. Runs inside the realm. */
export class ConsoleCounts {
  /** Virtual ms, by label. */
  readonly starts = new Map<string, number>();
  readonly counts = new Map<string, number>();
}
