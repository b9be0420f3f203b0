/** What a command may see of the world around it; the only way by which it says anything. */
import type { Locale } from "../protocol/words.ts";

export interface Terminal {
  /** The result; nothing else may go to stdout. Ends with a line break of its own. */
  out(text: string): void;
  /** Resolves once what was given to `out` has left, so that a long result never piles up. */
  drained(): Promise<void>;
  /** Everything that is not the result. */
  err(text: string): void;
  /** Overwrites the last progress line on stderr; "" takes it away. Does nothing where nobody watches. */
  progress(text: string): void;
  /** Does somebody watch the progress line? */
  readonly watched: boolean;
  /** May stdout carry colours? */
  readonly colour: boolean;
  /** Does stdout go to a person's terminal, not to a file or another program? */
  readonly interactive: boolean;
  readonly workingDirectory: string;
  /** The folder of cli.js and of what it was built with. */
  readonly distDir: string;
  /** The language that the environment asks for. */
  readonly locale: Locale;
  /** Aborts when the user wants the command to end. */
  readonly signal: AbortSignal;
}

/** Does what the command says and resolves with the exit status. @throws CannotRun */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<ExitStatus>;

/** 0 passed, 1 did not pass, 2 could not be run. */
export type ExitStatus = 0 | 1 | 2;
