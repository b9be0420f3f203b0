/**
 * Which window records a rehearsal: a small file beside it names the one that does. The window that takes it last has it; the
 * other one sees that before it writes, and stops. Extension host, real files.
 */
import process from "node:process";
import * as v from "valibot";
import { heartbeatMs } from "../../core/assessment/session.ts";
import { codeOf, type ProgressDisk, writeAll } from "../progress/progressDisk.ts";

/** Without a sign of life for so many ms, whoever holds it is gone. */
const longestSilence = 3 * heartbeatMs;

const lockSchema = v.object({ token: v.string(), pid: v.number(), at: v.number() });
type Lock = v.InferOutput<typeof lockSchema>;

export interface RehearsalLockOptions {
  readonly disk: ProgressDisk;
  readonly path: string;
  /** The window's own. */
  readonly token: string;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

export class RehearsalLock {
  readonly #options: RehearsalLockOptions;

  constructor(options: RehearsalLockOptions) {
    this.#options = options;
  }

  /** False where another window has it, unless that does not count. */
  async take(fromOthers: boolean): Promise<boolean> {
    const held = await this.#read();
    if (held !== undefined && !fromOthers && this.#lives(held)) return false;
    await this.#write();
    return this.holds();
  }

  async holds(): Promise<boolean> {
    return (await this.#read())?.token === this.#options.token;
  }

  /** A sign of life. False where another window has taken it. */
  async touch(): Promise<boolean> {
    if (!(await this.holds())) return false;
    await this.#write();
    return true;
  }

  async release(): Promise<void> {
    if (await this.holds()) await this.#options.disk.remove(this.#options.path);
  }

  #lives({ token, pid, at }: Lock): boolean {
    const { now } = this.#options;
    return token !== this.#options.token && Math.abs(now() - at) <= longestSilence && isRunning(pid);
  }

  async #read(): Promise<Lock | undefined> {
    const { disk, path } = this.#options;
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of disk.read(path)) chunks.push(chunk);
      const result = v.safeParse(lockSchema, JSON.parse(new TextDecoder().decode(Buffer.concat(chunks))));
      return result.success ? result.output : undefined;
    } catch (error) {
      if (codeOf(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  async #write(): Promise<void> {
    const { disk, path, token, now } = this.#options;
    // Of this window alone: two windows never write the same draft.
    const draft = `${path}.${token}`;
    await disk.remove(draft);
    const file = await disk.create(draft);
    try {
      const lock: Lock = { token, pid: process.pid, at: now() };
      await writeAll(file, new TextEncoder().encode(JSON.stringify(lock)));
    } finally {
      await file.close();
    }
    await disk.rename(draft, path);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}
