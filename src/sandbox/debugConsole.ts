/** What a run under the debugger says in the debug console: what the exercise prints, when, and how it ended. Pure. */
import type { DebugWords } from "../protocol/debugJob.ts";
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";
import type { TraceEvent } from "../protocol/trace.ts";
import type { Failure } from "../protocol/verdict.ts";

/** File descriptors. */
const output = 1;
const problems = 2;

/** Levels of the exercise's console that a debugger shows as problems. */
const loud: ReadonlySet<string> = new Set(["warn", "error"]);

export class DebugConsole {
  readonly #words: DebugWords;
  readonly #write: (file: number, text: string) => void;

  constructor(words: DebugWords, write: (file: number, text: string) => void) {
    this.#words = words;
    this.#write = write;
  }

  begin(): void {
    this.#say(output, this.#words.intro);
  }

  refuse(): void {
    this.#say(problems, this.#words.changed);
  }

  tell(message: FromSandboxMessage): void {
    const { locale, passed } = this.#words;
    if (message.type === "happened") this.#print(message.event);
    if (message.type === "failed") this.#say(problems, message.error.message[locale]);
    if (message.type !== "done" || message.verdict === undefined) return;
    const { failure } = message.verdict;
    if (failure === undefined) this.#say(output, passed);
    else this.#say(problems, this.#failed(failure));
  }

  /** An event of the console is told twice: as it happens, and once its text is known. */
  #print({ type, at, label, detail }: TraceEvent): void {
    if (type !== "console" || detail === undefined) return;
    this.#say(loud.has(detail) ? problems : output, `${this.#instant(at)}  ${label}`);
  }

  #failed({ at, diagnosis, message }: Failure): string {
    const { failed, diagnoses, locale } = this.#words;
    return fill(failed, [this.#instant(at), diagnoses[diagnosis] ?? diagnosis, message[locale]]);
  }

  #instant(at: number): string {
    return fill(this.#words.instant, [String(Math.round(at * 1000) / 1000)]);
  }

  #say(file: number, text: string): void {
    this.#write(file, `${text}\n`);
  }
}

function fill(template: string, values: readonly string[]): string {
  return template.replace(/\{(\d)\}/g, (_, place: string) => values[Number(place)] ?? "");
}
