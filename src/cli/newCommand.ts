/** `interleave new`: writes a small, complete lesson that passes `verify`, for an author to change piece by piece. */
import fs from "node:fs/promises";
import path from "node:path";
import { lessonIdProblem, newLesson } from "../core/authoring/newLesson.ts";
import { lessonOrder } from "../core/lesson/catalog.ts";
import { readCatalog } from "../core/lesson/lessonFiles.ts";
import { writePackTypes } from "./authoring/packTypesOnDisk.ts";
import { CannotRun } from "./cannotRun.ts";
import { type CommandShape, parseCommandArguments } from "./commandArguments.ts";
import { explain } from "./fileErrors.ts";
import { createFolderReader } from "./folderReader.ts";
import { requireWholeCatalog, shownPath } from "./pack.ts";
import type { Command, Terminal } from "./terminal.ts";

const newShape: CommandShape = { name: "new", positionals: ["lesson"], options: { pack: "text", title: "text" } };

export const startLesson: Command = async (words, terminal) => {
  const args = parseCommandArguments(newShape, words);
  const [id = ""] = args.positionals;
  const problem = lessonIdProblem(id);
  if (problem !== undefined) throw new CannotRun(problem.en, problem["zh-cn"]);
  const { workingDirectory, distDir } = terminal;
  const option = args.text("pack");
  const directory = option === undefined ? path.join(distDir, "..", "lessons") : path.resolve(workingDirectory, option);
  try {
    const wanted = { id, title: args.text("title"), ownPack: option !== undefined };
    return await writeLesson(wanted, directory, terminal);
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    const [shown, why] = [shownPath(workingDirectory, directory), explain(error)];
    throw new CannotRun(
      `The lesson cannot be written to ${shown}: ${why.en}.`,
      `无法把课程写入 ${shown}：${why["zh-cn"]}。`,
    );
  }
};

interface Wanted {
  readonly id: string;
  readonly title: string | undefined;
  /** Not among the lessons that Interleave ships with: the types of those are those of its checkout. */
  readonly ownPack: boolean;
}

async function writeLesson({ id, title, ownPack }: Wanted, directory: string, terminal: Terminal): Promise<0> {
  const shown = shownPath(terminal.workingDirectory, directory);
  const folder = path.join(directory, id);
  const catalogFile = path.join(directory, "catalog.json");
  const reader = createFolderReader(directory);
  // A catalog that is there is read with the care that any pack gets, so that nothing is written through a link.
  const pack = (await exists(catalogFile))
    ? {
        catalog: await requireWholeCatalog({ directory, name: shown, reader }, terminal.locale),
        text: await reader.read("catalog.json"),
      }
    : undefined;
  const taken = (pack !== undefined && lessonOrder(pack.catalog).includes(id)) || (await exists(folder));
  if (taken) {
    const where = path.join(shown, id);
    throw new CannotRun(
      `There is a lesson “${id}” already, in ${where}; nothing was changed.`,
      `已有课程“${id}”，位于 ${where}；未做任何改动。`,
    );
  }
  if (ownPack) await writePackTypes(directory, shown, terminal.distDir);
  const { files, catalog } = newLesson({ id, title, folder: directory, pack });
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(file, text, { flag: "wx" });
  }
  await fs.writeFile(catalogFile, catalog);
  const check = await readCatalog(reader);
  if (!check.ok) throw new Error("the catalog could not be read back");
  if (pack === undefined) sayNewPack(path.join(shown, "catalog.json"), terminal);
  terminal.out(`${path.join(shown, id)}\n`);
  return 0;
}

function sayNewPack(catalog: string, terminal: Terminal): void {
  terminal.err(
    terminal.locale === "en"
      ? `There was no pack there, so one was started: ${catalog}.\n`
      : `那里还没有课程包，因此新建了一个：${catalog}。\n`,
  );
}

async function exists(file: string): Promise<boolean> {
  return fs.lstat(file).then(
    () => true,
    () => false,
  );
}
