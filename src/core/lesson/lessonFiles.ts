/**
 * Reads lessons through a reader that the host provides (node:fs in the command line, workspace.fs in the extension).
 * Nothing here knows where lessons are. Pure but for that reader.
 */
import { type Diagnosis, isDiagnosis } from "../../protocol/diagnosis.ts";
import { type Locale, locales } from "../../protocol/words.ts";
import { failed, findingsOf, type Finding, type Parsed, parsed } from "./lessonFinding.ts";
import { maxMistakes, maxQuoteLength } from "./lessonLimits.ts";
import { isMissing, type LessonReader, quoteForMessage, UnreadableFile } from "./lessonReader.ts";
import {
  type Catalog,
  type LessonMeta,
  parseCatalog,
  parseLessonMeta,
  parseQuiz,
  parseUsableCatalog,
  type Quiz,
  type UsableCatalog,
} from "./lessonSchema.ts";

export interface DiagramFile {
  readonly file: string;
  readonly source: string;
}

/** What a learner needs of a lesson. */
export interface Lesson {
  readonly meta: LessonMeta;
  /** lesson.<locale>.md */
  readonly text: Readonly<Record<Locale, string>>;
  readonly diagrams: readonly DiagramFile[];
  /** original.go */
  readonly original: string;
  /** exercise.ts: the starter */
  readonly exercise: string;
  readonly solution: string;
  readonly spec: string;
}

export interface Mistake {
  /** Its file name without ".ts". */
  readonly name: string;
  readonly file: string;
  readonly diagnosis: Diagnosis;
  /** What the developer believed. */
  readonly belief: string;
  readonly code: string;
}

/** What only the author's gate and the self-assessment need. */
export interface LessonExtras {
  readonly mistakes: readonly Mistake[];
  readonly quiz: Quiz;
}

export async function readCatalog(reader: LessonReader): Promise<Parsed<Catalog>> {
  const text = await readText(reader, "catalog.json");
  return text.ok ? parseCatalog(text.value, "catalog.json") : text;
}

/** As much of the catalog as can be used. */
export async function readUsableCatalog(reader: LessonReader): Promise<UsableCatalog> {
  const text = await readText(reader, "catalog.json");
  return text.ok ? parseUsableCatalog(text.value, "catalog.json") : { catalog: undefined, findings: text.findings };
}

/** lesson.json alone: enough for lists. */
export async function readLessonMeta(reader: LessonReader, id: string): Promise<Parsed<LessonMeta>> {
  const file = `${id}/lesson.json`;
  const text = await readText(reader, file);
  if (!text.ok) return text;
  const meta = parseLessonMeta(text.value, file);
  if (!meta.ok || meta.value.id === id) return meta;
  return failed({
    file,
    message: {
      en: `the id is "${meta.value.id}" but the folder is "${id}"`,
      "zh-cn": `id 是“${meta.value.id}”，而文件夹名是“${id}”`,
    },
  });
}

export async function readLesson(reader: LessonReader, id: string): Promise<Parsed<Lesson>> {
  const meta = await readLessonMeta(reader, id);
  if (!meta.ok) return meta;
  const [original, exercise, solution, spec, en, zh] = await Promise.all(
    ["original.go", "exercise.ts", "solution.ts", "spec.ts", "lesson.en.md", "lesson.zh-cn.md"].map((name) =>
      readText(reader, `${id}/${name}`),
    ),
  );
  const diagrams = await Promise.all(
    meta.value.diagrams.map(async ({ file }) => ({ file, source: await readText(reader, `${id}/diagrams/${file}`) })),
  );
  const texts = [original, exercise, solution, spec, en, zh].filter((each) => each !== undefined);
  const findings = findingsOf(...texts, ...diagrams.map((each) => each.source));
  if (findings.length > 0) return failed(...findings);
  return parsed({
    meta: meta.value,
    text: { en: valueOf(en), "zh-cn": valueOf(zh) },
    diagrams: diagrams.map(({ file, source }) => ({ file, source: valueOf(source) })),
    original: valueOf(original),
    exercise: valueOf(exercise),
    solution: valueOf(solution),
    spec: valueOf(spec),
  });
}

