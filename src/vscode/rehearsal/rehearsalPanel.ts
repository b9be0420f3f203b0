/**
 * Rehearsals of an interview: one panel a window, brought back after a reload, with the form to begin with, the sitting, and what
 * comes after it. Extension host.
 */
import * as vscode from "vscode";
import { type CheckedAssessmentIntent, parseAssessmentIntent } from "../../core/assessment/assessmentIntent.ts";
import { assessmentStrings } from "../../core/assessment/assessmentStrings.ts";
import { afterView, sittingView, startView } from "../../core/assessment/assessmentView.ts";
import { remainingMs } from "../../core/assessment/session.ts";
import type { AssessmentState, ToAssessmentMessage } from "../../protocol/assessmentMessages.ts";
import type { Grader } from "../../protocol/grading.ts";
import { answerIntent } from "../pages/answerIntent.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { dressPanel, panelOptions } from "../pages/panelPage.ts";
import { gradeTasks } from "./rehearsalGrading.ts";
import type { RehearsalMaterial } from "./rehearsalMaterial.ts";
import { type RehearsalChoice, RehearsalPreparation } from "./rehearsalPreparation.ts";
import { RehearsalSitting } from "./rehearsalSitting.ts";
import type { RehearsalStore } from "./rehearsalStore.ts";
import type { RehearsalWriter } from "./rehearsalWriter.ts";
import type { Settings } from "../settings.ts";
import { sit } from "./sittingIntents.ts";
import { UserError } from "../userError.ts";

export const rehearsalPanelType = "interleave.rehearsal";

export interface RehearsalPanelParts {
  readonly extensionUri: vscode.Uri;
  readonly library: LessonLibrary;
  readonly material: RehearsalMaterial;
  readonly rehearsals: RehearsalStore;
  readonly grader: Grader;
  readonly settings: Settings;
  readonly openReport: (rehearsal: string) => Promise<void> | void;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly onProblem: (error: unknown) => void;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

/** Real ms between two looks at whether another window still has the rehearsal. */
const patience = 1_000;

/** What the panel is about. */
type Stage =
  | { readonly kind: "start" }
  | { readonly kind: "sitting"; readonly id: string; readonly sitting: RehearsalSitting }
  | { readonly kind: "elsewhere"; readonly id: string }
  | { readonly kind: "after"; readonly id: string; readonly writer: RehearsalWriter; grading: Grading | undefined };

interface Grading {
  readonly abort: AbortController;
  done: number;
  of: number;
}

export class RehearsalPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: RehearsalPanelParts;
  readonly #listening: { dispose(): void };
  #panel: vscode.WebviewPanel | undefined;
  readonly #preparation: RehearsalPreparation;
  #stage: Stage = { kind: "start" };
  /** Until the one that was begun is on the disk. */
  #starting: Promise<void> | undefined;
  /** When "Begin" was pressed, until the first item is drawn: ms of `performance.now`. */
  #begunAt: number | undefined;

