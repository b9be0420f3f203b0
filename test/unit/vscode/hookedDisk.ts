/** A file system that asks before each thing it does: what `before` throws is that thing's failure. */
import type { AppendFile, ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";

export type Operation =
  | "close"
  | "create"
  | "facts"
  | "list"
  | "makeFolder"
  | "read"
  | "remove"
  | "rename"
  | "reopen"
  | "sync"
  | "syncFolder"
  | "write";

/** For a write, `before` may say how many of the bytes are written. */
export type Before = (operation: Operation, path: string, bytes: number) => Promise<number | undefined>;

export function hookedDisk(disk: ProgressDisk, before: Before): ProgressDisk {
  const hookedFile = (file: AppendFile, path: string): AppendFile => ({
    async write(bytes) {
      return file.write(bytes.subarray(0, (await before("write", path, bytes.length)) ?? bytes.length));
    },
    sync: () => before("sync", path, 0).then(() => file.sync()),
    close: () => before("close", path, 0).then(() => file.close()),
  });
  return {
    makeFolder: (path) => before("makeFolder", path, 0).then(() => disk.makeFolder(path)),
    list: (path) => before("list", path, 0).then(() => disk.list(path)),
    facts: (path) => before("facts", path, 0).then(() => disk.facts(path)),
    async create(path) {
      await before("create", path, 0);
      return hookedFile(await disk.create(path), path);
    },
    async reopen(path) {
      await before("reopen", path, 0);
      return hookedFile(await disk.reopen(path), path);
    },
    async *read(path) {
      await before("read", path, 0);
      for await (const chunk of disk.read(path)) {
        yield chunk;
        await before("read", path, 0);
      }
    },
    rename: (from, to) => before("rename", from, 0).then(() => disk.rename(from, to)),
    remove: (path) => before("remove", path, 0).then(() => disk.remove(path)),
    syncFolder: (path) => before("syncFolder", path, 0).then(() => disk.syncFolder(path)),
  };
}

/** Never settles: what a process that was killed has asked for. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
