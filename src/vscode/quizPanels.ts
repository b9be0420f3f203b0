/** The panels "Check yourself", one a lesson; brings them back after a reload. Extension host. */
import * as vscode from "vscode";
import { messageId } from "../core/lessonPanelIntent.ts";
import { parseQuizIntent } from "../core/quizPanelIntent.ts";
import { quizPanelState, quizTitle } from "../core/quizView.ts";
import type { QuizPanelIntent, ToQuizPanelMessage } from "../protocol/quizPanelMessages.ts";
import type { LessonActions } from "./lessonActions.ts";
import type { LessonLibrary } from "./lessonLibrary.ts";
import { panelOptions, panelPage } from "./lessonPanelPage.ts";
import { lessonOfMemory, type LessonPanels } from "./lessonPanels.ts";
import type { Settings } from "./settings.ts";

export const quizPanelType = "interleave.quiz";

export interface QuizPanelParts {
  readonly library: LessonLibrary;
  readonly settings: Settings;
  readonly actions: LessonActions;
  /** The panels beside which these open. */
  readonly lessons: LessonPanels;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
}

export class QuizPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #parts: QuizPanelParts;
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  constructor(extensionUri: vscode.Uri, parts: QuizPanelParts) {
    this.#extensionUri = extensionUri;
    this.#parts = parts;
  }

  /** Shows the lesson's questions where its panel is. Rejects where they cannot be read. */
  async show(lesson: string): Promise<void> {
    const { library, settings, lessons } = this.#parts;
    const [{ meta }] = await Promise.all([library.lesson(lesson), library.quiz(lesson)]);
    const known = this.#panels.get(lesson);
    if (known !== undefined) {
      known.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      quizPanelType,
      quizTitle(meta, settings.lessonLocale()),
      lessons.get(lesson)?.panel.viewColumn ?? vscode.ViewColumn.Active,
      panelOptions(this.#extensionUri),
    );
    this.#adopt(lesson, panel);
  }

  async refreshAll(): Promise<void> {
    const visible = [...this.#panels].filter(([, panel]) => panel.visible);
    await Promise.all(visible.map(([lesson, panel]) => this.#draw(lesson, panel)));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const lesson = lessonOfMemory(state);
    if (lesson === undefined || this.#panels.has(lesson)) {
      panel.dispose();
      return Promise.resolve();
    }
    panel.webview.options = panelOptions(this.#extensionUri);
    this.#adopt(lesson, panel);
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }

  #adopt(lesson: string, panel: vscode.WebviewPanel): void {
    this.#panels.set(lesson, panel);
    const listening = panel.webview.onDidReceiveMessage(
      (message: unknown) => void this.#receive(lesson, panel, message),
    );
    panel.onDidDispose(() => {
      listening.dispose();
      this.#panels.delete(lesson);
    });
    panel.iconPath = {
      light: vscode.Uri.joinPath(this.#extensionUri, "media", "lesson-light.svg"),
      dark: vscode.Uri.joinPath(this.#extensionUri, "media", "lesson-dark.svg"),
    };
    panel.webview.html = panelPage("quiz", panel.webview, this.#extensionUri, panel.title);
  }

  async #draw(lesson: string, panel: vscode.WebviewPanel): Promise<void> {
    const { library, settings } = this.#parts;
    const [{ meta }, quiz] = await Promise.all([library.lesson(lesson), library.quiz(lesson)]);
    if (this.#panels.get(lesson) !== panel) return;
    const locale = settings.lessonLocale();
    panel.title = quizTitle(meta, locale);
    await this.#post(lesson, panel, { type: "state", state: quizPanelState(meta, quiz, locale) });
  }

  async #receive(lesson: string, panel: vscode.WebviewPanel, message: unknown): Promise<void> {
    const intent = parseQuizIntent(message);
    const id = messageId(message);
    try {
      if (intent === undefined) throw new Error("The page posted something that is no intent.");
      await this.#perform(lesson, panel, intent);
      if (id !== undefined) await this.#post(lesson, panel, { type: "answer", id, ok: true });
    } catch (error) {
      const problem = this.#parts.explain(error);
      // A page that could not be drawn cannot show it.
      if (intent?.type === "ready") void vscode.window.showErrorMessage(problem);
      if (id !== undefined) await this.#post(lesson, panel, { type: "answer", id, ok: false, problem });
    }
  }

  async #perform(lesson: string, panel: vscode.WebviewPanel, intent: QuizPanelIntent): Promise<void> {
    const { actions, settings, log } = this.#parts;
    switch (intent.type) {
      case "ready":
        return this.#draw(lesson, panel);
      case "showLesson":
        return actions.showPanel(lesson);
      case "setLanguage":
        return settings.set("lessonLanguage", intent.language);
      case "reportProblem": {
        log.warn(`The questions of ${lesson} report: ${intent.problem}`);
        return;
      }
    }
  }

  async #post(lesson: string, panel: vscode.WebviewPanel, message: ToQuizPanelMessage): Promise<void> {
    if (this.#panels.get(lesson) === panel) await panel.webview.postMessage(message);
  }
}
