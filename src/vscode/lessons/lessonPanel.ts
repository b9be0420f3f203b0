/**
 * The webview panel of one lesson at a time: draws the state that it is given, answers each intent of its page. It may turn to
 * another lesson, which takes a fraction of the time that VS Code takes to make a page. Extension host.
 */
import * as vscode from "vscode";
import { messageId, parseIntent } from "../../core/lessonPanel/lessonPanelIntent.ts";
import type {
  LessonPanelIntent,
  LessonPanelState,
  MomentView,
  PanelPart,
  ToLessonPanelMessage,
} from "../../protocol/lessonPanelMessages.ts";
import type { StepperView } from "../../protocol/stepperMessages.ts";
import type { KeptDrawings } from "./keptDrawings.ts";
import { dressPanel } from "../pages/panelPage.ts";

export interface LessonPanelHost {
  /** What the tab is called; the lesson's title, where the host does not say. */
  title?(state: LessonPanelState): string;
  state(lesson: string): Promise<LessonPanelState>;
  /** What the diagrams show of the run that is on show; undefined where that is none of this lesson's. */
  moment(lesson: string): Promise<MomentView | undefined>;
  /** The scheduler game; undefined where none of this lesson is on. */
  stepper(lesson: string): StepperView | undefined;
  /** Does what the page asks. Rejects with an error whose message may be shown. */
  perform(lesson: string, intent: LessonPanelIntent): Promise<void>;
  /** For the log; gives a sentence for the learner. */
  explain(error: unknown): string;
}

export class LessonPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  #lesson: string;
  /** All that it has shown: what its page posts may still be about one that it has turned away from. */
  readonly #shown: Set<string>;
  readonly #host: LessonPanelHost;
  readonly #drawings: KeptDrawings;
  readonly #subscriptions: vscode.Disposable[] = [];
  /** The drawing that is under way, and whether something has changed since it began. */
  #drawing: Promise<void> | undefined;
  #again = false;
  /** The moment that is on its way to the page, and whether another has come since. */
  #following: Promise<void> | undefined;
  #followAgain = false;
  #disposed = false;

  constructor(
    lesson: string,
    panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    host: LessonPanelHost,
    drawings: KeptDrawings,
  ) {
    this.#lesson = lesson;
    this.#shown = new Set([lesson]);
    this.panel = panel;
    this.#host = host;
    this.#drawings = drawings;
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message)),
      panel.onDidDispose(() => {
        this.dispose();
      }),
    );
    dressPanel(panel, "lesson", extensionUri);
    // While VS Code loads the page, which gets what comes before it listens as soon as it does. It asks all the same.
    this.#begin().catch((error: unknown) => host.explain(error));
  }

  get lesson(): string {
    return this.#lesson;
  }

  /** Shows that lesson from now on; resolves once it is on its way. A hidden page gets it when it is shown again. */
  async turnTo(lesson: string, title: string): Promise<void> {
    this.#lesson = lesson;
    this.#shown.add(lesson);
    this.panel.title = title;
    if (this.panel.visible) await this.#drawAll();
  }

  /**
   * Draws the lesson as it is now; resolves once that is on its way. While one drawing is under way, any number of
   * requests make one more. A hidden page gets nothing: it asks when it is shown again.
   */
  refresh(): Promise<void> {
    return this.panel.visible ? this.#draw() : Promise.resolve();
  }

  /**
   * Has the diagrams show the moment that is looked at; resolves once that is on its way. A run that plays comes past more
   * moments than a page can draw: those in between are left out.
   */
  follow(): Promise<void> {
    if (!this.panel.visible) return Promise.resolve();
    if (this.#following === undefined) this.#following = this.#followUntilSettled();
    else this.#followAgain = true;
    return this.#following;
  }

  /** Shows the scheduler game as it stands. */
  showStepper(): Promise<void> {
    const view = this.#host.stepper(this.#lesson);
    return this.panel.visible
      ? this.#post({ type: "stepper", ...(view === undefined ? {} : { view }) })
      : Promise.resolve();
  }

  async announce(text: string): Promise<void> {
    await this.#drawing;
    await this.#post({ type: "announce", text });
  }

  /** Once the lesson that it is about is on its way. */
  async reveal(part: PanelPart): Promise<void> {
    await this.#drawing;
    await this.#post({ type: "reveal", part });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.panel.dispose();
  }

  async #drawAll(): Promise<void> {
    await this.#begin();
    await this.follow();
    await this.showStepper();
  }

  async #begin(): Promise<void> {
    const drawings = this.#drawings.of(this.#lesson);
    if (drawings.length > 0) await this.#post({ type: "drawings", drawings });
    await this.#draw();
  }

  #draw(): Promise<void> {
    if (this.#drawing === undefined) this.#drawing = this.#drawUntilSettled();
    else this.#again = true;
    return this.#drawing;
  }

  async #drawUntilSettled(): Promise<void> {
    do await this.#drawOnce();
    while (this.#takeAgain());
    this.#drawing = undefined;
  }

  #takeAgain(): boolean {
    const again = this.#again && !this.#disposed;
    this.#again = false;
    return again;
  }

  async #followUntilSettled(): Promise<void> {
    try {
      do {
        this.#followAgain = false;
        const lesson = this.#lesson;
        const moment = await this.#host.moment(lesson);
        if (lesson === this.#lesson) await this.#post({ type: "moment", ...(moment === undefined ? {} : { moment }) });
      } while (this.#followsAgain());
    } finally {
      this.#following = undefined;
    }
  }

  #followsAgain(): boolean {
    return this.#followAgain && !this.#disposed;
  }

  async #drawOnce(): Promise<void> {
    const lesson = this.#lesson;
    try {
      const state = await this.#host.state(lesson);
      // Whoever turned the panel to another lesson has asked for a drawing of that one.
      if (this.#disposed || lesson !== this.#lesson) return;
      const title = this.#host.title?.(state) ?? state.lesson.title;
      if (this.panel.title !== title) this.panel.title = title;
      await this.#post({ type: "state", state });
    } catch (error) {
      void vscode.window.showErrorMessage(this.#host.explain(error));
    }
  }

  async #receive(message: unknown): Promise<void> {
    const intent = parseIntent(message);
    const id = messageId(message);
    try {
      if (intent === undefined) throw new Error("The page posted something that is no intent.");
      const { shown = this.#lesson } = intent;
      if (!this.#shown.has(shown)) throw new Error("The page posted an intent for a lesson that it never showed.");
      if (intent.type === "keepDrawing") this.#drawings.keep(shown, intent.drawing);
      else if (intent.type === "ready") await this.#drawAll();
      else await this.#host.perform(shown, intent);
      if (id !== undefined) await this.#post({ type: "answer", id, ok: true });
    } catch (error) {
      const problem = this.#host.explain(error);
      if (id !== undefined) await this.#post({ type: "answer", id, ok: false, problem });
    }
  }

  async #post(message: ToLessonPanelMessage): Promise<void> {
    if (!this.#disposed) await this.panel.webview.postMessage(message);
  }
}
