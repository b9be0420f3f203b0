/** Types of a pack's files, for editors, written by the command line. */
import fs from "node:fs/promises";
import path from "node:path";
import { keepPackTypes, typesBehindLink, typesFolder } from "../../core/authoring/packTypes.ts";
import { CannotRun } from "../cannotRun.ts";

/**
 * @param shown how messages name the pack's folder
 * @throws CannotRun where the types' folder is a link
 */
export async function writePackTypes(directory: string, shown: string, distDir: string): Promise<void> {
  const stat = await fs.lstat(path.join(directory, typesFolder)).catch(() => undefined);
  if (stat?.isSymbolicLink() === true) {
    const problem = typesBehindLink(path.join(shown, typesFolder));
    throw new CannotRun(problem.en, problem["zh-cn"]);
  }
  const at = (file: string): string => path.join(directory, ...file.split("/"));
  await keepPackTypes({
    shipped: (file) => fs.readFile(path.join(distDir, "..", file), "utf8"),
    read: (file) => readFile(at(file)),
    write: async (file, text) => {
      await fs.mkdir(path.dirname(at(file)), { recursive: true });
      // A link goes, what it leads to stays.
      await fs.rm(at(file), { force: true });
      await fs.writeFile(at(file), text, { flag: "wx" });
    },
  });
}

async function readFile(file: string): Promise<string | undefined> {
  const stat = await fs.lstat(file).catch(() => undefined);
  if (stat === undefined) return undefined;
  return stat.isFile() ? fs.readFile(file, "utf8") : "";
}
