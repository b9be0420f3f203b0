/**
 * What was graded so far, on disk: a line for each text, only ever appended, found again by a hash of all that it depends on.
 * In memory is only where each line lies, so that ten thousand results take no more room than one.
 */
import fs from "node:fs/promises";
import * as v from "valibot";
import { gradedTextSchema } from "../../core/verdict/gradedRun.ts";
import { CannotRun } from "../cannotRun.ts";
import { explain } from "../fileErrors.ts";

const header = '{"interleave":"journal","version":1}\n';
/** Bytes read at once, and the longest line that counts as one: a result has texts of bounded length. */
const pieceBytes = 1 << 16;
const maxLineBytes = 20_000_000;

const entrySchema = v.strictObject({
  key: v.string(),
  durationMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  result: gradedTextSchema,
});

export type JournalEntry = v.InferOutput<typeof entrySchema>;

/** Where an entry lies, and what a report counts before it begins. */
export interface Kept {
  readonly offset: number;
  readonly length: number;
  readonly passed: boolean;
  readonly isError: boolean;
  /** The lesson's own fault. */
  readonly lessonBroken: boolean;
  readonly tests: number;
  readonly failures: number;
}

export class Journal {
  readonly #file: string;
  readonly #handle: fs.FileHandle;
  readonly #kept = new Map<string, Kept>();
  #end = 0;
  #writing: Promise<unknown> = Promise.resolve();
  /** Lines that could not be read: a killed run may leave half of one. */
  damaged = 0;

  private constructor(file: string, handle: fs.FileHandle) {
    this.#file = file;
    this.#handle = handle;
  }

  /**
   * Goes on with the journal that is there, or begins it anew.
   * @throws CannotRun where it cannot be written, or something else lies in its place.
   */
  static async open(file: string, goOn: boolean): Promise<Journal> {
    let handle: fs.FileHandle;
    try {
      handle = await fs.open(file, "a+");
    } catch (error) {
      const why = explain(error);
      throw new CannotRun(`${file} cannot be written: ${why.en}.`, `无法写入 ${file}：${why["zh-cn"]}。`);
    }
    const journal = new Journal(file, handle);
    try {
      await journal.#begin(goOn);
      return journal;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Texts that are known. */
  get size(): number {
    return this.#kept.size;
  }

  find(key: string): Kept | undefined {
    return this.#kept.get(key);
  }

  /** Resolves once the line is written. */
  append(entry: JournalEntry): Promise<Kept> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    const writing = this.#writing.then(async () => {
      await this.#handle.appendFile(line);
      const kept = keptOf(entry, this.#end, line.length - 1);
      this.#end += line.length;
      this.#kept.set(entry.key, kept);
      return kept;
    });
    this.#writing = writing.catch(() => undefined);
    return writing;
  }

  /** @throws CannotRun where the line is not there any more. */
  async read({ offset, length }: Kept): Promise<JournalEntry> {
    const buffer = Buffer.alloc(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.#handle.read(buffer, done, length - done, offset + done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    const entry = parseEntry(buffer.toString("utf8", 0, done));
    if (entry !== undefined) return entry;
    throw new CannotRun(
      `${this.#file} was changed by somebody else while it was in use: does another run write to the same --output?`,
      `${this.#file} 在使用期间被改动了：是不是另一个运行也用了同一个 --output？`,
    );
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  async #begin(goOn: boolean): Promise<void> {
    const { size } = await this.#handle.stat();
    const start = Buffer.alloc(header.length);
    const { bytesRead } = await this.#handle.read(start, 0, header.length, 0);
    const begun = start.toString("utf8", 0, bytesRead);
    // It may have been killed while it wrote its first line.
    if (!header.startsWith(begun)) {
      throw new CannotRun(
        `${this.#file} is in the way: it is not a journal of Interleave. Move it, or choose another --output.`,
        `${this.#file} 挡住了路：它不是 Interleave 的日志。请移走它，或换一个 --output。`,
      );
    }
    if (!goOn || begun !== header) {
      await this.#handle.truncate(0);
      await this.#handle.appendFile(header);
      this.#end = header.length;
      return;
    }
    await this.#load(size);
  }

  async #load(size: number): Promise<void> {
    let offset = header.length;
    let pending: Buffer[] = [];
    let length = 0;
    const piece = Buffer.alloc(pieceBytes);
    for (let at = offset; at < size;) {
      const { bytesRead } = await this.#handle.read(piece, 0, pieceBytes, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      let from = 0;
      for (let feed = piece.indexOf(10, 0); feed !== -1 && feed < bytesRead; feed = piece.indexOf(10, from)) {
        pending.push(Buffer.from(piece.subarray(from, feed)));
        length += feed - from;
        this.#know(length > maxLineBytes ? "" : Buffer.concat(pending).toString("utf8"), offset, length);
        offset += length + 1;
        pending = [];
        length = 0;
        from = feed + 1;
      }
      length += bytesRead - from;
      if (length <= maxLineBytes) pending.push(Buffer.from(piece.subarray(from, bytesRead)));
    }
    this.#end = offset + length;
    if (length === 0) return;
    this.damaged++;
    // What comes next begins on a line of its own.
    await this.#handle.appendFile("\n");
    this.#end++;
  }

  #know(line: string, offset: number, length: number): void {
    const entry = parseEntry(line);
    if (entry === undefined) this.damaged++;
    else this.#kept.set(entry.key, keptOf(entry, offset, length));
  }
}

function parseEntry(line: string): JournalEntry | undefined {
  try {
    const result = v.safeParse(entrySchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

function keptOf({ result }: JournalEntry, offset: number, length: number): Kept {
  const { passed, tests, error } = result;
  return {
    offset,
    length,
    passed,
    isError: error !== undefined,
    lessonBroken: error?.code === "broken-lesson",
    tests: tests.length,
    failures: tests.filter(({ status }) => status === "failed").length,
  };
}
