/** The playground: one panel a window, brought back after a reload. Runs what its page asks for. Extension host. */
import * as vscode from "vscode";
import { tellEvent } from "../../core/verdict/lessonStory.ts";
import { timelineStrings } from "../../core/timelinePanel/timelineStrings.ts";
import { parsePlaygroundMemory } from "../../core/playground/document.ts";
import { parsePlaygroundIntent } from "../../core/playground/intent.ts";
import { playgroundStrings } from "../../core/playground/strings.ts";
import type { Simulator } from "../../protocol/grading.ts";
import type { PlaygroundIntent, ToPlaygroundMessage } from "../../protocol/playgroundMessages.ts";
import type { GradeError } from "../../protocol/verdict.ts";
import { answerIntent } from "../pages/answerIntent.ts";
import { onDidChangeEditorLook, readEditorLook } from "../pages/editorLook.ts";
import { dressPanel, panelOptions } from "../pages/panelPage.ts";
import type { PlaygroundDocuments, StartingPoint } from "./playgroundDocuments.ts";
import { documentOfLink, linkTo } from "./playgroundLinks.ts";
import { savePicture } from "../pages/savePicture.ts";
import type { Settings } from "../settings.ts";

export const playgroundPanelType = "interleave.playground";

export interface PlaygroundParts {
  readonly extensionUri: vscode.Uri;
  /** Its full id, for links. */
  readonly extensionId: string;
  readonly documents: PlaygroundDocuments;
  readonly simulator: () => Simulator;
  /** Gets a sandbox ready. */
  readonly warm: () => void;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the user. */
  readonly explain: (error: unknown) => string;
}

/** What the panel shows. */
interface Shown extends StartingPoint {
  /** Grows with each text that takes the place of another. */
  readonly revision: number;
  readonly chosen: number;
  readonly waits: boolean;
}

interface Open {
  readonly panel: vscode.WebviewPanel;
  readonly simulator: Simulator;
  shown: Shown;
  running: AbortController | undefined;
}

