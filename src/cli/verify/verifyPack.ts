/** The author's gate: runs every check on every lesson of a pack. */
import type { Finding } from "../../core/lessonFinding.ts";
import { lessonOrder } from "../../core/catalog.ts";
import { readCatalog, type LessonReader } from "../../core/lessonFiles.ts";
import type { NodeGrader } from "../../runner/node/createNodeGrader.ts";
import { createMistakesCheck, createSolutionCheck, createStarterCheck } from "./checkAnswers.ts";
import { checkCatalog, checkPlace } from "./checkCatalog.ts";
import { createDiagramCheck } from "./checkDiagrams.ts";
import { createGoCheck } from "./checkGo.ts";
import { checkLanguages } from "./checkLanguages.ts";
import { checkLinks } from "./checkLinks.ts";
import { createQuizCheck } from "./checkQuiz.ts";
import { createTypeCheck, readTypeLibraries } from "./checkTypes.ts";
import { createDiagramReader } from "./diagramFacts.ts";
import { createLessonGrader } from "./gradeLesson.ts";
import type { LessonCheck } from "./lessonCheck.ts";
import { readLessonUnderCheck } from "./readLesson.ts";

/** Sandboxes that run side by side. */
const runsAtOnce = 2;

export interface VerifyOptions {
  /** The pack's folder, absolute. */
  readonly directory: string;
  readonly reader: LessonReader;
  readonly distDir: string;
  readonly grader: NodeGrader;
  readonly signal: AbortSignal;
  /** A remark that is no finding. */
  readonly note: (en: string, zhCn: string) => void;
  /** Told when a check of a lesson is done. */
  readonly progress: (lesson: string, done: number, total: number) => void;
}

export interface PackReport {
  readonly lessons: readonly string[];
  /** By file, line and text. */
  readonly findings: readonly Finding[];
}

/** The checks that run nothing: files, texts, links, diagrams, types. */
function structuralChecks({ distDir, grader, note }: VerifyOptions): readonly LessonCheck[] {
  let libraries: Promise<Readonly<Record<string, string>>> | undefined;
  return [
    checkPlace,
    checkLanguages,
    checkLinks,
    createDiagramCheck(createDiagramReader(distDir)),
    createTypeCheck(
      (files, given) => grader.compiler.typeCheck(files, given),
      () => (libraries ??= readTypeLibraries(distDir)),
    ),
    createGoCheck(() => {
      note("Go is not installed, so the Go originals were not checked.", "没有安装 Go，因此未检查 Go 原文。");
    }),
  ];
}

/** The checks that run code. */
function runningChecks({ grader, signal }: VerifyOptions): readonly LessonCheck[] {
  const lessonGrader = createLessonGrader(grader, runsAtOnce, signal);
  return [
    createStarterCheck(lessonGrader),
    createSolutionCheck(lessonGrader),
    createMistakesCheck(lessonGrader),
    createQuizCheck(lessonGrader),
  ];
}

export async function verifyPack(options: VerifyOptions): Promise<PackReport> {
  const { reader, directory } = options;
  const catalog = await readCatalog(reader);
  if (!catalog.ok) return { lessons: [], findings: catalog.findings };
  const lessons = [...new Set(lessonOrder(catalog.value))];
  const findings: Finding[] = [...(await checkCatalog(reader, catalog.value))];
  const checks = [...runningChecks(options), ...structuralChecks(options)];
  await Promise.all(
    lessons.map(async (id) => {
      const { lesson, findings: found } = await readLessonUnderCheck(id, { reader, directory, catalog: catalog.value });
      findings.push(...found);
      if (lesson === undefined) return;
      let done = 0;
      const run = async (check: LessonCheck): Promise<void> => {
        findings.push(...(await check(lesson)));
        options.progress(id, ++done, checks.length);
      };
      await Promise.all(checks.map(run));
    }),
  );
  return { lessons, findings: sortedOnce(findings) };
}

function sortedOnce(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...unique.values()].sort(
    (a, b) => order(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || order(a.message.en, b.message.en),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
