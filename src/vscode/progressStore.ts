/**
 * Keeps the learner's progress: append-only files, one per window, merged when read, so that two windows or a crash
 * lose nothing. Extension host, real files.
 */
import { randomUUID } from "node:crypto";
import { appendFile, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatEvent, parseEvents, Progress, type ProgressEvent, type ProgressNews } from "../core/progress.ts";

export interface ProgressStoreOptions {
  readonly directory: string;
  /** Told of the first failure to write; later ones are the same story. */
  readonly onWriteError: (error: unknown) => void;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

export class ProgressStore {
  readonly #options: ProgressStoreOptions;
  readonly #window: string;
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #progress = Progress.of();
  /** What this window has recorded; it counts even where it cannot be written. */
  readonly #own: ProgressEvent[] = [];
  #writing: Promise<void> = Promise.resolve();
  #writeFailed = false;

  constructor(options: ProgressStoreOptions) {
    this.#options = options;
    this.#window = `${options.now().toString(36)}-${randomUUID().slice(0, 8)}`;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Reads what every window has written. A file that cannot be read is skipped. */
  async load(): Promise<void> {
    const { directory } = this.#options;
    const names = await readdir(directory).catch(() => []);
    const lists = await Promise.all(
      names
        .filter((name) => name.endsWith(".jsonl"))
        .map(async (name) => parseEvents(await readFile(join(directory, name), "utf8").catch(() => ""))),
    );
    this.#progress = Progress.of(this.#own, ...lists);
    this.#changed();
  }

  record(news: ProgressNews): void {
    const identity = { id: `${this.#window}-${String(++this.#count)}`, at: this.#options.now() };
    const event: ProgressEvent = { ...news, ...identity };
    this.#own.push(event);
    this.#progress = this.#progress.with(event);
    this.#writing = this.#writing.then(() => this.#write(event));
    this.#changed();
  }

  /** Resolves once everything recorded so far is written, or has failed to be. */
  flush(): Promise<void> {
    return this.#writing;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async #write(event: ProgressEvent): Promise<void> {
    const { directory, onWriteError } = this.#options;
    try {
      await mkdir(directory, { recursive: true });
      await appendFile(join(directory, `${this.#window}.jsonl`), formatEvent(event));
    } catch (error) {
      if (!this.#writeFailed) onWriteError(error);
      this.#writeFailed = true;
    }
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
