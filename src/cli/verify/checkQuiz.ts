/** Every question's key is confirmed by running its code. */
import type { Finding } from "../../core/lessonFinding.ts";
import { parseLocatedJson } from "../../core/lessonJson.ts";
import type { Question } from "../../core/lessonSchema.ts";
import { firstDiagnosis } from "./checkAnswers.ts";
import type { LessonGrader } from "./gradeLesson.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

const file = "quiz.json";

type Words = readonly [en: string, zhCn: string];

export function createQuizCheck(grader: LessonGrader): LessonCheck {
  return async (lesson) => {
    const { quiz, quizText } = lesson;
    if (quiz === undefined || quizText === undefined) return [];
    const located = parseLocatedJson(quizText);
    const ids = quiz.questions.map(({ id }) => id);
    const lists = await Promise.all(
      quiz.questions.map(async (question, index): Promise<readonly Finding[]> => {
        const problems = [
          ...(ids.indexOf(question.id) === index ? [] : [repeated]),
          ...(await problemsOf(grader, lesson, question)),
        ];
        const line = located.lineOf(["questions", index]);
        return problems.map(([en, zhCn]) =>
          finding(lesson, file, line, `question "${question.id}": ${en}`, `题目“${question.id}”：${zhCn}`),
        );
      }),
    );
    return lists.flat();
  };
}

const repeated: Words = ["another question has the same id", "与另一道题的 id 相同"];

async function problemsOf(
  grader: LessonGrader,
  lesson: LessonUnderCheck,
  question: Question,
): Promise<readonly Words[]> {
  if (question.kind === "predict-output") return outputProblems(grader, question);
  return question.kind === "find-bug" ? bugProblems(grader, lesson, question) : [];
}

async function outputProblems(
  grader: LessonGrader,
  question: Extract<Question, { kind: "predict-output" }>,
): Promise<readonly Words[]> {
  const { output, error } = await grader.script(question.code, `${question.id}.ts`);
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

async function bugProblems(
  grader: LessonGrader,
  lesson: LessonUnderCheck,
  question: Extract<Question, { kind: "find-bug" }>,
): Promise<readonly Words[]> {
  if (lesson.spec === undefined) return [];
  const key = question.options.find(({ id }) => id === question.answer)?.diagnosis;
  if (key === undefined) return [["its right option names no diagnosis", "正确选项没有写明诊断"]];
  if (question.options.some(({ id, diagnosis }) => id !== question.answer && diagnosis === key)) {
    return [["a wrong option names the diagnosis of the right one", "有错误选项与正确选项的诊断相同"]];
  }
  const verdict = await grader.grade(lesson, lesson.spec, `${question.id}.ts`, question.code);
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
