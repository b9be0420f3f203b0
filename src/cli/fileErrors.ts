/** What an error of the file system means, in words that follow the file's name. */
import { unreadable } from "../core/lesson/lessonReader.ts";
import type { Words } from "../protocol/words.ts";

const known: Readonly<Record<string, Words>> = {
  ENOENT: unreadable.missing().words,
  EACCES: { en: "permission denied", "zh-cn": "没有权限" },
  EPERM: { en: "permission denied", "zh-cn": "没有权限" },
  EISDIR: { en: "it is a folder", "zh-cn": "它是文件夹" },
  ENOTDIR: { en: "a part of its path is not a folder", "zh-cn": "路径的某一部分不是文件夹" },
  ELOOP: { en: "its links lead in a circle", "zh-cn": "它的链接绕成了圈" },
  EMFILE: { en: "too many files are open", "zh-cn": "打开的文件太多" },
  ENAMETOOLONG: { en: "its name is too long", "zh-cn": "它的名字太长" },
};

/** Without the path, which the caller names. */
export function explain(error: unknown): Words {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words = Object.hasOwn(known, code) ? known[code] : undefined;
  if (words !== undefined) return words;
  const message = error instanceof Error ? error.message : String(error);
  return { en: message, "zh-cn": message };
}
