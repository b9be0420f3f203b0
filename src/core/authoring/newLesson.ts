/** What starting a lesson writes, for the command line and the editor alike: its files, and the catalog with it. Pure. */
import type { Words } from "../../protocol/words.ts";
import { lessonOrder } from "../lesson/catalog.ts";
import { type Catalog, isLessonId, parseCatalog } from "../lesson/lessonSchema.ts";
import { lessonTemplate, titleOf } from "./lessonTemplate.ts";

export interface LessonStart {
  readonly id: string;
  /** In both languages, until the author gives it another one; the default is made of the id. */
  readonly title?: string | undefined;
  /** Path of the pack's folder; a new pack is called after it. */
  readonly folder: string;
  /** The pack's catalog and its text, where there is a pack already. */
  readonly pack?: { readonly catalog: Catalog; readonly text: string } | undefined;
}

export interface NewLesson {
  /** By their path in the lesson's folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Text of the pack's catalog.json from now on. */
  readonly catalog: string;
}

const firstTrack = "first-track";
/** Names of folders that say nothing of what is in them: then the one around them does. */
const plainFolders = ["pack", "lessons", ".interleave"];

/** What a pack in this folder is called, until its author gives it another id. @param folder with `/` or `\\` */
export function packIdOf(folder: string): string {
  const names = folder.split(/[\\/]/).filter((name) => name !== "" && !plainFolders.includes(name));
  const id = (names.at(-1) ?? "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+|-+$/g, "");
  return isLessonId(id) ? id : "my-pack";
}

function emptyCatalog(folder: string): Catalog {
  const id = packIdOf(folder);
  const title = titleOf(id);
  return { version: 1, pack: { id, title: { en: title, "zh-cn": title }, version: "1.0.0" }, tracks: [] };
}

/** What is wrong with an id; undefined for one that can be used. */
export function lessonIdProblem(id: string): Words | undefined {
  if (isLessonId(id)) return undefined;
  return {
    en: `“${id}” cannot be the id of a lesson: use small letters, digits and single hyphens, as in “worker-pool”.`,
    "zh-cn": `“${id}”不能用作课程 id：请用小写字母、数字和单个连字符，例如“worker-pool”。`,
  };
}

/** @param start its id is one that can be used, and that the pack does not have yet */
export function newLesson({ id, title, folder, pack }: LessonStart): NewLesson {
  const catalog = pack?.catalog ?? emptyCatalog(folder);
  const track = catalog.tracks.at(-1)?.id ?? firstTrack;
  const given = title?.trim() ?? "";
  return {
    files: lessonTemplate(id, track, given === "" ? titleOf(id) : given),
    catalog: withLesson(pack?.text, catalog, id),
  };
}

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
