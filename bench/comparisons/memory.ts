/** Peak memory of one run. Its process does nothing else, and gets its program compiled. */
import process from "node:process";
import { type CompiledProgram, InProcessEngine } from "../engine/inProcess.ts";

export interface MemoryResult {
  /** Bytes of resident memory: the most there ever was, and what was there before the run. */
  readonly peakBytes: number;
  readonly beforeBytes: number;
}

export async function measureMemory(input: unknown): Promise<MemoryResult> {
  const engine = new InProcessEngine();
  const beforeBytes = process.memoryUsage.rss();
  const { verdicts } = await engine.grade(input as CompiledProgram, { budget: 1, seed: 1 });
  if (verdicts.some(({ status }) => status !== "passed")) throw new Error("the timers did not pass");
  return { peakBytes: process.resourceUsage().maxRSS * 1024, beforeBytes };
}
