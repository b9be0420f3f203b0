/** The key of a question, confirmed by running its code: of a lesson's quiz, and of the rehearsals' bank. */
import type { Question } from "../core/questions/questionSchema.ts";
import type { ScriptResult } from "../runner/node/createNodeGrader.ts";
import type { Verdict } from "../protocol/verdict.ts";
import { firstDiagnosis } from "./checkAnswers.ts";

type Problem = readonly [en: string, zhCn: string];
type OutputQuestion = Pick<Extract<Question, { kind: "predict-output" }>, "id" | "code" | "options" | "answer">;
type BugQuestion = Pick<Extract<Question, { kind: "find-bug" }>, "id" | "code" | "options" | "answer">;
type AnyQuestion =
  | ({ readonly kind: "predict-output" } & OutputQuestion)
  | ({ readonly kind: "find-bug" } & BugQuestion)
  | { readonly kind: "choose-design" };

/** Runs a question's code; `file` is its name in messages. */
export interface KeyRunner {
  script(code: string, file: string): Promise<ScriptResult>;
  /** By the spec of the lesson that the question is about; absent where that cannot be read. */
  grade?(code: string, file: string): Promise<Verdict>;
}

/** Nothing where the key is what running the code shows, and where there is no code. */
export async function keyProblems(question: AnyQuestion, runner: KeyRunner): Promise<readonly Problem[]> {
  if (question.kind === "predict-output") return outputProblems(question, runner);
  return question.kind === "find-bug" ? bugProblems(question, runner) : [];
}

async function outputProblems(question: OutputQuestion, runner: KeyRunner): Promise<readonly Problem[]> {
  const { output, error } = await runner.script(question.code, `${question.id}.ts`);
  if (error !== undefined)
    return [[`its code does not run: ${error.message.en}`, `代码无法运行：${error.message["zh-cn"]}`]];
  const printed = output.join("\n");
  const right = question.options.filter((each) => each.output === printed).map(({ id }) => id);
  if (right.length === 1 && right[0] === question.answer) return [];
  const [key, found] = [question.answer, right.join(", ")];
  return right.length === 0
    ? [
        [
          `it prints ${JSON.stringify(printed)}, which no option says`,
          `实际打印 ${JSON.stringify(printed)}，没有选项与之相符`,
        ],
      ]
    : [
        [
          `the answer should be "${key}" alone, but its code says "${found}"`,
          `答案应当只有“${key}”，运行代码得到的却是“${found}”`,
        ],
      ];
}

async function bugProblems(question: BugQuestion, runner: KeyRunner): Promise<readonly Problem[]> {
  if (runner.grade === undefined) return [];
  const key = question.options.find(({ id }) => id === question.answer)?.diagnosis;
  if (key === undefined) return [["its right option names no diagnosis", "正确选项没有写明诊断"]];
  if (question.options.some(({ id, diagnosis }) => id !== question.answer && diagnosis === key)) {
    return [["a wrong option names the diagnosis of the right one", "有错误选项与正确选项的诊断相同"]];
  }
  const verdict = await runner.grade(question.code, `${question.id}.ts`);
  const { error } = verdict;
  if (error?.code === "broken-lesson") return [];
  if (error !== undefined)
    return [[`its code cannot be graded: ${error.message.en}`, `代码无法评判：${error.message["zh-cn"]}`]];
  const found = firstDiagnosis(verdict);
  if (found === key) return [];
  return found === undefined
    ? [["its code passes every test", "代码通过了所有测试"]]
    : [
        [
          `grading its code gives "${found}", but the answer says "${key}"`,
          `评判代码得到“${found}”，答案写的却是“${key}”`,
        ],
      ];
}
