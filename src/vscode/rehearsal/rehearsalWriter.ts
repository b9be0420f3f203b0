/**
 * Records one rehearsal in its file: every event is appended at once and confirmed by the disk. While a write is under way,
 * what changes in one and the same text waits and becomes one event. What cannot be saved is kept, said, and tried again with
 * the next event. Extension host, real files.
 */
import { afterEvent, foldSession, type Session } from "../../core/assessment/session.ts";
import {
  formatSessionEvent,
  type SessionEvent,
  type SessionNews,
  writingEvent,
  type WritingField,
} from "../../core/assessment/sessionEvents.ts";
import { type AppendFile, type ProgressDisk, writeAll } from "../progress/progressDisk.ts";
import type { RehearsalLock } from "./rehearsalLock.ts";

export interface RehearsalWriterOptions {
  readonly disk: ProgressDisk;
  /** Opens the rehearsal's file for appending; told whether it may end within a line. */
  readonly open: () => Promise<AppendFile>;
  readonly lock: RehearsalLock;
  /** What is in the file. */
  readonly events: readonly SessionEvent[];
  /** Real time, ms since 1970. */
  readonly now: () => number;
  /** Told of the first failure to save; again only after it worked in between. */
  readonly onWriteError: (error: unknown) => void;
  /** Another window has taken the rehearsal over: nothing more is recorded here. */
  readonly onTaken: () => void;
  readonly changed: () => void;
}

export class RehearsalWriter {
  readonly #options: RehearsalWriterOptions;
  #session: Session;
  #file: AppendFile | undefined;
  #pending: SessionEvent[] = [];
  /** The texts as they are in the file, by item and field: absent where that is not known for sure. */
  #written = new Map<string, string>();
  #saving: Promise<void> = Promise.resolve();
  #failing = false;
  #taken = false;

  constructor(options: RehearsalWriterOptions) {
    const session = foldSession(options.events);
    if (session === undefined) throw new Error("The rehearsal has no beginning.");
    this.#options = options;
    this.#session = session;
  }

  get session(): Session {
    return this.#session;
  }

  /** Another window records it now. */
  get taken(): boolean {
    return this.#taken;
  }

  /** How many events would be lost if the window crashed now. */
  get unsaved(): number {
    return this.#pending.length;
  }

  record(news: SessionNews): void {
    if (this.#taken) return;
    const event: SessionEvent = { ...news, at: this.#options.now() };
    this.#session = afterEvent(this.#session, event) ?? this.#session;
    const last = this.#pending.at(-1);
    if (last !== undefined && isSameText(last, event)) this.#pending[this.#pending.length - 1] = event;
    else this.#pending.push(event);
    void this.flush();
    this.#options.changed();
  }

  /** One of the item's texts as it is now. */
  write(item: string, field: WritingField, text: string): void {
    if (this.#session.record.items[item]?.[field] !== text) this.record({ type: "written", item, field, text });
  }

  /** A sign of life, which is recorded while the clock runs. */
  async beat(): Promise<void> {
    if (this.#taken) return;
    if (this.#session.running) this.record({ type: "heartbeat" });
    if (!(await this.#options.lock.touch())) this.#lose();
  }

  /** Resolves once everything recorded so far is saved, or has failed to be; see `unsaved`. */
  flush(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  /** Saves what it can and lets go of the file. */
  async close(): Promise<void> {
    await this.flush();
    await this.#letGo();
    await this.#options.lock.release().catch(() => undefined);
  }

  async #save(): Promise<void> {
    while (this.#pending.length > 0 && !this.#taken) {
      const events = this.#pending;
      this.#pending = [];
      try {
        await this.#append(events);
        this.#failing = false;
      } catch (error) {
        this.#pending = [...events, ...this.#pending];
        await this.#letGo();
        if (!this.#failing) this.#options.onWriteError(error);
        this.#failing = true;
        return;
      }
    }
  }

  async #append(events: readonly SessionEvent[]): Promise<void> {
    if (!(await this.#options.lock.holds())) {
      this.#lose();
      return;
    }
    const isNew = this.#file === undefined;
    const file = this.#file ?? (this.#file = await this.#options.open());
    // What was there before may end within a line; an empty one is no event.
    const lines = (isNew ? "\n" : "") + events.map((event) => formatSessionEvent(this.#shortened(event))).join("");
    await writeAll(file, new TextEncoder().encode(lines));
    await file.sync();
  }

  /** A text as the edit that makes it of what is in the file. */
  #shortened(event: SessionEvent): SessionEvent {
    if (event.type !== "written") return event;
    const { item, field, text, at } = event;
    const key = `${item} ${field}`;
    const before = this.#written.get(key);
    this.#written.set(key, text);
    return { ...writingEvent({ item, field }, before, text), at };
  }

  #lose(): void {
    if (this.#taken) return;
    this.#taken = true;
    this.#pending = [];
    this.#options.onTaken();
  }

  async #letGo(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    this.#written = new Map();
    await file?.close().catch(() => undefined);
  }
}

function isSameText(a: SessionEvent, b: SessionEvent): boolean {
  return a.type === "written" && b.type === "written" && a.item === b.item && a.field === b.field;
}
