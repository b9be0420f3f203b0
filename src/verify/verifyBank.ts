/**
 * The gate of the rehearsals' bank: every file is read, every key confirmed by running its question's code, and the whole looked
 * through for questions that are nearly the same and keys that can be guessed.
 */
import { type LintedFile, lintBank } from "../core/assessment/bankLint.ts";
import { type BankFile, type BankQuestion, parseBankFile } from "../core/assessment/questionBank.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { parseLocatedJson } from "../core/lesson/lessonJson.ts";
import type { LessonReader } from "../core/lesson/lessonReader.ts";
import type { GradeRequest } from "../protocol/grading.ts";
import type { NodeGrader } from "../runner/node/createNodeGrader.ts";
import { createLimit } from "../base/limit.ts";
import { keyProblems, type KeyRunner } from "./questionKeys.ts";

/** Sandboxes that run side by side. */
const runsAtOnce = 2;

export interface BankOptions {
  /** Of the bank's folder. */
  readonly reader: LessonReader;
  readonly grader: NodeGrader;
  readonly signal: AbortSignal;
  /** All that grading by this lesson's spec takes but the code; undefined where there is no such lesson. */
  readonly grading: (lesson: string) => Omit<GradeRequest, "exercise" | "exerciseName"> | undefined;
  /** Only the questions of these files; all where absent. */
  readonly only?: readonly string[];
}

export interface BankReport {
  readonly files: readonly BankFile[];
  readonly findings: readonly Finding[];
}

export async function verifyBank({ reader, grader, signal, grading, only }: BankOptions): Promise<BankReport> {
  const limited = createLimit(runsAtOnce);
  const runnerOf = (question: BankQuestion): KeyRunner => {
    const request = question.kind === "find-bug" ? grading(question.lesson) : undefined;
    return {
      script: (code, file) => limited(() => grader.script(code, file, signal)),
      ...(request === undefined
        ? {}
        : {
            grade: (exercise: string, exerciseName: string) =>
              limited(() => grader.grade({ ...request, exercise, exerciseName }, signal)),
          }),
    };
  };
  const names = (await reader.list(""))
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".json") && (only === undefined || only.includes(name)))
    .sort();
  const files: BankFile[] = [];
  const linted: LintedFile[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const json = await reader.read(name);
    const result = parseBankFile(json, name);
    if (!result.ok) {
      findings.push(...result.findings);
      continue;
    }
    files.push(result.value);
    const located = parseLocatedJson(json);
    const { questions } = result.value;
    linted.push({ file: name, questions, lineOf: (index) => located.lineOf(["questions", index]) });
    const lists = await Promise.all(
      questions.map(async (question, index) => {
        const problems =
          question.kind === "find-bug" && grading(question.lesson) === undefined
            ? [[`there is no lesson "${question.lesson}"`, `没有“${question.lesson}”这节课`] as const]
            : await keyProblems(question, runnerOf(question));
        const line = located.lineOf(["questions", index]);
        return problems.map(([en, zhCn]) => ({
          file: name,
          line,
          message: { en: `question "${question.id}": ${en}`, "zh-cn": `题目“${question.id}”：${zhCn}` },
        }));
      }),
    );
    findings.push(...lists.flat());
  }
  return { files, findings: [...findings, ...lintBank(linted)] };
}
