/** Reads as much of a lesson as there is, and reports what is missing, malformed or stray. */
import type { Finding } from "../../core/lessonFinding.ts";
import {
  expectedFiles,
  type LessonReader,
  type Mistake,
  parseMistake,
  readLessonMeta,
} from "../../core/lessonFiles.ts";
import { type Catalog, type LessonMeta, parseQuiz, type Quiz } from "../../core/lessonSchema.ts";
import { finding, type LessonUnderCheck } from "./lessonCheck.ts";

export interface ReadLesson {
  /** Absent where lesson.json cannot be used. */
  readonly lesson?: LessonUnderCheck;
  readonly findings: readonly Finding[];
}

export async function readLessonUnderCheck(
  id: string,
  pack: { readonly reader: LessonReader; readonly directory: string; readonly catalog: Catalog },
): Promise<ReadLesson> {
  const { reader } = pack;
  const files = await listFiles(reader, id);
  if (files === undefined) {
    return {
      findings: [
        finding(
          { id },
          "",
          undefined,
          "the catalog names it, but there is no such folder",
          "目录里有它，却没有这个文件夹",
        ),
      ],
    };
  }
  const meta = await readLessonMeta(reader, id);
  if (!meta.ok) return { findings: meta.findings };
  const findings = [...filesFindings(id, meta.value, files)];
  const mistakeFiles = files.filter((file) => /^mistakes\/[^/]+\.ts$/.test(file));
  const names = [...expectedFiles(meta.value), ...mistakeFiles].filter((file) => files.includes(file));
  const texts = new Map<string, string>();
  await Promise.all(names.map(async (name) => texts.set(name, await reader.read(`${id}/${name}`))));
  for (const [name, text] of texts) {
    if (text.trim() === "") findings.push(finding({ id }, name, undefined, "is empty", "是空的"));
  }
  const mistakes: Mistake[] = [];
  for (const name of mistakeFiles) {
    const mistake = parseMistake(`${id}/${name}`, name.replace("mistakes/", ""), texts.get(name) ?? "");
    if (mistake.ok) mistakes.push(mistake.value);
    else findings.push(...mistake.findings);
  }
  const quiz = readQuiz(id, texts.get("quiz.json"));
  findings.push(...quiz.findings);
  const lesson: LessonUnderCheck = {
    ...pack,
    id,
    meta: meta.value,
    files,
    mistakes,
    texts: optional({ en: texts.get("lesson.en.md"), "zh-cn": texts.get("lesson.zh-cn.md") }),
    ...optional({
      exercise: texts.get("exercise.ts"),
      solution: texts.get("solution.ts"),
      spec: texts.get("spec.ts"),
      quiz: quiz.value,
      quizText: texts.get("quiz.json"),
    }),
  };
  return { lesson, findings };
}

function readQuiz(id: string, text: string | undefined): { value: Quiz | undefined; findings: readonly Finding[] } {
  if (text === undefined || text.trim() === "") return { value: undefined, findings: [] };
  const quiz = parseQuiz(text, `${id}/quiz.json`);
  return quiz.ok ? { value: quiz.value, findings: [] } : { value: undefined, findings: quiz.findings };
}

function filesFindings(id: string, meta: LessonMeta, files: readonly string[]): readonly Finding[] {
  const expected = expectedFiles(meta);
  const findings = expected
    .filter((file) => !files.includes(file))
    .map((file) => finding({ id }, file, undefined, "is missing", "缺少这个文件"));
  if (!files.some((file) => /^mistakes\/[^/]+\.ts$/.test(file))) {
    findings.push(finding({ id }, "mistakes", undefined, "there is no known mistake", "还没有收录任何错误写法"));
  }
  for (const file of files) {
    if (expected.includes(file) || /^mistakes\/[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/.test(file)) continue;
    findings.push(finding({ id }, file, undefined, "does not belong to a lesson", "不属于一节课的文件"));
  }
  return findings;
}

/** All files below a folder; undefined where it cannot be read. */
async function listFiles(reader: LessonReader, id: string, below = ""): Promise<readonly string[] | undefined> {
  const names = await reader.list(`${id}/${below}`).catch(() => undefined);
  if (names === undefined) return undefined;
  const lists = await Promise.all(
    names.map(async (name) =>
      name.endsWith("/") ? ((await listFiles(reader, id, below + name)) ?? []) : [below + name],
    ),
  );
  return lists.flat();
}

/** Leaves out the keys that have no value. */
function optional<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
