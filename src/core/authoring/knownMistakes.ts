/** The mistakes of a lesson that is being written, which may have none yet. Pure but for the reader. */
import { type Mistake, readMistakes } from "../lesson/lessonFiles.ts";
import { type Parsed, parsed } from "../lesson/lessonFinding.ts";
import { isMissing, type LessonReader } from "../lesson/lessonReader.ts";

export async function readKnownMistakes(reader: LessonReader, id: string): Promise<Parsed<readonly Mistake[]>> {
  try {
    await reader.list(`${id}/mistakes`);
  } catch (error) {
    if (isMissing(error)) return parsed([]);
  }
  return readMistakes(reader, id);
}
