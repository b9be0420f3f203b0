/**
 * Keeps rehearsals: a file of events each, only ever appended to, and beside it the verdicts on its coding tasks. Extension host,
 * real files.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { RehearsalPlan, RehearsalRecord } from "../../core/assessment/rehearsal.ts";
import { foldSession, type Session } from "../../core/assessment/session.ts";
import {
  formatSessionEvent,
  isRehearsalId,
  parseSessionEvents,
  type SessionEvent,
} from "../../core/assessment/sessionEvents.ts";
import { formatVerdicts, parseVerdicts, type VerdictSummary } from "../../core/assessment/verdictSummary.ts";
import { codeOf, type ProgressDisk, writeAll, writeWhole } from "../progress/progressDisk.ts";
import { RehearsalLock } from "./rehearsalLock.ts";
import { RehearsalWriter } from "./rehearsalWriter.ts";

export interface RehearsalStoreOptions {
  /** Absolute path; need not be there. */
  readonly directory: string;
  readonly disk: ProgressDisk;
  /** Real time, ms since 1970. */
  readonly now: () => number;
  /** A rehearsal cannot be saved; told again only after it worked in between. */
  readonly onWriteError: (error: unknown) => void;
  /** A file cannot be read, and is left out. */
  readonly onReadError: (path: string, error: unknown) => void;
}

/** What a file held when it was read last. */
interface Known {
  readonly stamp: string;
  readonly session: Session | undefined;
}

const extension = ".jsonl";

export class RehearsalStore {
  readonly #options: RehearsalStoreOptions;
  /** Names this window. */
  readonly #token = randomUUID();
  readonly #listeners = new Set<(id: string) => void>();
  readonly #known = new Map<string, Known>();
  readonly #writers = new Map<string, RehearsalWriter>();

  constructor(options: RehearsalStoreOptions) {
    this.#options = options;
  }

  /** All that can be read, the one that was started last first; also those that are not finished. */
  async list(): Promise<readonly RehearsalRecord[]> {
    const { disk, directory, onReadError } = this.#options;
    const names = await disk.list(directory).catch((error: unknown) => {
      onReadError(directory, error);
      return [];
    });
    const ids = names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
    const sessions = await Promise.all(ids.map((id) => this.session(id)));
    return sessions
      .flatMap((session) => session?.record ?? [])
      .sort((a, b) => b.startedAt - a.startedAt || (a.plan.id < b.plan.id ? 1 : -1));
  }

  /** Undefined where there is none of that id, or its file cannot be read. */
  async read(id: string): Promise<RehearsalRecord | undefined> {
    return (await this.session(id))?.record;
  }

