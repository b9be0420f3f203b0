/** What the extension leaves in a file for a run under the debugger. Read by that run (dist/debuggee.js). */
import type { ReplayJob } from "./sandboxMessages.ts";
import type { Words } from "./words.ts";

export interface DebugJob {
  /** Its exercise's `fileName` is the absolute path of the learner's file: by it a debugger knows the breakpoints. */
  readonly replay: ReplayJob;
  /** The test's title. */
  readonly title: Words;
  /** Text of the learner's file, which was compiled: a debugger shows the file as it is on the disk. */
  readonly text: string;
  /** Absolute path of a file; to it go `FromSandbox` messages, one a line: `happened`, and `done` or `failed` at the end. */
  readonly log: string;
  readonly words: DebugWords;
}

/** What the run says in the debug console, in the learner's language. */
export interface DebugWords {
  /** The first lines. */
  readonly intro: string;
  /** "{0} ms", before each line that the exercise prints. */
  readonly instant: string;
  /** Instead of a run, where the learner's file has changed. */
  readonly changed: string;
  /** "Passed …" */
  readonly passed: string;
  /** "Failed at {0}: {1}. {2}", with the instant, the title of the diagnosis, and the message. */
  readonly failed: string;
  /** Titles of the diagnoses. */
  readonly diagnoses: Readonly<Record<string, string>>;
  /** Which of `Words` is meant. */
  readonly locale: keyof Words;
}
