/** Reads as much of a lesson as there is, and reports what is missing, malformed, unreadable or stray. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import {
  expectedFiles,
  type Mistake,
  parseMistake,
  playgroundFile,
  readLessonMeta,
  readText,
  unreadableFinding,
} from "../core/lesson/lessonFiles.ts";
import { maxMistakes } from "../core/lesson/lessonLimits.ts";
import { isMissing, type LessonEntry, type LessonReader } from "../core/lesson/lessonReader.ts";
import { type Catalog, type LessonMeta, parseQuiz, type Quiz } from "../core/lesson/lessonSchema.ts";
import { finding, type LessonUnderCheck } from "./lessonCheck.ts";

export interface ReadLesson {
  /** Absent where lesson.json cannot be used. */
  readonly lesson?: LessonUnderCheck;
  readonly findings: readonly Finding[];
}

export async function readLessonUnderCheck(
  id: string,
  pack: { readonly reader: LessonReader; readonly catalog: Catalog },
): Promise<ReadLesson> {
  const { reader, catalog } = pack;
  const listing = await listFiles(reader, id);
  if (listing.entries === undefined) return { findings: listing.findings };
  const meta = await readLessonMeta(reader, id);
  if (!meta.ok) return { findings: [...listing.findings, ...meta.findings] };
  const files = listing.entries.map(({ name }) => name);
  const findings = [...listing.findings, ...filesFindings(id, meta.value, listing.entries)];
  const mistakeFiles = files.filter((file) => mistakePath.test(file)).slice(0, maxMistakes);
  const names = [...expectedFiles(meta.value), playgroundFile, ...mistakeFiles].filter((file) => files.includes(file));
  const sources = new Map<string, string>();
  for (const [name, text] of await Promise.all(
    names.map(async (name) => [name, await readText(reader, `${id}/${name}`)] as const),
  )) {
    if (!text.ok) findings.push(...text.findings);
    else if (text.value.trim() === "") findings.push(finding({ id }, name, undefined, "is empty", "是空的"));
    if (text.ok) sources.set(name, text.value);
  }
  const mistakes: Mistake[] = [];
  for (const name of mistakeFiles) {
    const code = sources.get(name);
    if (code === undefined) continue;
    const mistake = parseMistake(`${id}/${name}`, name.replace("mistakes/", ""), code);
    if (mistake.ok) mistakes.push(mistake.value);
    else findings.push(...mistake.findings);
  }
  const quiz = readQuiz(id, sources.get("quiz.json"));
  findings.push(...quiz.findings);
  const lesson: LessonUnderCheck = {
    catalog,
    id,
    meta: meta.value,
    files,
    sources,
    mistakes,
    texts: optional({ en: sources.get("lesson.en.md"), "zh-cn": sources.get("lesson.zh-cn.md") }),
    ...optional({
      exercise: sources.get("exercise.ts"),
      solution: sources.get("solution.ts"),
      spec: sources.get("spec.ts"),
      quiz: quiz.value,
      quizText: sources.get("quiz.json"),
    }),
  };
  return { lesson, findings };
}

function readQuiz(id: string, text: string | undefined): { value: Quiz | undefined; findings: readonly Finding[] } {
  if (text === undefined || text.trim() === "") return { value: undefined, findings: [] };
  const quiz = parseQuiz(text, `${id}/quiz.json`);
  return quiz.ok ? { value: quiz.value, findings: [] } : { value: undefined, findings: quiz.findings };
}

const mistakePath = /^mistakes\/[^/]+\.ts$/;

function filesFindings(id: string, meta: LessonMeta, entries: readonly LessonEntry[]): readonly Finding[] {
  const expected = expectedFiles(meta);
  const files = entries.map(({ name }) => name);
  const findings = expected
    .filter((file) => !files.includes(file))
    .map((file) => finding({ id }, file, undefined, "is missing", "缺少这个文件"));
  const mistakes = files.filter((file) => mistakePath.test(file));
  if (mistakes.length === 0)
    findings.push(finding({ id }, "mistakes", undefined, "there is no known mistake", "还没有收录任何错误写法"));
  if (mistakes.length > maxMistakes) {
    const most = String(maxMistakes);
    findings.push(
      finding(
        { id },
        "mistakes",
        undefined,
        `there are more than ${most} mistakes; those after them were not checked`,
        `错误写法超过 ${most} 个；多出的没有检查`,
      ),
    );
  }
  for (const { name, kind } of entries) {
    // The one file that a lesson may do without.
    if (name === playgroundFile && kind === "file") continue;
    if (expected.includes(name) || /^mistakes\/[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(name)) continue;
    findings.push(
      kind === "link"
        ? finding({ id }, name, undefined, "is a link, and links are not followed", "是链接，而链接不会被跟随")
        : finding({ id }, name, undefined, "does not belong to a lesson", "不属于一节课的文件"),
    );
  }
  return findings;
}

interface Listing {
  /** Names are relative to the lesson's folder; undefined where that cannot be read. */
  readonly entries: readonly LessonEntry[] | undefined;
  readonly findings: readonly Finding[];
}

/** What is in a lesson's folder and in those that belong into it. What lies deeper is not looked at. */
async function listFiles(reader: LessonReader, id: string): Promise<Listing> {
  const entries: LessonEntry[] = [];
  const findings: Finding[] = [];
  try {
    for (const entry of await reader.list(id)) {
      const { name, kind } = entry;
      if (kind !== "folder" || !["diagrams", "mistakes"].includes(name)) {
        entries.push(entry);
        continue;
      }
      try {
        const below = await reader.list(`${id}/${name}`);
        entries.push(...below.map((each) => ({ ...each, name: `${name}/${each.name}` })));
      } catch (error) {
        findings.push(unreadableFinding(`${id}/${name}`, error));
      }
    }
    return { entries, findings };
  } catch (error) {
    const missing: Finding = {
      file: id,
      message: { en: "the catalog names it, but there is no such folder", "zh-cn": "目录里有它，却没有这个文件夹" },
    };
    return { entries: undefined, findings: [isMissing(error) ? missing : unreadableFinding(id, error)] };
  }
}

/** Leaves out the keys that have no value. */
function optional<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
