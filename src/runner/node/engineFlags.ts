/**
 * How V8 collects garbage in a sandbox; also in the benchmark's processes, on both sides. A run leaves nothing behind, so a
 * small new space is cheaper than fresh pages; and marking the old space beside the program, which is there for large
 * heaps, slowed every write and took up to half of the speed. Runs in the extension host or the command line.
 */
export const engineFlags: readonly string[] = [
  "--no-concurrent-marking",
  "--min-semi-space-size=16",
  "--max-semi-space-size=16",
  "--no-allocation-site-pretenuring",
];