  /** As `read`, with its clock. */
  async session(id: string): Promise<Session | undefined> {
    const writer = this.#writers.get(id);
    if (writer !== undefined) return writer.session;
    if (!isRehearsalId(id)) return undefined;
    const path = this.#pathOf(id);
    try {
      const facts = await this.#options.disk.facts(path);
      if (facts?.isFile !== true) return undefined;
      const stamp = `${String(facts.size)} ${String(facts.modified)} ${facts.identity}`;
      const known = this.#known.get(id);
      if (known?.stamp === stamp) return known.session;
      const session = foldSession(await this.#events(id));
      this.#known.set(id, { stamp, session });
      return session;
    } catch (error) {
      this.#options.onReadError(path, error);
      return undefined;
    }
  }

  /** On the coding tasks that were graded, by the item's id. */
  async verdicts(id: string): Promise<Readonly<Record<string, VerdictSummary>>> {
    const text = isRehearsalId(id) ? await this.#text(this.#verdictsPathOf(id)) : undefined;
    return text === undefined ? {} : (parseVerdicts(text) ?? {});
  }

  async saveVerdicts(id: string, verdicts: Readonly<Record<string, VerdictSummary>>): Promise<void> {
    const { disk, directory } = this.#options;
    const path = this.#verdictsPathOf(id);
    await disk.makeFolder(directory);
    // A draft of a window that was gone before it was whole.
    await disk.remove(`${path}.draft`);
    await writeWhole(disk, path, formatVerdicts(verdicts));
    this.#changed(id);
  }

  /** Begins a rehearsal of this window: from now on its clock runs. */
  async start(plan: RehearsalPlan): Promise<RehearsalWriter> {
    const { disk, directory, now } = this.#options;
    await disk.makeFolder(directory);
    const lock = this.#lockOf(plan.id);
    await lock.take(true);
    const event: SessionEvent = { type: "started", plan, at: now() };
    const file = await disk.create(this.#pathOf(plan.id));
    try {
      await writeAll(file, new TextEncoder().encode(formatSessionEvent(event)));
      await file.sync();
    } finally {
      await file.close();
    }
    await disk.syncFolder(directory);
    return this.#adopt(plan.id, lock, [event]);
  }

  /**
   * Takes a rehearsal up again, to record in it: "elsewhere" where another window does, unless it is to be taken from there.
   * Undefined where there is none that can be read.
   */
  async takeUp(
    id: string,
    { fromOthers }: { readonly fromOthers: boolean },
  ): Promise<RehearsalWriter | "elsewhere" | undefined> {
    const own = this.#writers.get(id);
    if (own !== undefined && !own.taken) return own;
    if ((await this.session(id)) === undefined) return undefined;
    const lock = this.#lockOf(id);
    if (!(await lock.take(fromOthers))) return "elsewhere";
    // Read only now: whoever had it before may have written until then.
    return this.#adopt(id, lock, await this.#events(id));
  }

  /** Lets go of a rehearsal once everything is saved. */
  async letGo(id: string): Promise<void> {
    const writer = this.#writers.get(id);
    if (writer === undefined) return;
    await writer.close();
    if (this.#writers.get(id) === writer) this.#writers.delete(id);
  }

  /** Takes a rehearsal away for good, but for its folder of exercises. */
  async remove(id: string): Promise<void> {
    if (!isRehearsalId(id)) return;
    await this.letGo(id);
    const { disk, directory } = this.#options;
    const paths = [this.#pathOf(id), this.#verdictsPathOf(id), join(directory, `${id}.lock`)];
    await Promise.all(paths.map((path) => disk.remove(path)));
    this.#known.delete(id);
    this.#changed(id);
  }

  /** For the end of the window. */
  async close(): Promise<void> {
    await Promise.all([...this.#writers.keys()].map((id) => this.letGo(id)));
  }

  /** The folder of a rehearsal's own copies of exercises. */
  folderOf(id: string): string {
    return join(this.#options.directory, id);
  }

  /** Told the rehearsal's id. */
  onDidChange(listener: (id: string) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #adopt(id: string, lock: RehearsalLock, events: readonly SessionEvent[]): RehearsalWriter {
    const { disk, now, onWriteError } = this.#options;
    const writer = new RehearsalWriter({
      disk,
      open: () => disk.reopen(this.#pathOf(id)),
      lock,
      events,
      now,
      onWriteError,
      onTaken: () => {
        this.#writers.delete(id);
        this.#changed(id);
      },
      changed: () => {
        this.#changed(id);
      },
    });
    this.#writers.set(id, writer);
    this.#changed(id);
    return writer;
  }

  #lockOf(id: string): RehearsalLock {
    const { disk, directory, now } = this.#options;
    return new RehearsalLock({ disk, path: join(directory, `${id}.lock`), token: this.#token, now });
  }

  async #events(id: string): Promise<readonly SessionEvent[]> {
    return parseSessionEvents((await this.#text(this.#pathOf(id))) ?? "");
  }

  /** Undefined where there is no such file. */
  async #text(path: string): Promise<string | undefined> {
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of this.#options.disk.read(path)) chunks.push(chunk);
      return new TextDecoder().decode(Buffer.concat(chunks));
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  #pathOf(id: string): string {
    return join(this.#options.directory, `${id}${extension}`);
  }

  #verdictsPathOf(id: string): string {
    return join(this.#options.directory, `${id}.verdicts.json`);
  }

  #changed(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }
}
