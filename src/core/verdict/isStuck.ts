/** Whether a grading ended in an endless loop. Pure. */
import type { Verdict } from "../../protocol/verdict.ts";

export function isStuck({ error }: Verdict): boolean {
  return error?.code === "endless-loop";
}
