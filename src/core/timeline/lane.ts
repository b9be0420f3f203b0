/** One operation or call as a timeline shows it. Pure. */
import type { TraceEvent } from "../../protocol/trace.ts";

/** How a bar ended. `running`: the run was over first, and that is nobody's fault; `leaked`: a finding blames it. */
export type Ending = "running" | "completed" | "failed" | "aborted" | "cleared" | "leaked";

/** Ends of a bar are places in `events`. */
export interface Bar {
  readonly from: number;
  /** Of a bar without an end: the last event of the run. */
  readonly to: number;
  readonly ending: Ending;
  /** From here on the outside held it back, by choice of the schedule. */
  readonly held?: number;
}

export interface Lane {
  readonly operation: number;
  readonly kind: TraceEvent["kind"];
  /** For people: kind and label. */
  readonly name: string;
  /** Line of the exercise that began it, where known. */
  readonly line: number | undefined;
  /** In order of time; they do not overlap. Only what is armed again and again has more than one. */
  readonly bars: readonly Bar[];
  /** Places in `events`, ascending. */
  readonly events: readonly number[];
}
