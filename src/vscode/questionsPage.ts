/** One panel with questions, a lesson's or the review's: its page and its messages. Extension host. */
import * as vscode from "vscode";
import { messageId } from "../core/lessonPanelIntent.ts";
import { parseQuizIntent } from "../core/quizPanelIntent.ts";
import type { QuizPanelIntent, QuizPanelState, ToQuizPanelMessage } from "../protocol/quizPanelMessages.ts";
import type { LessonActions } from "./lessonActions.ts";
import { panelPage } from "./lessonPanelPage.ts";
import type { Settings } from "./settings.ts";

export interface QuestionsPageParts {
  readonly extensionUri: vscode.Uri;
  /** What is on it now, and what its tab is called. */
  readonly content: () => Promise<{ readonly title: string; readonly state: QuizPanelState }>;
  /** An option was chosen and checked; absent where nobody counts. */
  readonly answered?: (question: string, choice: string) => Promise<void>;
  readonly actions: LessonActions;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly closed: () => void;
}

export class QuestionsPage implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  readonly #parts: QuestionsPageParts;
  #closed = false;

  constructor(panel: vscode.WebviewPanel, parts: QuestionsPageParts) {
    this.panel = panel;
    this.#parts = parts;
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    panel.onDidDispose(() => {
      this.#closed = true;
      listening.dispose();
      parts.closed();
    });
    panel.iconPath = {
      light: vscode.Uri.joinPath(parts.extensionUri, "media", "lesson-light.svg"),
      dark: vscode.Uri.joinPath(parts.extensionUri, "media", "lesson-dark.svg"),
    };
    panel.webview.html = panelPage("quiz", panel.webview, parts.extensionUri, panel.title);
  }

  async draw(): Promise<void> {
    const { title, state } = await this.#parts.content();
    if (this.#closed) return;
    this.panel.title = title;
    await this.#post({ type: "state", state });
  }

  dispose(): void {
    this.panel.dispose();
  }

  async #receive(message: unknown): Promise<void> {
    const intent = parseQuizIntent(message);
    const id = messageId(message);
    try {
      if (intent === undefined) throw new Error("The page posted something that is no intent.");
      await this.#perform(intent);
      if (id !== undefined) await this.#post({ type: "answer", id, ok: true });
    } catch (error) {
      const problem = this.#parts.explain(error);
      // A page that could not be drawn cannot show it.
      if (intent?.type === "ready") void vscode.window.showErrorMessage(problem);
      if (id !== undefined) await this.#post({ type: "answer", id, ok: false, problem });
    }
  }

  async #perform(intent: QuizPanelIntent): Promise<void> {
    const { answered, actions, settings, log } = this.#parts;
    switch (intent.type) {
      case "ready":
        return this.draw();
      case "showLesson":
        return actions.showPanel(intent.lesson);
      case "answered":
        return answered?.(intent.question, intent.choice);
      case "setLanguage":
        return settings.set("lessonLanguage", intent.language);
      case "reportProblem":
        log.warn(`The page “${this.panel.title}” reports: ${intent.problem}`);
    }
  }

  async #post(message: ToQuizPanelMessage): Promise<void> {
    if (!this.#closed) await this.panel.webview.postMessage(message);
  }
}
