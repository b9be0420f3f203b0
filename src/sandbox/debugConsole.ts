/** What a run under the debugger says in the debug console: what the exercise prints, when, and how it ended. Pure. */
import type { DebugWords } from "../protocol/debugJob.ts";
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";
import type { TraceEvent } from "../protocol/trace.ts";
import type { Failure } from "../protocol/verdict.ts";

/** Levels of the exercise's console that a debugger shows as problems. */
const loud: ReadonlySet<string> = new Set(["warn", "error"]);

/** Where lines go. */
export interface Lines {
  log(text: string): void;
  error(text: string): void;
}

export interface DebugConsoleParts {
  readonly words: DebugWords;
  /** For what the exercise prints: called while the exercise calls, so that a debugger knows the line. */
  readonly exercise: Lines;
  /** For what we say. */
  readonly own: Lines;
}

export class DebugConsole {
  readonly #words: DebugWords;
  readonly #exercise: Lines;
  readonly #own: Lines;

  constructor({ words, exercise, own }: DebugConsoleParts) {
    this.#words = words;
    this.#exercise = exercise;
    this.#own = own;
  }

  begin(): void {
    this.#own.log(this.#words.intro);
  }

  refuse(): void {
    this.#own.error(this.#words.changed);
  }

  tell(message: FromSandboxMessage): void {
    const { locale, passed } = this.#words;
    if (message.type === "happened") this.#print(message.event);
    if (message.type === "failed") this.#own.error(message.error.message[locale]);
    if (message.type !== "done" || message.verdict === undefined) return;
    const { failure } = message.verdict;
    if (failure === undefined) this.#own.log(passed);
    else this.#own.error(this.#failed(failure));
  }

  /** An event of the console is told twice: as it happens, and once its text is known. */
  #print({ type, at, label, detail }: TraceEvent): void {
    if (type !== "console" || detail === undefined) return;
    const line = `${this.#instant(at)}  ${label}`;
    if (loud.has(detail)) this.#exercise.error(line);
    else this.#exercise.log(line);
  }

  #failed({ at, diagnosis, message }: Failure): string {
    const { failed, diagnoses, locale } = this.#words;
    return fill(failed, [this.#instant(at), diagnoses[diagnosis] ?? diagnosis, message[locale]]);
  }

  #instant(at: number): string {
    return fill(this.#words.instant, [String(Math.round(at * 1000) / 1000)]);
  }
}

function fill(template: string, values: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_, place: string) => values[Number(place)] ?? "");
}
