/** One run that is being looked at: what the timeline draws, the diagrams light up from, and the debugger fills as it goes. */
import type { Trace } from "./trace.ts";
import type { Failure } from "./verdict.ts";
import type { Words } from "./words.ts";

export type RunOrigin =
  /** a failing order of a verdict */
  | "failure"
  /** a schedule that was replayed because somebody asked for it */
  | "replay"
  /** the learner chooses what comes next */
  | "steps"
  /** a run under the debugger */
  | "debug";

export interface ShownRun {
  readonly lesson: string;
  /** The test's stable name and its title. */
  readonly test: string;
  readonly title: Words;
  readonly origin: RunOrigin;
  readonly schedule: string;
  readonly trace: Trace;
  /** What the run was faulted for, if it was. */
  readonly failure?: Omit<Failure, "trace">;
  /** The same test in the natural order, once it is known; absent where `trace` is that order. */
  readonly natural?: Trace;
  /** More events are to come. */
  readonly live: boolean;
  /** Text of the exercise that ran: lines of the trace are lines of this text. */
  readonly exercise: string;
  /** Address of a document with that text, where it is not the learner's exercise. */
  readonly document?: string;
}
