/** What a folder needs so that the editor can show it as a pack, and what is said where it is none. Pure but for the reader. */
import type { Words } from "../../protocol/words.ts";
import { type Finding, formatFinding } from "../lesson/lessonFinding.ts";
import { readUsableCatalog } from "../lesson/lessonFiles.ts";
import { isMissing, type LessonReader } from "../lesson/lessonReader.ts";
import type { PackInfo } from "./packSchema.ts";

export const namelessPack: Finding = {
  file: "catalog.json",
  message: {
    en: 'it does not say which pack this is: "pack": { "id", "title", "version" } is missing',
    "zh-cn": "没有写明这是哪个课程包：缺少 “pack”: { “id”, “title”, “version” }",
  },
};

/** @param by path of the pack that has it */
export function idIsTaken(id: string, by: string): Finding {
  return {
    file: "catalog.json",
    message: {
      en: `another pack has the id "${id}" already: ${by}`,
      "zh-cn": `已经有一个课程包的 id 是“${id}”：${by}`,
    },
  };
}

export type CheckedPack =
  | { readonly ok: true; readonly info: PackInfo }
  /** In one sentence. */
  | { readonly ok: false; readonly problem: Words };

/**
 * Whether a folder is a pack that can be shown beside the others.
 * @param name of the folder, as messages have it
 * @param owner path of another pack that has this id, if one has
 */
export async function checkPack(
  reader: LessonReader,
  name: string,
  owner: (id: string) => string | undefined,
): Promise<CheckedPack> {
  if (!(await hasCatalog(reader))) {
    return {
      ok: false,
      problem: {
        en: `“${name}” is no lesson pack: it has no catalog.json.`,
        "zh-cn": `“${name}”不是课程包：里面没有 catalog.json。`,
      },
    };
  }
  const { catalog, findings } = await readUsableCatalog(reader);
  const [first] = findings;
  if (catalog === undefined) return unusable(name, first);
  if (catalog.pack === undefined) return unusable(name, first ?? namelessPack);
  const by = owner(catalog.pack.id);
  return by === undefined ? { ok: true, info: catalog.pack } : unusable(name, idIsTaken(catalog.pack.id, by));
}

async function hasCatalog(reader: LessonReader): Promise<boolean> {
  try {
    await reader.read("catalog.json");
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}

function unusable(name: string, finding: Finding | undefined): CheckedPack {
  const [en, zhCn] = (["en", "zh-cn"] as const).map((locale) => (finding ? formatFinding(finding, locale) : ""));
  return {
    ok: false,
    problem: {
      en: `“${name}” cannot be used as a lesson pack: ${en ?? ""}.`,
      "zh-cn": `“${name}”无法用作课程包：${zhCn ?? ""}。`,
    },
  };
}
