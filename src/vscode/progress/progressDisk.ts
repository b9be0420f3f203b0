/**
 * The few things that progress asks of a file system, so that tests can let any of them fail. Extension host, real
 * files. Errors are Node's, with their `code`.
 */
import { constants } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

export interface FileFacts {
  readonly isFile: boolean;
  /** Bytes. */
  readonly size: number;
  /** Real time of the last change, ms since 1970. */
  readonly modified: number;
  /** Tells files apart that had the same name one after another. */
  readonly identity: string;
}

/** A file that is open for appending: whatever is written goes to its end. */
export interface AppendFile {
  /** Writes once, perhaps only a part of the bytes; resolves with how many. */
  write(bytes: Uint8Array): Promise<number>;
  /** Resolves once everything written is on the disk and survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface ProgressDisk {
  /** Makes a folder and those above it that are missing; they survive a power cut. */
  makeFolder(path: string): Promise<void>;
  /** Names in a folder; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Undefined where there is no such file. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** Makes a new file; fails where there is one. */
  create(path: string): Promise<AppendFile>;
  /** Opens a file that is there; fails where there is none. */
  reopen(path: string): Promise<AppendFile>;
  read(path: string): AsyncIterable<Uint8Array>;
  /** Takes the place of what has the new name, in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Does nothing where there is no such file. */
  remove(path: string): Promise<void>;
  /** Resolves once the names in a folder are on the disk and survive a power cut. */
  syncFolder(path: string): Promise<void>;
}

const { O_APPEND, O_CREAT, O_EXCL, O_WRONLY } = constants;

export const nodeDisk: ProgressDisk = {
  async makeFolder(path) {
    const first = await mkdir(path, { recursive: true });
    if (first === undefined) return;
    for (let made = path; ; made = dirname(made)) {
      await syncFolder(dirname(made));
      if (made === first || made === dirname(made)) return;
    }
  },
  async list(folder) {
    return (await unlessMissing(readdir(folder))) ?? [];
  },
  async facts(path) {
    const found = await unlessMissing(stat(path));
    if (found === undefined) return undefined;
    const { size, mtimeMs, dev, ino } = found;
    return { isFile: found.isFile(), size, modified: mtimeMs, identity: `${String(dev)}-${String(ino)}` };
  },
  create: async (path) => appendTo(await open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL)),
  reopen: async (path) => appendTo(await open(path, O_WRONLY | O_APPEND)),
  async *read(path) {
    const file = await open(path);
    try {
      for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 18 })) {
        yield chunk as Uint8Array;
      }
    } finally {
      await file.close();
    }
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolder,
};

function appendTo(file: FileHandle): AppendFile {
  return {
    write: async (bytes) => (await file.write(bytes)).bytesWritten,
    sync: () => whereSupported(file.datasync()),
    close: () => file.close(),
  };
}

async function syncFolder(path: string): Promise<void> {
  // Windows keeps names safe by itself and opens no folder.
  if (process.platform === "win32") return;
  const folder = await open(path);
  try {
    await whereSupported(folder.sync());
  } finally {
    await folder.close();
  }
}

/** Some network file systems have no way to wait for the disk: there, being written has to do. */
async function whereSupported(syncing: Promise<void>): Promise<void> {
  try {
    await syncing;
  } catch (error) {
    if (!["EINVAL", "ENOSYS", "ENOTSUP", "EOPNOTSUPP"].includes(codeOf(error) ?? "")) throw error;
  }
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** What Node calls the kind of a failure ("ENOSPC"). */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Writes all of the bytes, in as many steps as it takes. */
export async function writeAll(file: AppendFile, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) {
    const written = await file.write(rest);
    if (written === 0) throw new Error("Nothing can be written to the file.");
    rest = rest.subarray(written);
  }
}

/**
 * Gives a file this text: whole or not at all, whenever the power fails. Resolves once it survives a power cut. No draft
 * of it may lie there from before.
 */
export async function writeWhole(disk: ProgressDisk, path: string, text: string): Promise<void> {
  const draft = draftOf(path);
  const file = await disk.create(draft);
  try {
    await writeAll(file, new TextEncoder().encode(text));
    await file.sync();
  } finally {
    await file.close();
  }
  await disk.rename(draft, path);
  await disk.syncFolder(dirname(path));
}

/** Where a file is written before it takes its name. */
export function draftOf(path: string): string {
  return `${path}.draft`;
}
