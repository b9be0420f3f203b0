/**
 * Reads the lessons in a folder on disk, which may come from a stranger: regular files only, none of them whole before its
 * size is known, never through a link, never outside of the folder.
 */
import { constants, type Stats } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { maxBytesOf, maxFolderEntries } from "../core/lesson/lessonLimits.ts";
import {
  type LessonEntry,
  type LessonReader,
  packRules,
  type ReadingRules,
  UnreadableFile,
  unreadable,
} from "../core/lesson/lessonReader.ts";
import { explain } from "./fileErrors.ts";
import { createLimit } from "../base/limit.ts";

/** Files open side by side: a large pack must not use up what the system gives. */
const readsAtOnce = 16;

/** Where the system has them: no link is opened, and a pipe without a writer is not waited for. */
const openFlags = flag("O_RDONLY") | flag("O_NOFOLLOW") | flag("O_NONBLOCK");

function flag(name: keyof typeof constants): number {
  return Object.hasOwn(constants, name) ? constants[name] : 0;
}

/**
 * @param directory absolute. It may be a link itself: whoever names a pack says where it is.
 * @param rules those of a pack, where none are given.
 */
export function createFolderReader(directory: string, rules: ReadingRules = packRules): LessonReader {
  const limit = createLimit(readsAtOnce);
  const limited = <T>(action: () => Promise<T>): Promise<T> => limit(() => translated(action));
  return {
    read: (file) =>
      limited(async () => {
        const { place, stats } = await locate(directory, rules.segments(file));
        return rules.decode(await readRegular(place, stats, maxBytesOf(file)));
      }),
    list: (folder) =>
      limited(async () => {
        const { place, stats } = await locate(directory, rules.segments(folder));
        if (!stats.isDirectory()) throw unreadable.noFolder();
        return readEntries(place);
      }),
  };
}

interface Place {
  readonly place: string;
  readonly stats: Stats;
}

/** Looks at every step of the way, so that none of them is a link. @throws UnreadableFile */
async function locate(directory: string, segments: readonly string[]): Promise<Place> {
  let place = directory;
  let stats = await fs.stat(directory);
  for (const segment of segments) {
    place = path.join(place, segment);
    stats = await fs.lstat(place);
    if (stats.isSymbolicLink()) throw unreadable.link();
  }
  return { place, stats };
}

/** What was looked at is what is read, even where somebody puts something else into its place in between. */
async function readRegular(place: string, seen: Stats, maxBytes: number): Promise<Uint8Array> {
  refuseAllButFiles(seen, maxBytes);
  const handle = await fs.open(place, openFlags);
  try {
    const opened = await handle.stat();
    refuseAllButFiles(opened, maxBytes);
    if (opened.ino !== seen.ino || opened.dev !== seen.dev) throw unreadable.link();
    // A byte more than its size: it may grow meanwhile.
    const buffer = new Uint8Array(Math.min(opened.size, maxBytes) + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    if (length > maxBytes) throw unreadable.tooLarge(maxBytes);
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function refuseAllButFiles(stats: Stats, maxBytes: number): void {
  if (stats.isDirectory()) throw unreadable.folder();
  if (!stats.isFile()) throw unreadable.noFile();
  if (stats.size > maxBytes) throw unreadable.tooLarge(maxBytes);
}

async function readEntries(place: string): Promise<readonly LessonEntry[]> {
  const entries: LessonEntry[] = [];
  // Leaving the loop closes the folder.
  for await (const entry of await fs.opendir(place)) {
    if (entries.length === maxFolderEntries) throw unreadable.tooMany();
    const kind = entry.isFile()
      ? "file"
      : entry.isDirectory()
        ? "folder"
        : entry.isSymbolicLink()
          ? "link"
          : ("other" as const);
    entries.push({ name: entry.name, kind });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The system's errors in words. */
async function translated<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(explain(error));
  }
}
