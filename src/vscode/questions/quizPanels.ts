/** The panels "Check yourself", one a lesson; brings them back after a reload. Extension host. */
import * as vscode from "vscode";
import { quizPanelState, quizTitle } from "../../core/questions/quizView.ts";
import type { QuizPanelState } from "../../protocol/quizPanelMessages.ts";
import type { LessonActions } from "../lessons/lessonActions.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { panelOptions } from "../pages/panelPage.ts";
import { lessonOfMemory, type LessonPanels } from "../lessons/lessonPanels.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import { questionsPage, type QuestionsPage } from "./questionsPage.ts";
import type { Settings } from "../settings.ts";

export const quizPanelType = "interleave.quiz";

export interface QuizPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly library: LessonLibrary;
  /** What was asked here is not asked in a rehearsal soon after. */
  readonly store: ProgressStore;
  readonly settings: Settings;
  readonly actions: LessonActions;
  /** The panels beside which these open. */
  readonly lessons: LessonPanels;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
}

export class QuizPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: QuizPanelParts;
  readonly #pages = new Map<string, QuestionsPage>();

  constructor(parts: QuizPanelParts) {
    this.#parts = parts;
  }

  /** Shows the lesson's questions where its panel is. Rejects where they cannot be read. */
  async show(lesson: string): Promise<void> {
    const { extensionUri, lessons, store } = this.#parts;
    const { title } = await this.#content(lesson);
    store.record({ type: "quiz-shown", lesson });
    const known = this.#pages.get(lesson);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const column = lessons.get(lesson)?.panel.viewColumn ?? vscode.ViewColumn.Active;
    this.#adopt(lesson, vscode.window.createWebviewPanel(quizPanelType, title, column, panelOptions(extensionUri)));
  }

  async refreshAll(): Promise<void> {
    const visible = [...this.#pages.values()].filter(({ panel }) => panel.visible);
    await Promise.all(visible.map((page) => page.draw()));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const lesson = lessonOfMemory(state);
    if (lesson === undefined || this.#pages.has(lesson)) {
      panel.dispose();
      return Promise.resolve();
    }
    panel.webview.options = panelOptions(this.#parts.extensionUri);
    this.#adopt(lesson, panel);
    return Promise.resolve();
  }

  dispose(): void {
    for (const page of this.#pages.values()) page.dispose();
  }

  #adopt(lesson: string, panel: vscode.WebviewPanel): void {
    const page = questionsPage(panel, {
      ...this.#parts,
      content: () => this.#content(lesson),
      closed: () => {
        this.#pages.delete(lesson);
      },
    });
    this.#pages.set(lesson, page);
  }

  async #content(lesson: string): Promise<{ readonly title: string; readonly state: QuizPanelState }> {
    const { library, settings } = this.#parts;
    const [{ meta }, quiz] = await Promise.all([library.lesson(lesson), library.quiz(lesson)]);
    const locale = settings.lessonLocale();
    return { title: quizTitle(meta, locale), state: quizPanelState(meta, quiz, locale) };
  }
}
