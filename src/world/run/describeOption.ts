/** What an option of a run is about, in words. Runs inside the realm. */
import type { Option } from "../outside/options.ts";

const endings = ["completes", "fails", "hangs", "slows down"] as const;

/** For tests: what it is about, as the learner reads it. */
export function describeOption(option: Option): string {
  const { operation, timer, at, ending } = option;
  if (timer !== undefined) return `${timer.label} fires`;
  return operation === undefined
    ? `${String(at)} ${String(option.name)} strikes`
    : `${operation.plan.label} ${endings[ending]}`;
}
