/** The checks of a lesson, each with the code that its findings carry where findings have one. */
import { playgroundFile } from "../core/lesson/lessonFiles.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { maxQuoteLength } from "../core/lesson/lessonLimits.ts";
import { quoteForMessage } from "../core/lesson/lessonReader.ts";
import type { Simulator } from "../protocol/grading.ts";
import { createMistakesCheck, createSolutionCheck, createStarterCheck } from "./checkAnswers.ts";
import { checkPlace } from "./checkCatalog.ts";
import { createDiagramCheck } from "./checkDiagrams.ts";
import { createGoCheck } from "./checkGo.ts";
import { checkLanguages } from "./checkLanguages.ts";
import { checkLinks } from "./checkLinks.ts";
import { createPlaygroundCheck } from "./checkPlayground.ts";
import { createQuizCheck } from "./checkQuiz.ts";
import { createTypeCheck, readTypeLibraries } from "./checkTypes.ts";
import type { ReadDiagram } from "./diagramFacts.ts";
import type { LessonGrader } from "./gradeLesson.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";
import type { TypeChecker } from "./typeChecker.ts";

export interface NamedCheck {
  readonly code: string;
  readonly check: LessonCheck;
}

/** Files, texts, links, diagrams: what needs neither compiler nor sandbox. */
export function structuralChecks(readDiagram: ReadDiagram): readonly NamedCheck[] {
  return [
    { code: "place", check: checkPlace },
    { code: "languages", check: checkLanguages },
    { code: "links", check: checkLinks },
    { code: "diagrams", check: createDiagramCheck(readDiagram) },
  ];
}

export interface RunningParts {
  readonly distDir: string;
  readonly grader: LessonGrader;
  readonly simulator: (file: string) => Simulator;
  readonly typeChecker: Pick<TypeChecker, "check">;
  readonly signal: AbortSignal;
  /** Told once where Go is not installed. */
  readonly onMissingGo: () => void;
}

/** The checks that compile or run code. */
export function runningChecks(parts: RunningParts): readonly NamedCheck[] {
  const { distDir, grader, simulator, typeChecker, signal, onMissingGo } = parts;
  let libraries: Promise<Readonly<Record<string, string>>> | undefined;
  const types = createTypeCheck(
    (files, given) => typeChecker.check(files, given),
    () => (libraries ??= readTypeLibraries(distDir)),
  );
  return [
    { code: "starter", check: createStarterCheck(grader) },
    { code: "solution", check: createSolutionCheck(grader) },
    { code: "mistakes", check: createMistakesCheck(grader) },
    { code: "quiz", check: createQuizCheck(grader) },
    { code: "playground", check: createPlaygroundCheck(() => simulator(playgroundFile), signal) },
    { code: "types", check: types },
    { code: "go", check: createGoCheck(onMissingGo) },
  ];
}

/** A check that fails itself must not take the others away. */
export async function runCheck({ check }: NamedCheck, lesson: LessonUnderCheck): Promise<readonly Finding[]> {
  try {
    return await check(lesson);
  } catch (error) {
    const detail = quoteForMessage(error instanceof Error ? error.message : String(error), maxQuoteLength);
    return [finding(lesson, "", undefined, `could not be checked: ${detail}`, `无法检查：${detail}`)];
  }
}
