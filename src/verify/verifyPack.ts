/** The author's gate: runs every check on every lesson of a pack. */
import type { Finding } from "../core/lessonFinding.ts";
import { lessonOrder } from "../core/catalog.ts";
import { playgroundFile, readUsableCatalog } from "../core/lessonFiles.ts";
import { maxFindingsPerFile, maxQuoteLength } from "../core/lessonLimits.ts";
import { type LessonReader, quoteForMessage } from "../core/lessonReader.ts";
import type { NodeGrader } from "../runner/node/createNodeGrader.ts";
import { createMistakesCheck, createSolutionCheck, createStarterCheck } from "./checkAnswers.ts";
import { checkCatalog, checkPlace } from "./checkCatalog.ts";
import { createDiagramCheck } from "./checkDiagrams.ts";
import { createGoCheck } from "./checkGo.ts";
import { checkLanguages } from "./checkLanguages.ts";
import { checkLinks } from "./checkLinks.ts";
import { createPlaygroundCheck } from "./checkPlayground.ts";
import { createQuizCheck } from "./checkQuiz.ts";
import { createTypeCheck, readTypeLibraries } from "./checkTypes.ts";
import { circleFindings, type LinkedLesson, linkedLesson } from "./checkCircles.ts";
import { createDiagramReader, type DiagramReader } from "./diagramFacts.ts";
import { createLessonGrader } from "./gradeLesson.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";
import { createLimit } from "../base/limit.ts";
import { readLessonUnderCheck } from "./readLesson.ts";
import { createTypeChecker, type TypeChecker } from "./typeChecker.ts";

/** Sandboxes that run side by side. */
const runsAtOnce = 2;
/** Lessons that are read and checked side by side. */
const lessonsAtOnce = 4;

export interface VerifyOptions {
  readonly reader: LessonReader;
  readonly distDir: string;
  /** Without one, only what needs neither compiler nor sandbox is checked. */
  readonly grader?: NodeGrader;
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

/** Files, texts, links, diagrams: what needs neither compiler nor sandbox. */
function structuralChecks(diagrams: DiagramReader): readonly LessonCheck[] {
  return [checkPlace, checkLanguages, checkLinks, createDiagramCheck((source) => diagrams.read(source))];
}

/** The checks that compile or run code. */
function runningChecks(
  { distDir, signal, note }: VerifyOptions,
  grader: NodeGrader,
  typeChecker: TypeChecker,
): readonly LessonCheck[] {
  const lessonGrader = createLessonGrader(grader, runsAtOnce, signal);
  let libraries: Promise<Readonly<Record<string, string>>> | undefined;
  return [
    createStarterCheck(lessonGrader),
    createSolutionCheck(lessonGrader),
    createMistakesCheck(lessonGrader),
    createQuizCheck(lessonGrader),
    createPlaygroundCheck(() => grader.simulator(playgroundFile), signal),
    createTypeCheck(
      (files, given) => typeChecker.check(files, given),
      () => (libraries ??= readTypeLibraries(distDir)),
    ),
    createGoCheck(() => {
      note("Go is not installed, so the Go originals were not checked.", "没有安装 Go，因此未检查 Go 原文。");
    }),
  ];
}

export async function verifyPack(options: VerifyOptions): Promise<PackReport> {
  const { reader } = options;
  const { catalog, findings: problems } = await readUsableCatalog(reader);
  if (catalog === undefined) return { lessons: [], findings: problems };
  const ids = lessonOrder(catalog);
  const findings: Finding[] = [...problems, ...(await checkCatalog(reader, catalog))];
  const typeChecker = createTypeChecker(options.distDir);
  const diagrams = createDiagramReader(options.distDir);
  const { grader } = options;
  const running = grader === undefined ? [] : runningChecks(options, grader, typeChecker);
  const checks = [...running, ...structuralChecks(diagrams)];
  // A pack may be large: what is held of it at any time is not.
  const limited = createLimit(lessonsAtOnce);
  const prerequisites = new Map<string, LinkedLesson>();
  const checkLesson = async (id: string): Promise<void> => {
    const { lesson, findings: found } = await readLessonUnderCheck(id, { reader, catalog });
    findings.push(...found);
    if (lesson === undefined || options.signal.aborted) return;
    prerequisites.set(id, linkedLesson(lesson));
    let done = 0;
    const run = async (check: LessonCheck): Promise<void> => {
      findings.push(...(await guarded(check, lesson)));
      options.progress(id, ++done, checks.length);
    };
    await Promise.all(checks.map(run));
  };
  try {
    await Promise.all(ids.map((id) => limited(() => checkLesson(id))));
  } finally {
    typeChecker.dispose();
    diagrams.dispose();
  }
  findings.push(...circleFindings(prerequisites));
  return { lessons: ids, findings: sortedOnce(findings) };
}

/** A check that fails itself must not take the others away. */
async function guarded(check: LessonCheck, lesson: LessonUnderCheck): Promise<readonly Finding[]> {
  try {
    return await check(lesson);
  } catch (error) {
    const detail = quoteForMessage(error instanceof Error ? error.message : String(error), maxQuoteLength);
    return [finding(lesson, "", undefined, `could not be checked: ${detail}`, `无法检查：${detail}`)];
  }
}

/** By file, line and text; each once, and of one file no more than anybody reads. */
function sortedOnce(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const sorted = [...unique.values()].sort(
    (a, b) => order(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || order(a.message.en, b.message.en),
  );
  const counts = new Map<string, number>();
  const kept = sorted.filter(({ file }) => {
    const count = (counts.get(file) ?? 0) + 1;
    counts.set(file, count);
    return count <= maxFindingsPerFile;
  });
  const rest = [...counts].flatMap(([file, count]): Finding[] => {
    if (count <= maxFindingsPerFile) return [];
    const more = String(count - maxFindingsPerFile);
    return [{ file, message: { en: `${more} more findings`, "zh-cn": `另有 ${more} 处问题` } }];
  });
  return [...kept, ...rest];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
