/** `interleave new`: writes a small, complete lesson that passes `verify`, for an author to change piece by piece. */
import fs from "node:fs/promises";
import path from "node:path";
import { lessonOrder } from "../../core/catalog.ts";
import { readCatalog } from "../../core/lessonFiles.ts";
import { type Catalog, isLessonId, parseCatalog } from "../../core/lessonSchema.ts";
import { CannotRun } from "../cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "../commandArguments.ts";
import { explain } from "../fileErrors.ts";
import { createFolderReader } from "../folderReader.ts";
import { requireWholeCatalog, shownPath } from "../pack.ts";
import type { Command, Terminal } from "../terminal.ts";
import { lessonTemplate } from "./lessonTemplate.ts";

const newShape: CommandShape = { name: "new", positionals: ["lesson"], options: { pack: "text" } };

const firstTrack = "first-track";

export const newLesson: Command = async (words, terminal) => {
  const args = parseCommandArguments(newShape, words);
  const [id = ""] = args.positionals;
  if (!isLessonId(id)) {
    throw new CannotRun(
      `“${id}” cannot be the id of a lesson: use small letters, digits and single hyphens, as in “worker-pool”.`,
      `“${id}”不能用作课程 id：请用小写字母、数字和单个连字符，例如“worker-pool”。`,
    );
  }
  const { workingDirectory, distDir } = terminal;
  const option = args.text("pack");
  const directory = option === undefined ? path.join(distDir, "..", "lessons") : path.resolve(workingDirectory, option);
  try {
    return await writeLesson(id, directory, terminal);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    const [shown, why] = [shownPath(workingDirectory, directory), explain(error)];
    throw new CannotRun(
      `The lesson cannot be written to ${shown}: ${why.en}.`,
      `无法把课程写入 ${shown}：${why["zh-cn"]}。`,
    );
  }
};

async function writeLesson(id: string, directory: string, terminal: Terminal): Promise<0> {
  const shown = shownPath(terminal.workingDirectory, directory);
  const folder = path.join(directory, id);
  const catalogFile = path.join(directory, "catalog.json");
  const reader = createFolderReader(directory);
  const pack = { directory, name: shown, reader };
  // A catalog that is there is read with the care that any pack gets, so that nothing is written through a link.
  const isThere = await exists(catalogFile);
  const catalog = isThere ? await requireWholeCatalog(pack, terminal.locale) : emptyCatalog;
  const before = isThere ? await reader.read("catalog.json") : undefined;
  const taken = lessonOrder(catalog).includes(id) || (await exists(folder));
  if (taken) {
    const where = path.join(shown, id);
    throw new CannotRun(
      `There is a lesson “${id}” already, in ${where}; nothing was changed.`,
      `已有课程“${id}”，位于 ${where}；未做任何改动。`,
    );
  }
  const track = catalog.tracks.at(-1)?.id ?? firstTrack;
  const files = lessonTemplate(id, track);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text, { flag: "wx" });
  }
  await fs.writeFile(catalogFile, withLesson(before, catalog, id));
  const check = await readCatalog(reader);
  if (!check.ok) throw new Error("the catalog could not be read back");
  terminal.out(`${path.join(shown, id)}\n`);
  return 0;
}

const emptyCatalog: Catalog = { version: 1, tracks: [] };

/** The catalog's text with the lesson at the end of its last track; what else is in it stays as it was written. */
function withLesson(before: string | undefined, catalog: Catalog, id: string): string {
  if (before !== undefined) {
    const at = before.lastIndexOf('"lessons"');
    const end = before.indexOf("]", at);
    const list = before.slice(at, end);
    const kept = list.trimEnd();
    // The gap after the list's bracket is the one before its next item, too.
    const gap = /\[(\s*)/.exec(list)?.[1] ?? "";
    const between = gap === "" ? " " : gap;
    const text = `${before.slice(0, at)}${kept},${between}${JSON.stringify(id)}${list.slice(kept.length)}${before.slice(end)}`;
    const after = parseCatalog(text, "catalog.json");
    if (at !== -1 && after.ok && lessonOrder(after.value).at(-1) === id) return text;
  }
  const tracks = catalog.tracks.map((track, index) =>
    index === catalog.tracks.length - 1 ? { ...track, lessons: [...track.lessons, id] } : track,
  );
  if (tracks.length === 0) {
    const title = { en: "First track", "zh-cn": "第一条路线" };
    const summary = { en: "What these lessons have in common.", "zh-cn": "这些课程的共同主题。" };
    tracks.push({ id: firstTrack, title, summary, lessons: [id] });
  }
  return `${JSON.stringify({ ...catalog, tracks }, null, 2)}\n`;
}

async function exists(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}
