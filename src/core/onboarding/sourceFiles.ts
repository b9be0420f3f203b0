/** The files of a repository in which code may have gone, nearest to the root first. Pure. */
import { maxSearchedFiles } from "../lesson/lessonLimits.ts";
import { type LessonReader, UnreadableFile } from "../lesson/lessonReader.ts";

/** Where nobody writes by hand. */
const skipped = /^(?:\..*|node_modules|dist|build|out|target|vendor|coverage|__pycache__|venv)$/;

/** At most `maxSearchedFiles`; folders that cannot be listed are left out. */
export async function* sourceFiles(reader: LessonReader): AsyncGenerator<string> {
  const folders = [""];
  let count = 0;
  for (const folder of folders) {
    for (const { name, kind } of await entriesOf(reader, folder)) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (kind === "folder" && !skipped.test(name)) folders.push(path);
      if (kind !== "file") continue;
      if (++count > maxSearchedFiles) return;
      yield path;
    }
  }
}

async function entriesOf(reader: LessonReader, folder: string) {
  try {
    return await reader.list(folder);
  } catch (error) {
    if (error instanceof UnreadableFile) return [];
    throw error;
  }
}
