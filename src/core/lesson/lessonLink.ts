/**
 * Links that open a lesson: `vscode://interleave.interleave/lesson/<id>`, and `/lesson/<pack>/<id>` for one of a pack. Anybody
 * may write such a link, so what is in it counts only where it can be the name of a lesson. Pure.
 */
import { lessonName, parseLessonName } from "../packs/lessonName.ts";

const start = "/lesson/";

/** The path of the link to this lesson; a lesson of a pack is called `<pack>/<id>`. */
export function lessonLinkPath(lesson: string): string {
  return start + lesson;
}

/**
 * The lesson that a link's path names, whether or not there is one of that name.
 * @param path decoded, as VS Code hands it over
 */
export function lessonOfLink(path: string): string | undefined {
  if (!path.startsWith(start)) return undefined;
  const name = parseLessonName(path.slice(start.length));
  return name && lessonName(name);
}
