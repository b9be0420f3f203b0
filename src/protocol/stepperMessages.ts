/**
 * "Beat the scheduler" as a page shows it: a view that the host makes whole, and the closed set of things that the learner
 * may do. A page carries both inside its own messages.
 */
import type { StepAction } from "./steps.ts";

export interface StepperView {
  /** Title of the test that is played. */
  readonly test: string;
  /** Another step is being played. */
  readonly busy: boolean;
  /** What was chosen so far, oldest first. */
  readonly steps: readonly StepperStep[];
  /** Virtual time so far, e.g. "30 ms". */
  readonly now: string;
  /** What may come next; empty where the run has ended, or could not be played. */
  readonly options: readonly StepperOption[];
  readonly ended?: StepperEnd;
  /** Why the run cannot go on, e.g. a syntax error. */
  readonly problem?: string;
  readonly strings: StepperStrings;
}

export interface StepperStep {
  /** E.g. "fetch https://a.example/ completes". */
  readonly text: string;
  /** What happened afterwards without any choice, in words; empty for nothing. */
  readonly then: string;
}

export interface StepperOption {
  readonly what: StepAction;
  readonly text: string;
  /** E.g. "at 30 ms · line 12". */
  readonly detail: string;
  readonly natural: boolean;
}

export interface StepperEnd {
  readonly passed: boolean;
  /** "You broke it: A timer is still armed" or "It held in this order". */
  readonly headline: string;
  /** What happened; empty where it held. */
  readonly message: string;
  readonly schedule: string;
  /** A name for the order, until the learner gives another. */
  readonly name: string;
  /** It is among the learner's tests. */
  readonly kept: boolean;
}

/** Every word of it that is not part of the view. `{0}` stands for a value. */
export interface StepperStrings {
  readonly title: string;
  readonly help: string;
  /** Heading over the options: "What happens next?" */
  readonly next: string;
  /** After the option that would come by itself. */
  readonly natural: string;
  /** Heading over what was chosen: "What you chose, up to {0}", a virtual time. */
  readonly chosen: string;
  readonly nothingChosen: string;
  readonly undo: string;
  readonly restart: string;
  readonly stop: string;
  readonly keep: string;
  readonly keepName: string;
  readonly kept: string;
  readonly busy: string;
  readonly schedule: string;
}

export type StepperIntent =
  /** Has this option happen: its place in `options`. */
  | { readonly do: "choose"; readonly index: number }
  | { readonly do: "undo" }
  /** From the beginning, with the exercise as it stands now. */
  | { readonly do: "restart" }
  /** Keeps the order as a test of the learner's own. */
  | { readonly do: "keep"; readonly name: string }
  | { readonly do: "stop" };
