/** Starter, solution, mistakes and spec type-check against what each of them sees, as the editor would show them. */
import fs from "node:fs/promises";
import path from "node:path";
import { worldDeclarations } from "../core/authoring/packTypes.ts";
import type { SourceText, TypeProblem } from "../core/compiler/typeCheck.ts";
import { playgroundFile } from "../core/lesson/lessonFiles.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { parseLocatedJson } from "../core/lesson/lessonJson.ts";
import { lineOfDriver, playgroundProgram } from "./checkPlayground.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

export type TypeCheck = (
  files: readonly SourceText[],
  libraries: Readonly<Record<string, string>>,
) => Promise<readonly TypeProblem[]>;

/** The declaration files by name: ECMAScript's own, those of the world, and the module that specs import. */
export async function readTypeLibraries(distDir: string): Promise<Readonly<Record<string, string>>> {
  const lib = path.join(distDir, "lib");
  const names = await fs.readdir(lib);
  const files = [
    ...names.map((name) => [name, path.join(lib, name)] as const),
    ...Object.entries(worldDeclarations).map(([name, file]) => [name, path.join(distDir, "..", file)] as const),
  ];
  return Object.fromEntries(
    await Promise.all(files.map(async ([name, file]) => [name, await fs.readFile(file, "utf8")] as const)),
  );
}

export function createTypeCheck(
  typeCheck: TypeCheck,
  libraries: () => Promise<Readonly<Record<string, string>>>,
): LessonCheck {
  return async (lesson) => {
    const files = filesToCheck(lesson);
    if (files.length === 0) return [];
    const problems = await typeCheck(files, await libraries());
    return problems.map((problem) => toFinding(lesson, problem));
  };
}

function filesToCheck(lesson: LessonUnderCheck): readonly SourceText[] {
  const { exercise, solution, spec, mistakes, quiz } = lesson;
  const files: SourceText[] = mistakes.map(({ name, code }) => ({ name: `mistakes/${name}.ts`, text: code }));
  if (exercise !== undefined) files.push({ name: "exercise.ts", text: exercise });
  if (solution !== undefined) files.push({ name: "solution.ts", text: solution });
  // It imports ./exercise.ts.
  if (spec !== undefined && exercise !== undefined) files.push({ name: "spec.ts", text: spec });
  const program = playgroundProgram(lesson);
  if (program !== undefined) files.push({ name: playgroundFile, text: program });
  for (const question of quiz?.questions ?? []) {
    if (question.kind === "find-bug") files.push({ name: quizFile(question.id), text: question.code });
  }
  return files;
}

function quizFile(question: string): string {
  return `quiz/${question}.ts`;
}

function toFinding(lesson: LessonUnderCheck, { file, message, source }: TypeProblem): Finding {
  const name = file.replace(/^\.?\//, "");
  if (name === playgroundFile) return finding(lesson, name, lineOfDriver(lesson, source?.line), message, message);
  const question = /^quiz\/(.*)\.ts$/.exec(name)?.[1];
  if (question === undefined) return finding(lesson, name, source?.line, message, message);
  const index = lesson.quiz?.questions.findIndex(({ id }) => id === question) ?? 0;
  const line = parseLocatedJson(lesson.quizText ?? "{}").lineOf(["questions", index, "code"]);
  const text = `question "${question}", line ${String(source?.line ?? 1)} of its code: ${message}`;
  return finding(lesson, "quiz.json", line, text, text);
}
