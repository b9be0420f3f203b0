/**
 * A file system in memory that knows what a disk may forget when the power fails: bytes that were not synced, and
 * names whose folder was not. It is as unkind as the rules allow: each name that was changed since may have come to the
 * disk or not, in any order, and the end of a file may be there, in part, or as zeros.
 */
import { dirname } from "node:path";
import type { AppendFile, ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";
import type { Random } from "../../../src/base/random.ts";

interface Inode {
  readonly number: number;
  bytes: Buffer;
  /** So many are on the disk for certain. */
  synced: number;
}

type NameChange = (names: Map<string, Inode>) => void;

/** Bytes that reading hands out at a time: small, so that much can happen in between. */
const chunk = 96;

export class MemoryDisk implements ProgressDisk {
  #names = new Map<string, Inode>();
  #durable = new Map<string, Inode>();
  #changes: { readonly folder: string; readonly apply: NameChange }[] = [];
  #inodes = 0;

  makeFolder(): Promise<void> {
    return Promise.resolve();
  }

  list(folder: string): Promise<readonly string[]> {
    const inside = [...this.#names.keys()].filter((path) => dirname(path) === folder);
    return Promise.resolve(inside.map((path) => path.slice(folder.length + 1)));
  }

  facts(path: string) {
    const inode = this.#names.get(path);
    if (inode === undefined) return Promise.resolve(undefined);
    const size = inode.bytes.length;
    return Promise.resolve({ isFile: true, size, modified: 0, identity: String(inode.number) });
  }

  create(path: string): Promise<AppendFile> {
    if (this.#names.has(path)) return failure("EEXIST");
    const inode: Inode = { number: ++this.#inodes, bytes: Buffer.alloc(0), synced: 0 };
    this.#change(path, (names) => names.set(path, inode));
    return Promise.resolve(appendTo(inode));
  }

  reopen(path: string): Promise<AppendFile> {
    const inode = this.#names.get(path);
    return inode === undefined ? failure("ENOENT") : Promise.resolve(appendTo(inode));
  }

  async *read(path: string): AsyncIterable<Uint8Array> {
    const inode = this.#names.get(path) ?? (await failure("ENOENT"));
    for (let at = 0; at < inode.bytes.length; at += chunk) yield inode.bytes.subarray(at, at + chunk);
  }

  rename(from: string, to: string): Promise<void> {
    const inode = this.#names.get(from);
    if (inode === undefined) return failure("ENOENT");
    this.#change(from, (names) => {
      names.delete(from);
      names.set(to, inode);
    });
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    if (this.#names.has(path)) this.#change(path, (names) => names.delete(path));
    return Promise.resolve();
  }

  syncFolder(path: string): Promise<void> {
    for (const { folder, apply } of this.#changes) if (folder === path) apply(this.#durable);
    this.#changes = this.#changes.filter(({ folder }) => folder !== path);
    return Promise.resolve();
  }

  /** What is left after a power cut. */
  cutPower(random: Random): void {
    for (const { apply } of this.#changes) if (random.below(2) === 0) apply(this.#durable);
    this.#changes = [];
    this.#names = new Map(this.#durable);
    for (const inode of new Set(this.#names.values())) {
      const unsynced = inode.bytes.length - inode.synced;
      const kept = inode.synced + random.below(unsynced + 1);
      const zeros = random.below(3) === 0 ? inode.bytes.length - kept : 0;
      inode.bytes = Buffer.concat([inode.bytes.subarray(0, kept), Buffer.alloc(zeros)]);
      inode.synced = inode.bytes.length;
    }
  }

  #change(path: string, apply: NameChange): void {
    apply(this.#names);
    this.#changes.push({ folder: dirname(path), apply });
  }
}

function appendTo(inode: Inode): AppendFile {
  return {
    write(bytes) {
      inode.bytes = Buffer.concat([inode.bytes, bytes]);
      return Promise.resolve(bytes.length);
    },
    sync() {
      inode.synced = inode.bytes.length;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

function failure(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(code), { code }));
}