  constructor(parts: RehearsalPanelParts) {
    this.#parts = parts;
    const { material, settings, now } = parts;
    this.#preparation = new RehearsalPreparation({
      material: () => material.material(),
      past: () => material.past(),
      ofPlan: (plan) => material.ofPlan(plan),
      locale: () => settings.lessonLocale(),
      now,
    });
    this.#listening = parts.rehearsals.onDidChange((id) => {
      this.#noticeTaken(id);
    });
  }

  /** The form to begin with, or whatever the panel is at. */
  show(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal();
      return;
    }
    const { extensionUri } = this.#parts;
    const column = vscode.ViewColumn.Active;
    this.#adopt(vscode.window.createWebviewPanel(rehearsalPanelType, this.#title, column, panelOptions(extensionUri)));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, memory: unknown): Promise<void> {
    if (this.#panel !== undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = panelOptions(this.#parts.extensionUri);
    const id = rehearsalOfMemory(memory);
    // A page that finds its rehearsal gone begins anew.
    if (id !== undefined) await this.#takeUp(id, false).catch(this.#parts.onProblem);
    this.#adopt(panel);
    this.#awaitOthers();
  }

  /** The host that had it before a reload may still be ending: it is taken up as soon as nobody has it. */
  #awaitOthers(): void {
    if (this.#stage.kind !== "elsewhere") return;
    const { id } = this.#stage;
    const attempt = async (): Promise<void> => {
      if (this.#stage.kind !== "elsewhere" || this.#panel === undefined) return;
      if (await this.#takeUp(id, false)) await this.refresh();
      else this.#awaitOthers();
    };
    setTimeout(() => {
      attempt().catch(this.#parts.onProblem);
    }, patience);
  }

  /** In another language, or after something happened elsewhere. */
  async refresh(): Promise<void> {
    if (this.#panel?.visible === true) await this.#draw();
  }

  /** The window ends: the clock stands still from now on. */
  async leave(): Promise<void> {
    if (this.#stage.kind === "sitting") this.#stage.sitting.leave();
    await this.#parts.rehearsals.close();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#panel?.dispose();
  }

  get #title(): string {
    return assessmentStrings[this.#parts.settings.lessonLocale()].title;
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#parts;
    this.#panel = panel;
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    panel.onDidDispose(() => {
      listening.dispose();
      this.#panel = undefined;
      this.#close();
    });
    dressPanel(panel, "assessment", extensionUri);
  }

  #close(): void {
    const stage = this.#stage;
    this.#stage = { kind: "start" };
    this.#begunAt = undefined;
    if (stage.kind === "sitting") stage.sitting.leave();
    if (stage.kind === "after") stage.grading?.abort.abort();
    if (stage.kind === "sitting" || stage.kind === "after")
      this.#parts.rehearsals.letGo(stage.id).catch(this.#parts.onProblem);
  }

  async #draw(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const state = await this.#state();
    if (this.#panel === undefined) return;
    this.#panel.title = this.#title;
    await this.#post({ type: "state", state });
  }

  async #state(): Promise<AssessmentState> {
    const { material, rehearsals, settings, now } = this.#parts;
    const locale = settings.lessonLocale();
    const common = { locale, strings: assessmentStrings[locale] };
    const stage = this.#stage;
    if (stage.kind === "start") return { ...common, start: startView(await rehearsals.list(), locale) };
    if (stage.kind === "after") {
      const { record } = stage.writer.session;
      const grading = stage.grading === undefined ? undefined : { done: stage.grading.done, of: stage.grading.of };
      const inputs = { record, material: await material.ofPlan(record.plan), grading };
      return { ...common, after: afterView(inputs, locale) };
    }
    const session = stage.kind === "sitting" ? stage.sitting.session : await rehearsals.session(stage.id);
    if (session === undefined) throw new UserError(vscode.l10n.t("This rehearsal cannot be read any more."));
    const elsewhere = stage.kind === "elsewhere";
    const items = await material.ofPlan(session.record.plan);
    return { ...common, sitting: sittingView({ session, material: items, now: now(), elsewhere }, locale) };
  }

  #receive(message: unknown): Promise<void> {
    return answerIntent(message, {
      parse: parseAssessmentIntent,
      perform: (intent) => this.#perform(intent),
      post: (answer) => this.#post(answer),
      explain: this.#parts.explain,
    });
  }

  async #perform(intent: CheckedAssessmentIntent): Promise<void> {
    const { settings, log, openReport } = this.#parts;
    switch (intent.type) {
      case "ready":
        if (this.#stage.kind === "sitting" && !this.#stage.sitting.session.running) this.#stage.sitting.goOn();
        return this.#draw();
      case "consider":
        this.#preparation.consider(choiceOf(intent));
        return;
      case "start":
        return this.#start(choiceOf(intent));
      case "goOn":
        await this.#takeUp(intent.rehearsal, true);
        return this.#draw();
      case "openReport":
        return openReport(intent.rehearsal);
      case "toStart":
        this.#close();
        return this.#draw();
      case "tick":
      case "rate":
        this.#compare(intent);
        return;
      case "stopGrading":
        if (this.#stage.kind === "after") this.#stage.grading?.abort.abort();
        return;
      case "setLanguage":
        return settings.set("lessonLanguage", intent.language);
      case "reportProblem":
        log.warn(`The page of the rehearsal reports: ${intent.problem}`);
        return;
      case "show":
      case "choose":
      case "skip":
      case "flag":
      case "explain":
      case "openTask":
      case "pause":
      case "resume":
      case "handIn":
        if (intent.type === "show") this.#noticeDrawn();
        await this.#starting?.catch(() => undefined);
        // A page that has not heard yet that it is over.
        if (this.#stage.kind !== "sitting") return;
        await sit(this.#stage.sitting, intent);
        if (intent.type === "handIn") await this.#end();
    }
  }

  async #start(choice: RehearsalChoice): Promise<void> {
    // Pressed twice, it begins once.
    if (this.#stage.kind !== "start" || this.#begunAt !== undefined) return;
    this.#begunAt = performance.now();
    try {
      this.#starting = this.#begin(choice);
      await this.#starting;
    } catch (error) {
      this.#begunAt = undefined;
      this.#starting = undefined;
      // What was shown of it did not begin.
      await this.#draw();
      throw error;
    }
    this.#starting = undefined;
    // The page was closed meanwhile.
    if (this.#panel === undefined) this.#close();
  }

  /** Shows the first item and starts the clock, while the disk still writes down that it began. */
  async #begin(choice: RehearsalChoice): Promise<void> {
    const { rehearsals, settings } = this.#parts;
    const { plan, view } = await this.#preparation.take(choice);
    if (view === undefined)
      throw new UserError(vscode.l10n.t("There is nothing to ask: the questions cannot be read; the log says why."));
    const started = rehearsals.start(plan);
    const locale = settings.lessonLocale();
    const shown = this.#post({ type: "state", state: { locale, strings: assessmentStrings[locale], sitting: view } });
    const [writer] = await Promise.all([started, shown]);
    this.#sitWith(writer);
  }

  /** Goes on with a rehearsal, or shows what came after it. False where another window has it. */
  async #takeUp(id: string, fromOthers: boolean): Promise<boolean> {
    const writer = await this.#parts.rehearsals.takeUp(id, { fromOthers });
    if (writer === undefined) throw new UserError(vscode.l10n.t("This rehearsal cannot be read any more."));
    if (writer === "elsewhere") {
      this.#stage = { kind: "elsewhere", id };
      return false;
    }
    if (writer.session.record.finished !== undefined) {
      this.#stage = { kind: "after", id, writer, grading: undefined };
      this.#grade();
      return true;
    }
    const sitting = this.#sitWith(writer);
    await sitting.restoreTasks();
    if (remainingMs(writer.session, this.#parts.now()) === 0) {
      sitting.finish("time-up");
      this.#stage = { kind: "after", id, writer, grading: undefined };
      this.#grade();
    } else sitting.goOn();
    return true;
  }

  #sitWith(writer: RehearsalWriter): RehearsalSitting {
    const { rehearsals, library, extensionUri, onProblem, now } = this.#parts;
    const { id } = writer.session.record.plan;
    const sitting = new RehearsalSitting({
      writer,
      folder: vscode.Uri.file(rehearsals.folderOf(id)),
      media: vscode.Uri.joinPath(extensionUri, "media", "exercise"),
      starterOf: async ({ lesson }) => (await library.lesson(lesson)).exercise,
      now,
      clock: (left, running) => void this.#post({ type: "clock", remainingMs: left, running }),
      written: (item) => void this.#post({ type: "written", item }),
      over: () => {
        this.#panel?.reveal();
        this.#end().catch(onProblem);
      },
      onProblem,
    });
    this.#stage = { kind: "sitting", id, sitting };
    return sitting;
  }

  async #end(): Promise<void> {
    if (this.#stage.kind !== "sitting") return;
    const { id, sitting } = this.#stage;
    this.#stage = { kind: "after", id, writer: sitting.writer, grading: undefined };
    this.#grade();
    await this.#draw();
  }

  #grade(): void {
    const stage = this.#stage;
    if (stage.kind !== "after") return;
    const { rehearsals, onProblem } = this.#parts;
    const grading: Grading = { abort: new AbortController(), done: 0, of: 0 };
    stage.grading = grading;
    const work = gradeTasks(
      { ...this.#parts, store: rehearsals },
      stage.writer.session.record,
      grading.abort.signal,
      (done, of) => {
        Object.assign(grading, { done, of });
        this.refresh().catch(onProblem);
      },
    );
    void work.catch(onProblem).then(() => {
      stage.grading = undefined;
      this.refresh().catch(onProblem);
    });
  }

  #compare(intent: Extract<CheckedAssessmentIntent, { type: "tick" | "rate" }>): void {
    if (this.#stage.kind !== "after") return;
    const { writer } = this.#stage;
    if (intent.type === "tick") writer.record({ type: "ticked", item: intent.item, checked: intent.checked });
    else writer.record({ type: "rated", item: intent.item, rating: intent.rating });
  }

  /** Another window has taken the rehearsal that is sat here. */
  #noticeTaken(id: string): void {
    const stage = this.#stage;
    if (stage.kind !== "sitting" || stage.id !== id || !stage.sitting.writer.taken) return;
    stage.sitting.dispose();
    this.#stage = { kind: "elsewhere", id };
    this.refresh().catch(this.#parts.onProblem);
  }

  #noticeDrawn(): void {
    if (this.#begunAt === undefined) return;
    const took = performance.now() - this.#begunAt;
    this.#begunAt = undefined;
    this.#parts.log.info(`The first item of the rehearsal was drawn ${took.toFixed(0)} ms after it was begun.`);
  }

  async #post(message: ToAssessmentMessage): Promise<void> {
    await this.#panel?.webview.postMessage(message);
  }
}

function choiceOf(intent: Extract<CheckedAssessmentIntent, { type: "consider" | "start" }>): RehearsalChoice {
  const { profile, minutes, seed } = intent;
  return { profile, minutes, ...(seed === undefined ? {} : { seed }) };
}

/** What the page has kept: see AssessmentMemory. */
function rehearsalOfMemory(memory: unknown): string | undefined {
  if (typeof memory !== "object" || memory === null || !("rehearsal" in memory)) return undefined;
  const { rehearsal } = memory;
  return typeof rehearsal === "string" && rehearsal !== "" ? rehearsal : undefined;
}
