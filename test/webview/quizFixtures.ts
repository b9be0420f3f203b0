/** The view model of the page "Check yourself", made by core from the questions of a real lesson. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import { parseQuiz } from "../../src/core/lesson/lessonSchema.ts";
import { quizPanelState } from "../../src/core/questions/quizView.ts";
import type { QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { loadLesson } from "./fixtures.ts";

export async function loadQuiz(lesson: string): Promise<(locale?: Locale) => QuizPanelState> {
  const { meta } = await loadLesson(lesson);
  const quiz = parseQuiz(await readFile(join(root, "lessons", lesson, "quiz.json"), "utf8"), "quiz.json");
  if (!quiz.ok) throw new Error(JSON.stringify(quiz.findings));
  const { value } = quiz;
  return (locale = "en") => quizPanelState(meta, value, locale);
}
