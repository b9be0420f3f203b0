/**
 * Looks again and again, on Linux, for processes that a sandbox of this process has started. It sees what is there when it
 * looks; what lives shorter is seen by the mark that the canary program leaves.
 */
import { readFileSync, readdirSync } from "node:fs";
import process from "node:process";

/** Real ms from one look to the next. */
const everyMs = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

export class ChildWatch {
  readonly #seen = new Map<number, string>();
  readonly #timer = setInterval(() => {
    this.look();
  }, everyMs).unref();
  /** How many sandboxes it has seen: one that sees none proves nothing. */
  readonly sandboxes = new Set<number>();

  /** The commands of all that was seen so far. */
  get started(): readonly string[] {
    return [...this.#seen.values()];
  }

  look(): void {
    const all = processes();
    const parents = new Set<number>([...this.#seen.keys()]);
    for (const { pid, parent, command } of all) {
      if (parent !== process.pid || !command.includes("sandbox.js")) continue;
      this.sandboxes.add(pid);
      parents.add(pid);
    }
    for (const { pid, parent, command } of all) if (parents.has(parent)) this.#seen.set(pid, command);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function processes(): Process[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // "pid (name) state parent …", where the name may hold anything.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (parent === 1) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      return [{ pid: Number(name), parent, command }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
