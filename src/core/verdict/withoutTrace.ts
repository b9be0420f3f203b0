/** What a run was faulted for, without its events, where these stand beside it. Pure. */
import type { Failure } from "../../protocol/verdict.ts";

export function withoutTrace({ trace: _, ...failure }: Failure): Omit<Failure, "trace"> {
  return failure;
}
