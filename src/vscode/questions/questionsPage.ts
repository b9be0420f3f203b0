/** A page with questions, a lesson's or the review's: what its intents do. Extension host. */
import type * as vscode from "vscode";
import { parseQuizIntent } from "../../core/questions/quizPanelIntent.ts";
import type { QuizPanelIntent, QuizPanelState } from "../../protocol/quizPanelMessages.ts";
import type { LessonActions } from "../lessons/lessonActions.ts";
import type { Settings } from "../settings.ts";
import { StatePage, type StatePageParts } from "../pages/statePage.ts";

export interface QuestionsPageParts extends Pick<
  StatePageParts<QuizPanelIntent, QuizPanelState>,
  "extensionUri" | "content" | "explain" | "closed"
> {
  /** An option was chosen and checked; absent where nobody counts. */
  readonly answered?: (question: string, choice: string) => Promise<void>;
  readonly actions: LessonActions;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

export type QuestionsPage = StatePage<QuizPanelIntent, QuizPanelState>;

export function questionsPage(panel: vscode.WebviewPanel, parts: QuestionsPageParts): QuestionsPage {
  const { extensionUri, content, explain, closed } = parts;
  return new StatePage<QuizPanelIntent, QuizPanelState>(panel, {
    ...{ name: "quiz", extensionUri, content, explain, closed, parse: parseQuizIntent },
    perform: async (intent) => {
      await perform(intent, panel, parts);
      return undefined;
    },
  });
}

async function perform(
  intent: Exclude<QuizPanelIntent, { readonly type: "ready" }>,
  { title }: vscode.WebviewPanel,
  { answered, actions, settings, log }: QuestionsPageParts,
): Promise<void> {
  switch (intent.type) {
    case "showLesson":
      return actions.showPanel(intent.lesson);
    case "answered":
      return answered?.(intent.question, intent.choice);
    case "setLanguage":
      return settings.set("lessonLanguage", intent.language);
    case "reportProblem":
      log.warn(`The page “${title}” reports: ${intent.problem}`);
  }
}
