/**
 * Keeps the learner's progress: append-only files, one per window, merged when read. Extension host, real files.
 *
 * An event counts here and now, and is *saved* once it is in this window's file and the disk has confirmed it: from then on
 * no crash of the window, of the editor or of the system loses it. What could not be saved is kept in memory, is said, and
 * is tried again with the next event, with `load` and with `flush`.
 */
import { randomUUID } from "node:crypto";
import { Progress } from "../../core/progress/progress.ts";
import type { ProgressEvent, ProgressNews } from "../../core/progress/progressEvents.ts";
import { nodeDisk, type ProgressDisk } from "./progressDisk.ts";
import { ProgressFile } from "./progressFile.ts";
import { mergeOldFiles } from "./progressMerge.ts";
import { ProgressReader } from "./progressReader.ts";

export interface ProgressStoreOptions {
  readonly directory: string;
  /** Told of the first failure to save; again only after it worked in between. */
  readonly onWriteError: (error: unknown) => void;
  /** Told when everything is saved after a failure. */
  readonly onWriteRecovered: () => void;
  /** A file, or the folder, cannot be read, and its events do not count. */
  readonly onReadError: (path: string, error: unknown) => void;
  /** Real time, ms since 1970. */
  readonly now: () => number;
  /** Tests put failures in its way. */
  readonly disk?: ProgressDisk;
}

/** When to merge the files of windows that have ended: in ms since the last change, and from how many files on. */
const merging = { olderThan: 14 * 24 * 3_600_000, atLeast: 16 };

export class ProgressStore {
  readonly #options: ProgressStoreOptions;
  readonly #disk: ProgressDisk;
  readonly #window: string;
  readonly #file: ProgressFile;
  readonly #reader: ProgressReader;
  readonly #listeners = new Set<() => void>();
  #progress = Progress.of();
  /** What this window has recorded; it counts even where it cannot be written. */
  readonly #own: ProgressEvent[] = [];
  /** So many of its own are saved, from the first on. */
  #saved = 0;
  #merges = 0;
  #failing = false;
  #saving: Promise<void> = Promise.resolve();
  #loading: Promise<void> = Promise.resolve();

  constructor(options: ProgressStoreOptions) {
    const { directory, onReadError, disk = nodeDisk } = options;
    this.#options = options;
    this.#disk = disk;
    this.#window = `${options.now().toString(36)}-${randomUUID().slice(0, 8)}`;
    this.#file = new ProgressFile(disk, directory, this.#window);
    this.#reader = new ProgressReader({ disk, directory, onReadError });
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** How many of this window's events would be lost if it crashed now. */
  get unsaved(): number {
    return this.#own.length - this.#saved;
  }

  /** Tries again to save what is not, and reads what every window has written. */
  load(): Promise<void> {
    this.#loading = Promise.all([this.#loading, this.flush()]).then(() => this.#read());
    return this.#loading;
  }

  /** Resolves once what was last asked for by `load` is read. */
  get loading(): Promise<void> {
    return this.#loading;
  }

  record(news: ProgressNews): void {
    const identity = { id: `${this.#window}-${String(this.#own.length + 1)}`, at: this.#options.now() };
    const event: ProgressEvent = { ...news, ...identity };
    this.#own.push(event);
    this.#progress = this.#progress.with(event);
    void this.flush();
    this.#changed();
  }

  /** Tries to save what is not saved. Resolves once everything recorded so far is, or has failed to be; see `unsaved`. */
  flush(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  /** Saves what it can and lets go of the file. Resolves with how many events could not be saved. */
  async close(): Promise<number> {
    await this.flush();
    await this.#file.close();
    return this.unsaved;
  }

  /** Makes one file of many old ones; resolves with how many. Safe at any time, and in several windows at once. */
  merge({ olderThan, atLeast } = merging): Promise<number> {
    const name = `${this.#window}_${String(++this.#merges)}`;
    const { directory, now } = this.#options;
    return mergeOldFiles({ disk: this.#disk, directory, now: now(), olderThan, atLeast, name });
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async #save(): Promise<void> {
    // More may be recorded while it saves: one more turn takes all of it.
    while (this.unsaved > 0) {
      const events = this.#own.slice();
      try {
        await this.#file.save(events);
      } catch (error) {
        if (!this.#failing) tell(() => this.#options.onWriteError(error));
        this.#failing = true;
        return;
      }
      this.#saved = events.length;
    }
    if (this.#failing) tell(() => this.#options.onWriteRecovered());
    this.#failing = false;
  }

  async #read(): Promise<void> {
    const lists = await this.#reader.read();
    this.#progress = Progress.of(this.#own, ...lists);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Whoever is told may be closed already, as the log is when the host ends. Saving goes on. */
function tell(somebody: () => void): void {
  try {
    somebody();
  } catch {
    // Nobody is left to tell.
  }
}
