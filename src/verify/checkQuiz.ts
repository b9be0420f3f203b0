/** Every question's key is confirmed by running its code. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { parseLocatedJson } from "../core/lesson/lessonJson.ts";
import type { LessonGrader } from "./gradeLesson.ts";
import { finding, type LessonCheck } from "./lessonCheck.ts";
import { keyProblems } from "./questionKeys.ts";

const file = "quiz.json";

export function createQuizCheck(grader: LessonGrader): LessonCheck {
  return async (lesson) => {
    const { quiz, quizText } = lesson;
    if (quiz === undefined || quizText === undefined) return [];
    const located = parseLocatedJson(quizText);
    const { spec } = lesson;
    const runner = {
      script: (code: string, name: string) => grader.script(code, name),
      ...(spec === undefined ? {} : { grade: (code: string, name: string) => grader.grade(lesson, spec, name, code) }),
    };
    const ids = quiz.questions.map(({ id }) => id);
    const lists = await Promise.all(
      quiz.questions.map(async (question, index): Promise<readonly Finding[]> => {
        const problems = [
          ...(ids.indexOf(question.id) === index ? [] : [repeated]),
          ...(await keyProblems(question, runner)),
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

const repeated = ["another question has the same id", "与另一道题的 id 相同"] as const;
