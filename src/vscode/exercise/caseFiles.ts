/**
 * The learner's own orders of each exercise, in a file beside it. What cannot be read is never written over: it is said, and
 * the file waits to be mended. Extension host, real files.
 */
import { dirname, join } from "node:path";
import {
  casesName,
  formatCases,
  maxCases,
  maxCasesBytes,
  newCaseId,
  parseCases,
  type ReadCases,
} from "../../core/stepper/ownCases.ts";
import type { OwnCase } from "../../protocol/steps.ts";
import { draftOf, type ProgressDisk, writeWhole } from "../progress/progressDisk.ts";

/** The file is there and is none that can be understood. */
export class BrokenCasesError extends Error {
  override readonly name = "BrokenCasesError";
  readonly path: string;
  readonly broken: Extract<ReadCases, { readonly ok: false }>;

  constructor(path: string, broken: Extract<ReadCases, { readonly ok: false }>) {
    super(`${path}:${String(broken.line)}: ${broken.problem.en}`);
    this.path = path;
    this.broken = broken;
  }
}

/** There are as many as may be. */
export class TooManyCasesError extends Error {
  override readonly name = "TooManyCasesError";
}

export class CaseFiles {
  readonly #disk: ProgressDisk;
  readonly #exerciseOf: (lesson: string) => string;
  /** Changes of one file come one after the other. */
  readonly #changes = new Map<string, Promise<unknown>>();

  /** @param exerciseOf the path of a lesson's exercise */
  constructor(disk: ProgressDisk, exerciseOf: (lesson: string) => string) {
    this.#disk = disk;
    this.#exerciseOf = exerciseOf;
  }

  pathOf(lesson: string): string {
    return join(dirname(this.#exerciseOf(lesson)), casesName);
  }

  /** Those that are kept; none where there is no file. @throws BrokenCasesError */
  async read(lesson: string): Promise<readonly OwnCase[]> {
    const path = this.pathOf(lesson);
    const facts = await this.#disk.facts(path);
    if (facts === undefined) return [];
    const read = await this.#readFile(path);
    if (!read.ok) throw new BrokenCasesError(path, read);
    return read.cases;
  }

  async #readFile(path: string): Promise<ReadCases> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of this.#disk.read(path)) {
      length += chunk.length;
      if (length > maxCasesBytes) {
        const most = String(maxCasesBytes);
        return {
          ok: false,
          line: 1,
          problem: { en: `it is larger than ${most} bytes`, "zh-cn": `它超过了 ${most} 字节` },
        };
      }
      chunks.push(chunk);
    }
    return parseCases(new TextDecoder().decode(Buffer.concat(chunks)));
  }

  /** Adds one at the end; gives it its id. @throws BrokenCasesError, TooManyCasesError */
  async add(lesson: string, added: Omit<OwnCase, "id">): Promise<OwnCase> {
    return this.#change(lesson, (cases) => {
      if (cases.length >= maxCases) throw new TooManyCasesError();
      const own = { id: newCaseId(cases), ...added };
      return { cases: [...cases, own], answer: own };
    });
  }

  /** Does nothing where it is gone. @throws BrokenCasesError */
  async rename(lesson: string, id: string, name: string): Promise<void> {
    await this.#change(lesson, (cases) => ({
      cases: cases.map((each) => (each.id === id ? { ...each, name } : each)),
      answer: undefined,
    }));
  }

  /** Takes it out; what is given back puts it in its place again. @throws BrokenCasesError */
  remove(lesson: string, id: string): Promise<() => Promise<void>> {
    return this.#change(lesson, (before) => {
      const at = before.findIndex((each) => each.id === id);
      const removed = before.slice(at, at + 1);
      const putBack = (): Promise<void> =>
        this.#change(lesson, (now) => ({
          cases: at < 0 || now.some((each) => each.id === id) ? now : now.toSpliced(at, 0, ...removed),
          answer: undefined,
        }));
      return { cases: before.filter((each) => each.id !== id), answer: putBack };
    });
  }

  #change<T>(
    lesson: string,
    change: (cases: readonly OwnCase[]) => { readonly cases: readonly OwnCase[]; readonly answer: T },
  ): Promise<T> {
    const before = this.#changes.get(lesson) ?? Promise.resolve();
    const mine = before
      .catch(() => undefined)
      .then(async () => {
        // Read anew each time: another window, or the learner, may have changed it.
        const { cases, answer } = change(await this.read(lesson));
        await this.#write(this.pathOf(lesson), formatCases(cases));
        return answer;
      });
    this.#changes.set(lesson, mine);
    return mine;
  }

  async #write(path: string, text: string): Promise<void> {
    await this.#disk.makeFolder(dirname(path));
    await this.#disk.remove(draftOf(path));
    await writeWhole(this.#disk, path, text);
  }
}
