/**
 * What every reader of lessons has in common, whichever host it reads for: which paths it takes, how bytes become text,
 * and how it says why not. A pack may come from a stranger. Pure.
 */
import type { Words } from "../../protocol/words.ts";
import { maxFolderEntries, maxNameLength } from "./lessonLimits.ts";

export interface LessonEntry {
  readonly name: string;
  /** "other" is whatever is neither: a pipe, a socket, a device. */
  readonly kind: "file" | "folder" | "link" | "other";
}

/** Paths are relative to the lessons' root and use `/`. Rejects with an `UnreadableFile`. */
export interface LessonReader {
  /** The file's text: a regular file of at most `maxBytesOf` it, in UTF-8, never through a link. */
  read(path: string): Promise<string>;
  /** What is in a folder ("" is the root), sorted by name. */
  list(folder: string): Promise<readonly LessonEntry[]>;
}

/** Which paths a reader takes, and how bytes become text. */
export interface ReadingRules {
  /** The names along a path, from the root. @throws UnreadableFile */
  segments(path: string): readonly string[];
  /** @throws UnreadableFile */
  decode(bytes: Uint8Array): string;
}

/** Why a file or folder of a pack cannot be read, in words that follow its name. */
export class UnreadableFile extends Error {
  readonly words: Words;
  /** From 1, where one line is at fault. */
  readonly line: number | undefined;

  constructor(words: Words, line?: number) {
    super(words.en);
    this.name = "UnreadableFile";
    this.words = words;
    this.line = line;
  }
}

export const unreadable = {
  name: (): UnreadableFile =>
    new UnreadableFile({
      en: "its name is not one that a pack may have",
      "zh-cn": "它的名字不能用在课程包里",
    }),
  missing: (): UnreadableFile => new UnreadableFile({ en: "there is no such file", "zh-cn": "没有这个文件" }),
  link: (): UnreadableFile =>
    new UnreadableFile({
      en: "it is a link, or lies behind one, and links are not followed",
      "zh-cn": "它是链接，或位于链接之后，而链接不会被跟随",
    }),
  noFile: (): UnreadableFile => new UnreadableFile({ en: "it is not a regular file", "zh-cn": "它不是普通文件" }),
  folder: (): UnreadableFile => new UnreadableFile({ en: "it is a folder", "zh-cn": "它是文件夹" }),
  noFolder: (): UnreadableFile => new UnreadableFile({ en: "it is not a folder", "zh-cn": "它不是文件夹" }),
  tooLarge: (maxBytes: number): UnreadableFile =>
    new UnreadableFile({
      en: `it is larger than ${String(maxBytes)} bytes`,
      "zh-cn": `它超过了 ${String(maxBytes)} 字节`,
    }),
  tooMany: (): UnreadableFile =>
    new UnreadableFile({
      en: `it holds more than ${String(maxFolderEntries)} files`,
      "zh-cn": `其中的文件超过 ${String(maxFolderEntries)} 个`,
    }),
  encoding: (line: number): UnreadableFile =>
    new UnreadableFile({ en: "it is not UTF-8", "zh-cn": "它不是 UTF-8" }, line),
  character: (code: string, line: number): UnreadableFile =>
    new UnreadableFile(
      {
        en: `it has the character ${code} here, which cannot be seen and is not allowed`,
        "zh-cn": `此处有不可见的字符 ${code}，不允许使用`,
      },
      line,
    ),
};

/** Whether it is not there at all. */
export function isMissing(error: unknown): boolean {
  return error instanceof UnreadableFile && error.message === unreadable.missing().message;
}

/** Names that Windows keeps for devices, with whatever ending. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * The names along a path, from the root. Every one must be a plain name on every system: nothing leads up, elsewhere, or
 * to a device, and no two are the same to one system and different to another but by case.
 * @throws UnreadableFile
 */
export function pathSegments(path: string): readonly string[] {
  const segments = path.split("/").filter((segment, index, all) => segment !== "" || index < all.length - 1);
  for (const segment of segments) {
    const plain =
      /^[A-Za-z0-9_.-]*[A-Za-z0-9_-]$/.test(segment) && segment.length <= maxNameLength && !deviceName.test(segment);
    if (!plain) throw unreadable.name();
  }
  return segments;
}

/**
 * Text of a lesson's file. A byte order mark is dropped.
 * @throws UnreadableFile where it is not UTF-8, or has characters that hide what it says.
 */
export function decodeLessonText(bytes: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw unreadable.encoding(lineOfBadByte(bytes));
  }
  const hidden = hiddenCharacter(text);
  if (hidden !== undefined) throw unreadable.character(hidden.code, lineAt(text, hidden.at));
  return text;
}

/** A line feed is never a part of another character, so each line can be tried by itself. */
function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  while (start <= bytes.length) {
    const feed = bytes.indexOf(10, start);
    const end = feed === -1 ? bytes.length : feed;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
    line++;
  }
  return 1;
}

/**
 * Control characters but tab and line ends, half characters, and the marks that turn text around: on a terminal they
 * give commands, and in code they show something else than what runs.
 */
// Control characters are just what is looked for.
// eslint-disable-next-line no-control-regex
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/u;

export function hiddenCharacter(text: string): { readonly code: string; readonly at: number } | undefined {
  const at = text.search(hidden);
  if (at === -1) return undefined;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return { code: `U+${code}`, at };
}

/** Line (from 1) of a place in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** A pack's files have plain names and hide nothing in their text. */
export const packRules: ReadingRules = { segments: pathSegments, decode: decodeLessonText };

/** A lesson's own words on one line, short and visible enough to be repeated in a message. */
export function quoteForMessage(text: string, maxLength: number): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
  return short.replace(/[\t\r\n]+/g, " ").replace(new RegExp(hidden.source, "gu"), (found) => {
    const code = (found.codePointAt(0) ?? 0).toString(16);
    return `\\u{${code}}`;
  });
}
