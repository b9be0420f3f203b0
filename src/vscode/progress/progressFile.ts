/**
 * The file that one window writes its events to, and nobody else. Extension host, real files.
 *
 * Another window may merge the files of windows that seem to have ended (see progressMerge.ts), and may be wrong about
 * this one. It first makes a claim, a file beside this one, and only then reads; this window looks for the claim after
 * it has written. So either the event was written before the claim and is read, or the claim is seen here, and the
 * window goes on in a new file, with all that it has recorded. Names are never used again. This needs a file system
 * on which windows see each other's changes at once, as local ones are.
 */
import { join } from "node:path";
import type { ProgressEvent } from "../../core/progress/progressEvents.ts";
import { formatEvent, formatHeader } from "../../core/progress/progressLines.ts";
import { codeOf, writeAll, type AppendFile, type ProgressDisk } from "./progressDisk.ts";

/** So many files in a row were taken away: somebody does it on purpose. */
const patience = 20;

export class ProgressFile {
  readonly #disk: ProgressDisk;
  readonly #directory: string;
  readonly #window: string;
  #files = 0;
  /** Its file; none before the first event, and after the file was taken away. */
  #path: string | undefined;
  #open: AppendFile | undefined;
  /** How many of the window's events are in the file. */
  #inFile = 0;
  /** The file may end within a line. */
  #torn = false;
  /** The file's name survives a power cut. */
  #named = false;

  constructor(disk: ProgressDisk, directory: string, window: string) {
    this.#disk = disk;
    this.#directory = directory;
    this.#window = window;
  }

  /**
   * Saves those of the window's events that are not in its file yet; give it all of them, in order, each time. Resolves
   * once they are safe from a crash of the window, of the system, and a power cut. After a failure they may or may not be in the
   * file; the next call writes them again, on a new line, through a handle of its own.
   */
  async save(events: readonly ProgressEvent[]): Promise<void> {
    try {
      for (let attempt = 0; attempt < patience; attempt++) {
        if (await this.#append(events)) return;
        await this.#leave();
      }
      throw new Error(`The files of this window are taken away from ${this.#directory}.`);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Lets go of the file; another `save` takes it up again. */
  async close(): Promise<void> {
    const file = this.#open;
    this.#open = undefined;
    // What is saved was synced before; a handle that cannot be closed is of no use to anybody.
    await file?.close().catch(() => undefined);
  }

  /** False where the file was taken away, so that what is in it may not count. */
  async #append(events: readonly ProgressEvent[]): Promise<boolean> {
    const file = this.#open ?? (this.#open = await this.#reopen()) ?? (this.#open = await this.#create());
    const lines = events.slice(this.#inFile).map(formatEvent).join("");
    const before = (this.#torn ? "\n" : "") + (this.#inFile === 0 ? formatHeader() : "");
    this.#torn = true;
    await writeAll(file, new TextEncoder().encode(before + lines));
    this.#torn = false;
    await file.sync();
    if (!this.#named) await this.#disk.syncFolder(this.#directory);
    this.#named = true;
    if (!(await this.#isOurs())) return false;
    this.#inFile = events.length;
    return true;
  }

  async #reopen(): Promise<AppendFile | undefined> {
    if (this.#path === undefined) return undefined;
    try {
      this.#torn = true;
      return await this.#disk.reopen(this.#path);
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
      await this.#leave();
      return undefined;
    }
  }

  async #create(): Promise<AppendFile> {
    await this.#disk.makeFolder(this.#directory);
    this.#files++;
    const name = this.#files === 1 ? this.#window : `${this.#window}_${String(this.#files)}`;
    const path = join(this.#directory, `${name}.jsonl`);
    const file = await this.#disk.create(path);
    this.#path = path;
    this.#torn = false;
    return file;
  }

  /** Whether the file is still there and unclaimed. In this order: who merges a file removes it before the claim. */
  async #isOurs(): Promise<boolean> {
    if (this.#path === undefined) return false;
    if ((await this.#disk.facts(claimOf(this.#path))) !== undefined) return false;
    return (await this.#disk.facts(this.#path)) !== undefined;
  }

  async #leave(): Promise<void> {
    await this.close();
    this.#path = undefined;
    this.#inFile = 0;
    this.#named = false;
  }
}

/** The file that says that another one is being merged. */
export function claimOf(path: string): string {
  return `${path}.claim`;
}
