/** Where in a pack of lessons a file might lie, by its path alone. Pure. */
import { isLessonId } from "../lesson/lessonSchema.ts";

export interface PackPlace {
  /** Path of the pack's root, without a slash at its end. */
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly file: string;
  /** The lesson's folder; absent for the catalog. */
  readonly lesson?: string;
}

const folders = ["diagrams", "mistakes"];

/** The places that the file can have, likelier ones first; whether there is a pack around it only the disk can say. */
export function possiblePlaces(path: string): readonly PackPlace[] {
  const segments = path.split("/");
  const [name = "", folder = "", above = ""] = segments.toReversed();
  const rootOf = (depth: number): string => segments.slice(0, -depth).join("/");
  const places: PackPlace[] = [];
  if (name === "catalog.json") places.push({ root: rootOf(1), file: name });
  if (folders.includes(folder) && isLessonId(above))
    places.push({ root: rootOf(3), file: `${above}/${folder}/${name}`, lesson: above });
  if (isLessonId(folder)) places.push({ root: rootOf(2), file: `${folder}/${name}`, lesson: folder });
  return places;
}
