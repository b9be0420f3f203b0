/**
 * The review: kinds of bugs that the learner ran into, asked once more with mistakes from other lessons. What is asked stays the
 * same for as long as the panel is open. Extension host.
 */
import * as vscode from "vscode";
import { exerciseName } from "../../core/lessonPanel/lessonPanelState.ts";
import type { Mistake } from "../../core/lesson/lessonFiles.ts";
import { dueCards } from "../../core/questions/reviewCards.ts";
import {
  askedCode,
  type MistakeOf,
  pickMistake,
  reviewItem,
  type ReviewItem,
  reviewQuestionId,
} from "../../core/questions/reviewQuestion.ts";
import { mostQuestions, reviewState, reviewTitle } from "../../core/questions/reviewView.ts";
import type { Grader } from "../../protocol/grading.ts";
import type { QuizPanelState } from "../../protocol/quizPanelMessages.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { LessonActions } from "../lessons/lessonActions.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { panelOptions } from "../pages/panelPage.ts";
import { noticeLongWork } from "../longWork.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import { questionsPage, type QuestionsPage } from "./questionsPage.ts";
import type { Settings } from "../settings.ts";

/** Real ms before a notification says that it is at work. */
const patience = 1_000;

export const reviewPanelType = "interleave.review";

export interface ReviewPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly library: LessonLibrary;
  readonly store: ProgressStore;
  readonly settings: Settings;
  readonly grader: Grader;
  readonly actions: LessonActions;
  readonly log: vscode.LogOutputChannel;
  readonly explain: (error: unknown) => string;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

export class ReviewPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: ReviewPanelParts;
  #page: QuestionsPage | undefined;
  #items: Promise<readonly ReviewItem[]> | undefined;
  /** Questions whose answer counts no more. */
  readonly #answered = new Set<string>();

  constructor(parts: ReviewPanelParts) {
    this.#parts = parts;
  }

  show(): void {
    if (this.#page !== undefined) {
      this.#page.panel.reveal();
      return;
    }
    const { extensionUri, settings } = this.#parts;
    const title = reviewTitle(settings.lessonLocale());
    const column = vscode.ViewColumn.Active;
    this.#adopt(vscode.window.createWebviewPanel(reviewPanelType, title, column, panelOptions(extensionUri)));
  }

  async refresh(): Promise<void> {
    if (this.#page?.panel.visible === true) await this.#page.draw();
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#page === undefined) {
      panel.webview.options = panelOptions(this.#parts.extensionUri);
      this.#adopt(panel);
    } else panel.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    this.#page?.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#items = undefined;
    this.#answered.clear();
    this.#page = questionsPage(panel, {
      ...this.#parts,
      content: () => this.#content(),
      answered: (question, choice) => this.#count(question, choice),
      closed: () => {
        this.#page = undefined;
      },
    });
  }

  async #content(): Promise<{ readonly title: string; readonly state: QuizPanelState }> {
    const { library, store, settings, now } = this.#parts;
    const locale = settings.lessonLocale();
    this.#items ??= this.#choose().catch((error: unknown) => {
      this.#items = undefined;
      throw error;
    });
    const [items, { metas }] = await Promise.all([this.#items, library.overview()]);
    const cards = store.progress.reviewCards;
    const state = reviewState({ items, cards, now: now(), titleOf: (lesson) => metas.get(lesson)?.title }, locale);
    return { title: reviewTitle(locale), state };
  }

  /** The questions that are due. Each mistake is graded, so that what the page says of it is what running it has shown. */
  async #choose(): Promise<readonly ReviewItem[]> {
    const { library, store, now } = this.#parts;
    await store.load();
    const { progress } = store;
    const byLesson = await library.mistakes();
    const all = [...byLesson].flatMap(([lesson, mistakes]) => mistakes.map((mistake) => ({ lesson, mistake })));
    const due = dueCards(progress.reviewCards, now());
    const picked = due.flatMap((card) => pickMistake(card, all, progress) ?? []).slice(0, mostQuestions);
    const abort = new AbortController();
    const work = this.#makeItems(picked, byLesson, abort.signal);
    noticeLongWork({
      title: vscode.l10n.t("Interleave is preparing the review"),
      patience,
      cancel: () => {
        abort.abort();
      },
      done: work.catch(() => undefined),
    });
    return work;
  }

  /** One after another: each keeps a processor busy. */
  async #makeItems(
    picked: readonly MistakeOf[],
    byLesson: ReadonlyMap<string, readonly Mistake[]>,
    signal: AbortSignal,
  ): Promise<readonly ReviewItem[]> {
    const items: ReviewItem[] = [];
    for (const of of picked) {
      items.push(reviewItem(of, byLesson.get(of.lesson) ?? [], await this.#verdictOn(of, signal)));
    }
    return items;
  }

  /** Undefined where it could not be graded, or the learner did not want to wait: the question can be asked all the same. */
  async #verdictOn({ lesson, mistake }: MistakeOf, signal: AbortSignal): Promise<Verdict | undefined> {
    const { library, grader } = this.#parts;
    const { meta, spec } = await library.lesson(lesson);
    const request = { lesson, spec, exercise: askedCode(mistake), exerciseName, exports: meta.exports };
    const verdict = await grader.grade(request, signal);
    return verdict.error === undefined ? verdict : undefined;
  }

  /** Once a question, whatever a page that was made anew says again. */
  async #count(question: string, choice: string): Promise<void> {
    const item = (await this.#items)?.find((each) => reviewQuestionId(each) === question);
    if (item === undefined || this.#answered.has(question)) return;
    this.#answered.add(question);
    const { lesson, mistake } = item;
    const { name, diagnosis } = mistake;
    this.#parts.store.record({ type: "reviewed", lesson, diagnosis, mistake: name, right: choice === diagnosis });
  }
}