export class PlaygroundPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: PlaygroundParts;
  readonly #configuration: vscode.Disposable;
  #open: Open | undefined;
  #lastRevision = 0;

  constructor(parts: PlaygroundParts) {
    this.#parts = parts;
    this.#configuration = vscode.Disposable.from(
      onDidChangeEditorLook(() => void this.refresh()),
      parts.settings.onDidChange("lessonLanguage", () => void this.refresh()),
    );
  }

  /** With what it showed last. */
  async show(): Promise<void> {
    if (this.#open === undefined) this.#create({ ...(await this.#parts.documents.last()), waits: false });
    else this.#open.panel.reveal();
  }

  /** With a text that begins from the lesson. What was in the panel can be had back by undo. */
  async showLesson(lesson: string): Promise<void> {
    // Where exercises are, so that the lesson stays beside it, wherever the focus is.
    await this.#begin(await this.#parts.documents.ofLesson(lesson), false, vscode.ViewColumn.One);
  }

  /**
   * With the program of a link, if the user says so; it waits for Run.
   * @throws UserError for what is no such link
   */
  async openLink(uri: vscode.Uri): Promise<void> {
    const document = await documentOfLink(uri);
    const open = vscode.l10n.t("Open, Without Running");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("Open a program from a link in the playground?"),
      {
        modal: true,
        detail: vscode.l10n.t(
          "It takes the place of what is in the playground. Nothing of it runs until you press Run, and then only in the sandbox, without files, network or anything of yours.",
        ),
      },
      open,
    );
    if (answer === open) await this.#begin({ document }, true);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    if (this.#open !== undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = panelOptions(this.#parts.extensionUri);
    const last = await this.#parts.documents.last();
    const memory = parsePlaygroundMemory(state);
    if (memory?.waits === true) {
      const { text, scenario, chosen, waits } = memory;
      this.#adopt(panel, { ...last, document: { text, scenario }, chosen, waits });
      return;
    }
    // VS Code writes what a page remembers from time to time only: what the page had kept is newer.
    this.#adopt(panel, { ...last, chosen: memory?.chosen ?? 0, waits: false });
  }

  /** The same text, in another language or with other settings. */
  async refresh(): Promise<void> {
    if (this.#open !== undefined) await this.#draw(this.#open);
  }

  dispose(): void {
    this.#configuration.dispose();
    this.#open?.panel.dispose();
  }

  async #begin(start: StartingPoint, waits: boolean, column?: vscode.ViewColumn): Promise<void> {
    if (!waits) await this.#parts.documents.keep(start);
    const open = this.#open;
    if (open === undefined) {
      this.#create({ ...start, waits }, column);
      return;
    }
    this.#stop(open);
    open.shown = { ...start, waits, chosen: 0, revision: ++this.#lastRevision };
    open.panel.reveal();
    await this.#draw(open);
  }

  #create(start: StartingPoint & { readonly waits: boolean }, column = vscode.ViewColumn.Active): void {
    const panel = vscode.window.createWebviewPanel(
      playgroundPanelType,
      this.#title,
      column,
      // Monaco takes a second to come back, and would have forgotten what can be undone.
      { ...panelOptions(this.#parts.extensionUri), retainContextWhenHidden: true },
    );
    this.#adopt(panel, start);
  }

  get #title(): string {
    return playgroundStrings[this.#parts.settings.lessonLocale()].title;
  }

  #adopt(
    panel: vscode.WebviewPanel,
    start: StartingPoint & { readonly waits: boolean; readonly chosen?: number },
  ): void {
    const { extensionUri, simulator, warm } = this.#parts;
    warm();
    const shown = { chosen: 0, ...start, revision: ++this.#lastRevision };
    const open: Open = { panel, simulator: simulator(), shown, running: undefined };
    this.#open = open;
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(open, message));
    panel.onDidDispose(() => {
      listening.dispose();
      open.simulator.dispose();
      if (this.#open === open) this.#open = undefined;
    });
    dressPanel(panel, "playground", extensionUri, "playground");
  }

  async #draw(open: Open): Promise<void> {
    const { documents, settings } = this.#parts;
    const locale = settings.lessonLocale();
    const libraries = await documents.libraries();
    open.panel.title = this.#title;
    const strings = playgroundStrings[locale];
    const words = { locale, strings, timeline: timelineStrings[locale] };
    const state = { ...words, ...open.shown, libraries, look: readEditorLook() };
    await this.#post(open, { type: "state", state });
  }

  #receive(open: Open, message: unknown): Promise<void> {
    return answerIntent(message, {
      parse: parsePlaygroundIntent,
      perform: (intent) => this.#perform(open, intent),
      post: (answer) => this.#post(open, answer),
      explain: this.#parts.explain,
    });
  }

  async #perform(open: Open, intent: PlaygroundIntent): Promise<void> {
    const { documents, log } = this.#parts;
    switch (intent.type) {
      case "ready":
        return this.#draw(open);
      case "simulate":
        return this.#simulate(open, intent);
      case "stop":
        this.#stop(open);
        return;
      case "keep": {
        const { text, scenario } = intent;
        const { lesson } = open.shown;
        const document = { text, scenario };
        open.shown = { ...open.shown, document };
        return documents.keep({ document, ...(lesson === undefined ? {} : { lesson }) });
      }
      case "saveFile": {
        const { text, scenario } = intent;
        await documents.saveFile({ text, scenario });
        return;
      }
      case "openFile":
        return this.#beginIf(await documents.openFile());
      case "startFrom":
        return this.#beginIf(await documents.choose());
      case "copyLink": {
        const { text, scenario } = intent;
        return vscode.env.clipboard.writeText(await linkTo({ text, scenario }, this.#parts.extensionId));
      }
      case "saveSvg":
        return this.#savePicture(open, "svg", new TextEncoder().encode(intent.svg));
      case "savePng":
        return this.#savePicture(open, "png", Buffer.from(intent.png, "base64"));
      case "reportProblem":
        log.warn(`The playground reports: ${intent.problem}`);
        return;
    }
  }

  async #savePicture({ shown }: Open, format: "svg" | "png", bytes: Uint8Array): Promise<void> {
    await savePicture(`playground-run-${String(shown.chosen + 1)}`, format, bytes);
  }

  async #beginIf(start: StartingPoint | undefined): Promise<void> {
    if (start !== undefined) await this.#begin(start, false);
  }

  #stop(open: Open): void {
    open.running?.abort();
  }

  async #simulate(open: Open, intent: Extract<PlaygroundIntent, { readonly type: "simulate" }>): Promise<void> {
    const { request, text, scenario, chosen, distribution } = intent;
    // For a page that is made anew, as when the panel moves to another window.
    open.shown = { ...open.shown, document: { text, scenario }, chosen, waits: false };
    const locale = this.#parts.settings.lessonLocale();
    const running = new AbortController();
    open.running = running;
    const post = (message: ToPlaygroundMessage): void => {
      this.#post(open, message).catch((error: unknown) => {
        this.#parts.log.error(String(error));
      });
    };
    const error = await open.simulator.simulate({ program: text, scenario, chosen, distribution }, running.signal, {
      played: (run) => {
        post({ type: "played", request, run, texts: run.trace.map((event) => tellEvent(event, locale)) });
      },
      sampled: (all) => {
        post({ type: "sampled", request, distribution: all });
      },
    });
    if (open.running === running) open.running = undefined;
    if (error !== undefined && error.code !== "cancelled") {
      await this.#post(open, { type: "failed", request, failure: this.#failureOf(error) });
    }
  }

  #failureOf({ message, source }: GradeError) {
    const text = message[this.#parts.settings.lessonLocale()];
    return source === undefined ? { text } : { text, line: source.line, column: source.column };
  }

  async #post(open: Open, message: ToPlaygroundMessage): Promise<void> {
    if (this.#open === open) await open.panel.webview.postMessage(message);
  }
}
