/** The timeline in the panel area: shows the run that is on the stage, and answers each intent of its page. Extension host. */
import * as vscode from "vscode";
import { timelineState } from "../../core/timelinePanel/timelineState.ts";
import { parseTimelineIntent } from "../../core/timelinePanel/timelineIntent.ts";
import type { ShownRun } from "../../protocol/shownRun.ts";
import type { TimelineIntent, TimelineState, ToTimelineMessage } from "../../protocol/timelineMessages.ts";
import { answerIntent } from "../pages/answerIntent.ts";
import type { LessonActions } from "../lessons/lessonActions.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { panelOptions, panelPage } from "../pages/panelPage.ts";
import { savePicture } from "../pages/savePicture.ts";
import type { RunShower } from "./runShower.ts";
import type { RunStage } from "./runStage.ts";
import type { Settings } from "../settings.ts";
import type { TimelineCaret } from "./timelineCaret.ts";
import { UserError } from "../userError.ts";

/** As the manifest's `contributes.views` names it. */
const timelineViewId = "interleave.timeline";

export interface TimelineViewParts {
  readonly extensionUri: vscode.Uri;
  readonly stage: RunStage;
  readonly runs: RunShower;
  readonly caret: TimelineCaret;
  readonly library: LessonLibrary;
  readonly settings: Settings;
  readonly actions: LessonActions;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly onProblem: (error: unknown) => void;
}

export class TimelineView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #parts: TimelineViewParts;
  readonly #subscriptions: vscode.Disposable;
  #view: vscode.WebviewView | undefined;
  /** Of the picture that is being made: an older one is not sent any more. */
  #drawing = 0;
  /** The page moved by itself, and knows it. */
  #movedByPage = false;

  constructor(parts: TimelineViewParts) {
    this.#parts = parts;
    const { stage, caret, settings } = parts;
    const redraw = (): void => {
      this.#draw().catch(parts.onProblem);
    };
    this.#subscriptions = vscode.Disposable.from(
      stage.observe({
        showed: redraw,
        moved: (moment) => {
          if (!this.#movedByPage) this.#send({ type: "moved", moment: moment ?? null });
        },
      }),
      caret.onDidChange((editor) => {
        this.#send({ type: "editor", ...editor });
      }),
      settings.onDidChange("lessonLanguage", redraw),
      vscode.window.registerWebviewViewProvider(timelineViewId, this),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    const listening = view.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    view.onDidDispose(() => {
      listening.dispose();
      if (this.#view === view) this.#view = undefined;
    });
    view.webview.options = panelOptions(this.#parts.extensionUri);
    view.webview.html = panelPage("timeline", view.webview, this.#parts.extensionUri, view.title ?? "");
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** A hidden page gets nothing: it asks when it is shown again. */
  async #draw(): Promise<void> {
    const drawing = ++this.#drawing;
    if (this.#view?.visible !== true) return;
    const state = await this.#state();
    if (drawing !== this.#drawing) return;
    this.#view.description = state.run?.test ?? "";
    await this.#view.webview.postMessage({ type: "state", state } satisfies ToTimelineMessage);
  }

  async #state(): Promise<TimelineState> {
    const { stage, runs, caret, library, settings } = this.#parts;
    const { run, moment } = stage;
    const meta = run === undefined ? undefined : await library.meta(run.lesson);
    return timelineState({
      ...{ run, moment, passed: runs.passed, editor: caret.view },
      locale: settings.lessonLocale(),
      lesson: meta?.title,
    });
  }

  #send(message: ToTimelineMessage): void {
    if (this.#view?.visible !== true) return;
    this.#view.webview.postMessage(message).then(undefined, this.#parts.onProblem);
  }

  #receive(message: unknown): Promise<void> {
    return answerIntent(message, {
      parse: parseTimelineIntent,
      perform: (intent) => this.#perform(intent),
      post: (answer) => {
        this.#send(answer);
      },
      explain: this.#parts.explain,
    });
  }

  async #perform(intent: TimelineIntent): Promise<void> {
    const { stage, log } = this.#parts;
    switch (intent.type) {
      case "ready":
        return this.#draw();
      case "moveTo":
        this.#move(intent.seq);
        return;
      case "showWhole":
        this.#move(undefined);
        return;
      case "revealSource":
        return this.#revealSource(intent.line, !intent.focus);
      case "saveSvg":
        return this.#save("svg", new TextEncoder().encode(intent.svg));
      case "savePng":
        return this.#save("png", Buffer.from(intent.png, "base64"));
      case "copySchedule":
        await vscode.env.clipboard.writeText(this.#run().schedule);
        this.#send({ type: "announce", text: vscode.l10n.t("Schedule copied.") });
        return;
      case "openLesson":
        await vscode.commands.executeCommand("interleave.showLesson", stage.run?.lesson);
        return;
      case "chooseRun":
        await vscode.commands.executeCommand("interleave.showTimeline", stage.run?.lesson);
        return;
      case "reportProblem":
        log.warn(`The timeline reports: ${intent.problem}`);
        return;
    }
  }

  #move(moment: number | undefined): void {
    this.#movedByPage = true;
    try {
      this.#parts.stage.moveTo(moment);
    } finally {
      this.#movedByPage = false;
    }
  }

  async #revealSource(line: number, preserveFocus: boolean): Promise<void> {
    const { lesson, document } = this.#run();
    if (document === undefined) return this.#parts.actions.openExercise(lesson, { line, column: 1 }, preserveFocus);
    const selection = new vscode.Range(line - 1, 0, line - 1, 0);
    const options = { viewColumn: vscode.ViewColumn.One, preserveFocus, selection };
    await vscode.window.showTextDocument(vscode.Uri.parse(document), options);
  }

  async #save(format: "svg" | "png", bytes: Uint8Array): Promise<void> {
    const { test, schedule } = this.#run();
    const saved = await savePicture(`${test}-${schedule}`, format, bytes);
    if (saved !== undefined) this.#send({ type: "announce", text: vscode.l10n.t("Saved as {0}", saved) });
  }

  /** @throws UserError */
  #run(): ShownRun {
    const { run } = this.#parts.stage;
    if (run === undefined) throw new UserError(vscode.l10n.t("There is no run on the timeline any more."));
    return run;
  }
}
