/** Reads what every window has written, and only what has changed since the last time. Extension host, real files. */
import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import type { ProgressEvent } from "../../core/progress/progressEvents.ts";
import { parseEvent } from "../../core/progress/progressLines.ts";
import type { FileFacts, ProgressDisk } from "./progressDisk.ts";

/** Files that are read at the same time. */
const together = 16;
/** Bytes. A longer line is none of ours and is passed over without being kept in memory. */
const longestLine = 1 << 20;

interface Known {
  readonly facts: FileFacts;
  readonly events: readonly ProgressEvent[];
}

export interface ProgressReaderOptions {
  readonly disk: ProgressDisk;
  readonly directory: string;
  /** A file, or the folder itself, cannot be read: its events do not count. Told once for each kind of failure. */
  readonly onReadError: (path: string, error: unknown) => void;
}

export class ProgressReader {
  readonly #options: ProgressReaderOptions;
  #known: ReadonlyMap<string, Known> = new Map();
  readonly #told = new Set<string>();

  constructor(options: ProgressReaderOptions) {
    this.#options = options;
  }

  /**
   * The events of all files. A file that is merged into another one meanwhile may be missed by a listing together with
   * the other one, so the folder is listed until nothing new is in it.
   */
  async read(): Promise<readonly (readonly ProgressEvent[])[]> {
    const found = new Map<string, Known>();
    const asked = new Set<string>();
    for (;;) {
      const names = (await this.#names()).filter((name) => !asked.has(name));
      if (names.length === 0) break;
      for (let start = 0; start < names.length; start += together) {
        await Promise.all(
          names.slice(start, start + together).map(async (name) => {
            asked.add(name);
            const known = await this.#readFile(name);
            if (known !== undefined) found.set(name, known);
          }),
        );
      }
    }
    this.#known = found;
    return [...found.values()].map(({ events }) => events);
  }

  async #names(): Promise<readonly string[]> {
    const { disk, directory } = this.#options;
    try {
      return (await disk.list(directory)).filter((name) => name.endsWith(".jsonl"));
    } catch (error) {
      this.#tell(directory, error);
      return [];
    }
  }

  async #readFile(name: string): Promise<Known | undefined> {
    const { disk, directory } = this.#options;
    const path = join(directory, name);
    try {
      const facts = await disk.facts(path);
      if (facts === undefined) return undefined;
      if (!facts.isFile) throw new Error("It is not a file.");
      const known = this.#known.get(name);
      if (known !== undefined && isSame(known.facts, facts)) return known;
      return { facts, events: await readEvents(disk.read(path)) };
    } catch (error) {
      // One that was merged meanwhile is not missed: the next listing has the file that it went to.
      if ((await disk.facts(path).catch(() => "there")) !== undefined) this.#tell(path, error);
      return undefined;
    }
  }

  #tell(path: string, error: unknown): void {
    const what = `${path}: ${String(error)}`;
    if (this.#told.has(what)) return;
    this.#told.add(what);
    this.#options.onReadError(path, error);
  }
}

/** Files are only appended to, so one that has not grown has not changed. */
function isSame(one: FileFacts, other: FileFacts): boolean {
  return one.size === other.size && one.modified === other.modified && one.identity === other.identity;
}

async function readEvents(chunks: AsyncIterable<Uint8Array>): Promise<readonly ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  await eachLine(chunks, longestLine, (line) => {
    if (line === undefined || !isUtf8(line)) return;
    const event = parseEvent(Buffer.from(line.buffer, line.byteOffset, line.length).toString("utf8"));
    if (event !== undefined) events.push(event);
  });
  return events;
}

/** Calls `take` with each line, without its end; with undefined for a line of more than `longest` bytes. */
export async function eachLine(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
  take: (line: Uint8Array | undefined) => void,
): Promise<void> {
  let begun: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array): void => {
    length += part.length;
    if (length > longest) begun = [];
    else if (part.length > 0) begun.push(part);
  };
  const end = (): void => {
    const [only] = begun;
    if (length > longest) take(undefined);
    else if (only !== undefined) take(begun.length === 1 ? only : Buffer.concat(begun));
    begun = [];
    length = 0;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
      add(chunk.subarray(start, at));
      end();
      start = at + 1;
    }
    add(chunk.subarray(start));
  }
  end();
}
