/**
 * Texts of the learner that a reset or a restore has taken out of an exercise. Each is a file of its own, which is never
 * written again, so that keeping one text cannot cost another. Extension host, real files.
 */
import { randomUUID } from "node:crypto";
import { basename, join } from "node:path";
import { type ProgressDisk, writeWhole } from "../progress/progressDisk.ts";

export interface KeptText {
  readonly path: string;
  readonly text: string;
}

export class KeptTexts {
  readonly #disk: ProgressDisk;
  readonly #directory: string;
  readonly #now: () => number;

  /** `now` is real time, ms since 1970. */
  constructor(disk: ProgressDisk, directory: string, now: () => number) {
    this.#disk = disk;
    this.#directory = directory;
    this.#now = now;
  }

  /** Resolves once the text survives a power cut; where it fails, what was kept before still is. */
  async keep(lesson: string, text: string): Promise<void> {
    const newest = await this.newest(lesson);
    if (newest?.text === text) return;
    const folder = join(this.#directory, lesson);
    await this.#disk.makeFolder(folder);
    // Later than the one before, even where the clock was set back.
    const at = Math.max(this.#now(), newest === undefined ? 0 : timeOf(newest.path) + 1);
    const path = join(folder, `${String(at).padStart(15, "0")}-${randomUUID().slice(0, 8)}.ts`);
    await writeWhole(this.#disk, path, text);
  }

  /** The text that was kept last, if any is. */
  async newest(lesson: string): Promise<KeptText | undefined> {
    const path = await this.#newestPath(lesson);
    if (path === undefined) return undefined;
    return { path, text: await this.#read(path) };
  }

  /** All that were kept of this lesson. */
  async all(lesson: string): Promise<readonly string[]> {
    const folder = join(this.#directory, lesson);
    const names = (await this.#disk.list(folder)).filter((name) => name.endsWith(".ts"));
    return Promise.all(names.map((name) => this.#read(join(folder, name))));
  }

  async has(lesson: string): Promise<boolean> {
    return (await this.#newestPath(lesson)) !== undefined;
  }

  /** For a text that is in the exercise again. */
  remove({ path }: KeptText): Promise<void> {
    return this.#disk.remove(path);
  }

  async #read(path: string): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#disk.read(path)) chunks.push(chunk);
    return new TextDecoder().decode(Buffer.concat(chunks));
  }

  async #newestPath(lesson: string): Promise<string | undefined> {
    const folder = join(this.#directory, lesson);
    const names = (await this.#disk.list(folder)).filter((name) => name.endsWith(".ts")).sort();
    const last = names.at(-1);
    if (last !== undefined) return join(folder, last);
    // Where it was before each text had a file of its own.
    const single = join(this.#directory, `${lesson}.ts`);
    return (await this.#disk.facts(single)) === undefined ? undefined : single;
  }
}

/** Real time at which a text was kept, by its file's name; 0 where the name tells none. */
function timeOf(path: string): number {
  return Number(/^(\d{15})-/.exec(basename(path))?.[1] ?? 0);
}
