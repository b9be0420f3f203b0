/** How far a long run is, on stderr: a line that changes where somebody watches, else a line for each tenth. */
import type { Locale } from "../../protocol/words.ts";
import type { Terminal } from "../terminal.ts";

/** Submissions before the time that is left can be told. */
const enoughToTell = 10;

export class RunProgress {
  readonly #terminal: Terminal;
  readonly #locale: Locale;
  readonly #total: number;
  readonly #begun = performance.now();
  #done = 0;
  #passed = 0;
  /** Results that were known already, and cost no time. */
  #known = 0;

  constructor(terminal: Terminal, locale: Locale, total: number) {
    this.#terminal = terminal;
    this.#locale = locale;
    this.#total = total;
  }

  /** @param known whether the result was there already */
  settled(passed: boolean, known: boolean): void {
    const before = this.#tenths();
    this.#done++;
    if (passed) this.#passed++;
    if (known) this.#known++;
    if (this.#terminal.watched) this.#terminal.progress(`${this.#counts()}${this.#timeLeft()}`);
    else if (this.#tenths() > before) this.#terminal.err(`${this.#counts()}\n`);
  }

  end(): void {
    this.#terminal.progress("");
  }

  get done(): number {
    return this.#done;
  }

  #tenths(): number {
    return Math.floor((this.#done * 10) / this.#total);
  }

  #counts(): string {
    const [done, total, passed, known] = [this.#done, this.#total, this.#passed, this.#known].map(String);
    const reused = {
      en: this.#known === 0 ? "" : `, ${known ?? ""} known already`,
      "zh-cn": this.#known === 0 ? "" : `，其中 ${known ?? ""} 份早有结果`,
    };
    return this.#locale === "en"
      ? `graded ${done ?? ""} of ${total ?? ""}, ${passed ?? ""} passed${reused.en}`
      : `已评分 ${done ?? ""}/${total ?? ""}，通过 ${passed ?? ""} 份${reused["zh-cn"]}`;
  }

  #timeLeft(): string {
    const graded = this.#done - this.#known;
    if (graded < enoughToTell) return "";
    const each = (performance.now() - this.#begun) / graded;
    const seconds = Math.ceil((each * (this.#total - this.#done)) / 1000);
    const time = seconds < 90 ? `${String(seconds)} s` : `${String(Math.ceil(seconds / 60))} min`;
    return this.#locale === "en" ? `, about ${time} left` : `，大约还需 ${time}`;
  }
}
