/** What a run is begun with, and what a watched one tells of each event. Pure. */
import type { AccessRecorder } from "../accesses/recorder.ts";
import type { OptionList } from "../outside/options.ts";
import type { SourceMark } from "../platform/events.ts";
import type { Plan } from "../search/plan.ts";
import type { Explain } from "./explanation.ts";

export interface RunOptions {
  readonly plan: Plan;
  readonly seed: number;
  /** Whether names and source lines are kept for the trace. */
  readonly recording: boolean;
  readonly locate: (error: unknown) => SourceMark | undefined;
  /** What the host knows of an error where the engine's own words would puzzle; never throws. */
  readonly explain?: Explain | undefined;
  /** Where the choices are listed; may be used again by the next run. */
  readonly options?: OptionList | undefined;
  /** Takes down what each turn touches. */
  readonly watch?: AccessRecorder | undefined;
}

/** One event of a watched run: what could have come, and which of it did. */
export interface Passed {
  readonly options: readonly string[];
  readonly choice: number;
}