export async function readLessonExtras(reader: LessonReader, id: string): Promise<Parsed<LessonExtras>> {
  const [quiz, mistakes] = await Promise.all([readQuiz(reader, id), readMistakes(reader, id)]);
  if (!quiz.ok || !mistakes.ok) return failed(...findingsOf(quiz, mistakes));
  return parsed({ quiz: quiz.value, mistakes: mistakes.value });
}

/** Every file that belongs to the lesson by its shape; whatever else lies in its folder is stray. */
export function expectedFiles(meta: LessonMeta): readonly string[] {
  return [
    "lesson.json",
    ...locales.map((locale) => `lesson.${locale}.md`),
    ...meta.diagrams.map(({ file }) => `diagrams/${file}`),
    "original.go",
    "exercise.ts",
    "solution.ts",
    "spec.ts",
    "quiz.json",
  ];
}

/** The driver with which the playground runs the exercise: a lesson may have one. */
export const playgroundFile = "playground.ts";

/** Undefined where the lesson has none. */
export async function readPlayground(reader: LessonReader, id: string): Promise<Parsed<string | undefined>> {
  const file = `${id}/${playgroundFile}`;
  try {
    return parsed(await reader.read(file));
  } catch (error) {
    return isMissing(error) ? parsed(undefined) : failed(unreadableFinding(file, error));
  }
}

/** quiz.json alone. */
export async function readQuiz(reader: LessonReader, id: string): Promise<Parsed<Quiz>> {
  const file = `${id}/quiz.json`;
  const text = await readText(reader, file);
  return text.ok ? parseQuiz(text.value, file) : text;
}

/** The known mistakes alone. */
export async function readMistakes(reader: LessonReader, id: string): Promise<Parsed<readonly Mistake[]>> {
  const directory = `${id}/mistakes`;
  const entries = await attempt(directory, () => reader.list(directory));
  if (!entries.ok) return entries;
  const results = await Promise.all(
    entries.value
      .filter(({ name }) => name.endsWith(".ts"))
      .slice(0, maxMistakes)
      .map(async ({ name }) => {
        const file = `${directory}/${name}`;
        const text = await readText(reader, file);
        return text.ok ? parseMistake(file, name, text.value) : text;
      }),
  );
  const findings = findingsOf(...results);
  if (findings.length > 0) return failed(...findings);
  return parsed(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

const label = /^\/\/ diagnosis: ([a-z-]+) - (\S.*)$/;

/** Reads the first line of a mistake: `// diagnosis: <id> - <what the developer believed>`. */
export function parseMistake(file: string, name: string, code: string): Parsed<Mistake> {
  const [, diagnosis, belief] = label.exec(/^.*/.exec(code)?.[0] ?? "") ?? [];
  if (diagnosis === undefined || belief === undefined) {
    return failed({
      file,
      line: 1,
      message: {
        en: 'the first line should read "// diagnosis: <id> - <what the developer believed>"',
        "zh-cn": "第一行应为“// diagnosis: <id> - <开发者当时的想法>”",
      },
    });
  }
  if (!isDiagnosis(diagnosis)) {
    const shown = quoteForMessage(diagnosis, maxQuoteLength);
    return failed({
      file,
      line: 1,
      message: { en: `"${shown}" is not a known diagnosis`, "zh-cn": `“${shown}”不是已知的诊断` },
    });
  }
  return parsed({ name: name.replace(/\.ts$/, ""), file, diagnosis, belief: belief.trim(), code });
}

/** A file's text, or the finding that says why there is none. */
export function readText(reader: LessonReader, path: string): Promise<Parsed<string>> {
  return attempt(path, () => reader.read(path));
}

async function attempt<T>(file: string, action: () => Promise<T>): Promise<Parsed<T>> {
  try {
    return parsed(await action());
  } catch (error) {
    return failed(unreadableFinding(file, error));
  }
}

export function unreadableFinding(file: string, error: unknown): Finding {
  const detail = error instanceof Error ? error.message : String(error);
  const { words, line } = error instanceof UnreadableFile ? error : { words: { en: detail, "zh-cn": detail } };
  return {
    file,
    ...(line === undefined ? {} : { line }),
    message: { en: `cannot be read: ${words.en}`, "zh-cn": `无法读取：${words["zh-cn"]}` },
  };
}

/** Only for results that were checked. */
function valueOf(result: Parsed<string> | undefined): string {
  return result?.ok === true ? result.value : "";
}
