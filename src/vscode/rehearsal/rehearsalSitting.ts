/** One rehearsal while this window sits it: its clock, its record, its coding tasks. Extension host. */
import type * as vscode from "vscode";
import type { CodingItem, RehearsalPlan } from "../../core/assessment/rehearsal.ts";
import { heartbeatMs, remainingMs, type Session } from "../../core/assessment/session.ts";
import { longestWriting } from "../../core/assessment/sessionEvents.ts";
import { RehearsalTasks } from "./rehearsalTasks.ts";
import type { RehearsalWriter } from "./rehearsalWriter.ts";

export interface SittingParts {
  readonly writer: RehearsalWriter;
  readonly folder: vscode.Uri;
  /** Folder with the exercises' types. */
  readonly media: vscode.Uri;
  readonly starterOf: (item: CodingItem) => Promise<string>;
  /** Real time, ms since 1970. */
  readonly now: () => number;
  readonly clock: (remainingMs: number, running: boolean) => void;
  /** Something was written in the file of this coding task, for the first time. */
  readonly written: (item: string) => void;
  /** The time is up. */
  readonly over: () => void;
  readonly onProblem: (error: unknown) => void;
}

export class RehearsalSitting implements vscode.Disposable {
  readonly #parts: SittingParts;
  readonly #tasks: RehearsalTasks;
  readonly #beating: NodeJS.Timeout;
  #ending: NodeJS.Timeout | undefined;
  /** Texts of the starters, by item: until the learner changes one it is no answer. */
  readonly #starters = new Map<string, string>();

  constructor(parts: SittingParts) {
    this.#parts = parts;
    const coding = this.#plan.items.filter((item) => item.kind === "coding");
    this.#tasks = new RehearsalTasks(parts.folder, parts.media, coding, (item, text) => {
      this.#write(item.id, text);
    });
    this.#beating = setInterval(() => {
      this.#beat();
    }, heartbeatMs);
    this.#waitForTheEnd();
  }

  get session(): Session {
    return this.#parts.writer.session;
  }

  get writer(): RehearsalWriter {
    return this.#parts.writer;
  }

  show(item: string): void {
    if (this.session.current !== item) this.writer.record({ type: "shown", item });
  }

  /** The page is there again: the clock runs, unless the learner has stopped it. */
  goOn(): void {
    if (this.session.pause?.why === "asked") return;
    this.resume();
  }

  pause(): void {
    this.writer.record({ type: "paused", why: "asked" });
    this.#tell();
  }

  /** Also where it should be running: then it was gone without a word. */
  resume(): void {
    this.writer.record({ type: "resumed" });
    this.#tell();
  }

  /** Puts back what was recorded into the files of the coding tasks. */
  async restoreTasks(): Promise<void> {
    for (const item of this.#plan.items) {
      const code = this.session.record.items[item.id]?.code;
      if (item.kind === "coding" && code !== undefined) await this.#tasks.put({ item, text: code });
    }
  }

  async openTask(id: string): Promise<void> {
    const item = this.#plan.items.find((each) => each.id === id);
    if (item?.kind !== "coding") return;
    const starter = await this.#parts.starterOf(item);
    this.#starters.set(id, starter);
    await this.#tasks.open({ item, text: this.session.record.items[id]?.code ?? starter });
  }

  finish(why: "handed-in" | "time-up"): void {
    this.writer.record({ type: "finished", why });
    this.dispose();
  }

  /** The page or the window is closed. */
  leave(): void {
    if (this.session.running) this.writer.record({ type: "paused", why: "closed" });
    this.dispose();
  }

  dispose(): void {
    clearInterval(this.#beating);
    clearTimeout(this.#ending);
    this.#tasks.dispose();
  }

  get #plan(): RehearsalPlan {
    return this.session.record.plan;
  }

  #write(item: string, text: string): void {
    const known = this.session.record.items[item]?.code;
    if (text.length > longestWriting || (known === undefined && text === this.#starters.get(item))) return;
    this.writer.write(item, "code", text);
    if (known === undefined) this.#parts.written(item);
  }

  #beat(): void {
    this.writer.beat().catch(this.#parts.onProblem);
    if (this.session.running) this.#tell();
  }

  #tell(): void {
    const { clock, now } = this.#parts;
    clock(remainingMs(this.session, now()), this.session.running);
    this.#waitForTheEnd();
  }

  #waitForTheEnd(): void {
    clearTimeout(this.#ending);
    if (!this.session.running) return;
    this.#ending = setTimeout(
      () => {
        // A machine that slept has more left than the timer thinks.
        if (remainingMs(this.session, this.#parts.now()) > 0) this.#waitForTheEnd();
        else if (this.session.running) {
          this.finish("time-up");
          this.#parts.over();
        }
      },
      remainingMs(this.session, this.#parts.now()),
    );
  }
}
