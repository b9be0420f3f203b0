/**
 * How V8 collects garbage in a sandbox; also in the benchmark's processes, on both sides. A run leaves little behind, so new space
 * is small, though large enough for some runs. The old space is marked in one go, which takes some 10 ms: in steps, or beside the
 * program, marking slowed every write and kept what had died meanwhile, and took up to half of the speed. New space is copied by
 * the program's own thread: helpers beside it cost a twentieth more processor time. Runs in the extension host or the command line.
 */
export const engineFlags: readonly string[] = [
  "--no-incremental-marking",
  "--no-concurrent-marking",
  "--no-parallel-scavenge",
  "--min-semi-space-size=16",
  "--max-semi-space-size=16",
  "--no-allocation-site-pretenuring",
];
