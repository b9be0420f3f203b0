/** The exports that `report` is given: each file by itself, so that one that cannot be used keeps no other out. */
import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import { formatFinding } from "../../core/lesson/lessonFinding.ts";
import { decodeLessonText, UnreadableFile } from "../../core/lesson/lessonReader.ts";
import { maxExportBytes, parseExport } from "../../core/progress/progressExport.ts";
import type { NamedExport } from "../../core/teamReport/people.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { CannotRun } from "../cannotRun.ts";
import { explain } from "../fileErrors.ts";
import { readBounded } from "../readBounded.ts";
import type { Terminal } from "../terminal.ts";

export interface ReadExports {
  readonly exports: readonly NamedExport[];
  /** How many files could not be used; each was named on stderr, with the reason. */
  readonly failures: number;
}

/** @param given files, and folders of which every *.json is read. @throws CannotRun where the user ends it. */
export async function readExports(given: readonly string[], locale: Locale, terminal: Terminal): Promise<ReadExports> {
  const exports: NamedExport[] = [];
  let failures = 0;
  const fail = (file: string, message: Words): void => {
    failures++;
    terminal.progress("");
    terminal.err(`${formatFinding({ file, message }, locale)}\n`);
  };
  const files = await listFiles(given, terminal, fail);
  for (const [at, file] of files.entries()) {
    if (terminal.signal.aborted) throw new CannotRun("Cancelled.", "已取消。");
    terminal.progress(`${String(at + 1)}/${String(files.length)} ${file}`);
    const read = await readExport(path.resolve(terminal.workingDirectory, file));
    if ("why" in read) fail(file, read.why);
    else exports.push({ file, exported: read.value });
  }
  terminal.progress("");
  return { exports, failures };
}

/** A shell of Windows names no files for a pattern, so a folder may be given for all that are in it. */
async function listFiles(
  given: readonly string[],
  terminal: Terminal,
  fail: (file: string, why: Words) => void,
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const each of given) {
    const whole = path.resolve(terminal.workingDirectory, each);
    const stat = await fs.stat(whole).catch(() => undefined);
    if (stat?.isDirectory() !== true) {
      files.push(each);
      continue;
    }
    try {
      const found = (await fs.readdir(whole)).filter((name) => name.endsWith(".json")).sort();
      if (found.length === 0)
        fail(each, { en: "there is no *.json in this folder", "zh-cn": "这个文件夹里没有 *.json" });
      files.push(...found.map((name) => path.join(each, name)));
    } catch (error) {
      fail(each, explain(error));
    }
  }
  return files;
}

async function readExport(
  file: string,
): Promise<{ readonly value: NamedExport["exported"] } | { readonly why: Words }> {
  try {
    const text = decodeLessonText(await readBounded(file, maxExportBytes));
    return parseExport(text, (content) => createHash("sha256").update(content, "utf8").digest("hex"));
  } catch (error) {
    return { why: error instanceof UnreadableFile ? error.words : explain(error) };
  }
}
