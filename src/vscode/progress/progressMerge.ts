/**
 * Merges the files of windows that have ended into one, so that years of windows do not become thousands of files.
 * Extension host, real files.
 *
 * What a file holds is durable under another name before the file is removed, and no name is ever used again. So a
 * crash at any moment leaves lines twice at worst, which count once, and so do two windows that merge at the same time.
 * A window that was thought to have ended and has not sees the claim on its file (see progressFile.ts). Lines are
 * copied as they are, known or not. Files of a newer version, or of none, are left alone: their windows may follow other
 * rules.
 */
import { join } from "node:path";
import { formatHeader, formatVersion, parseHeader } from "../../core/progress/progressLines.ts";
import { codeOf, writeAll, type AppendFile, type ProgressDisk } from "./progressDisk.ts";
import { claimOf } from "./progressFile.ts";
import { eachLine } from "./progressReader.ts";

export interface MergeOptions {
  readonly disk: ProgressDisk;
  readonly directory: string;
  /** Real time, ms since 1970. */
  readonly now: number;
  /** Real ms since a file last changed, after which its window is taken to have ended. */
  readonly olderThan: number;
  /** Fewer files than that are left as they are. */
  readonly atLeast: number;
  /** Unique among all merged files of all windows. */
  readonly name: string;
}

const newline = new Uint8Array([10]);
/** Bytes. A larger file stays as it is. */
const largest = 4 << 20;

/** Resolves with how many files became one. After a failure all is as it was, but for claims. */
export async function mergeOldFiles(options: MergeOptions): Promise<number> {
  const { disk, directory, atLeast, name } = options;
  const names = await disk.list(directory);
  await tidy(options, names);
  const old: string[] = [];
  for (const each of names) if (await isForMerging(options, each)) old.push(join(directory, each));
  if (old.length < atLeast) return 0;

  const sources: string[] = [];
  for (const path of old) if (await claim(options, path)) sources.push(path);
  const draft = join(directory, `merged-${name}.draft`);
  const merged = await writeDraft(disk, sources, draft);
  if (merged.length === 0) {
    await disk.remove(draft);
    return 0;
  }
  await disk.rename(draft, join(directory, `merged-${name}.jsonl`));
  await disk.syncFolder(directory);
  for (const path of merged) {
    // The claim goes last, and only once the file is gone: until then it may be all that keeps a window from the file.
    await disk.remove(path);
    await disk.remove(claimOf(path));
  }
  return merged.length;
}

async function isOld({ disk, now, olderThan }: MergeOptions, path: string): Promise<boolean> {
  const facts = await disk.facts(path);
  return facts !== undefined && now - facts.modified >= olderThan;
}

/** Removes what a crash while merging has left: drafts, and claims on files that are gone. */
async function tidy(options: MergeOptions, names: readonly string[]): Promise<void> {
  const { disk, directory } = options;
  for (const name of names) {
    const path = join(directory, name);
    const isDraft = name.startsWith("merged-") && name.endsWith(".draft");
    const isClaim = name.endsWith(".jsonl.claim");
    if (!isDraft && !isClaim) continue;
    if (!(await isOld(options, path))) continue;
    if (isDraft || (await disk.facts(path.slice(0, -".claim".length))) === undefined) await disk.remove(path);
  }
}

async function isForMerging(options: MergeOptions, name: string): Promise<boolean> {
  if (!name.endsWith(".jsonl")) return false;
  const path = join(options.directory, name);
  const facts = await options.disk.facts(path);
  if (facts === undefined || !facts.isFile || facts.size > largest) return false;
  if (options.now - facts.modified < options.olderThan) return false;
  try {
    return (await versionOf(options.disk, path)) === formatVersion;
  } catch {
    // One that cannot be read stays; who reads progress says so.
    return false;
  }
}

async function versionOf(disk: ProgressDisk, path: string): Promise<number | undefined> {
  for await (const chunk of disk.read(path)) {
    const first = Buffer.from(chunk)
      .toString("utf8")
      .split("\n")
      .find((line) => line !== "");
    return first === undefined ? undefined : parseHeader(first);
  }
  return undefined;
}

/** False where another window is merging the file; a claim that is old itself was left by a crash. */
async function claim(options: MergeOptions, path: string): Promise<boolean> {
  try {
    await (await options.disk.create(claimOf(path))).close();
    return true;
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    return isOld(options, claimOf(path));
  }
}

/** Writes all lines of the sources, each once, and waits for the disk. Resolves with the sources that could be read. */
async function writeDraft(disk: ProgressDisk, sources: readonly string[], draft: string): Promise<readonly string[]> {
  const file = await disk.create(draft);
  try {
    await writeAll(file, new TextEncoder().encode(formatHeader()));
    const written = new Set<string>([formatHeader().trim()]);
    const merged: string[] = [];
    for (const path of sources) if (await copyLines(disk, path, file, written)) merged.push(path);
    await file.sync();
    return merged;
  } catch (error) {
    await disk.remove(draft).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}

/** False where the file cannot be read, or is gone: another window has merged it. */
async function copyLines(disk: ProgressDisk, path: string, to: AppendFile, written: Set<string>): Promise<boolean> {
  const fresh = new Map<string, Uint8Array>();
  try {
    await eachLine(disk.read(path), Infinity, (line) => {
      if (line === undefined) return;
      const key = Buffer.from(line).toString("latin1");
      if (!written.has(key)) fresh.set(key, line);
    });
  } catch {
    return false;
  }
  for (const key of fresh.keys()) written.add(key);
  await writeAll(to, Buffer.concat([...fresh.values()].flatMap((line) => [line, newline])));
  return true;
}
