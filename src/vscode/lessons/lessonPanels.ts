/** All lesson panels of the window, one a lesson; brings them back after a reload. Extension host. */
import * as vscode from "vscode";
import { KeptDrawings } from "./keptDrawings.ts";
import { LessonPanel, type LessonPanelHost } from "./lessonPanel.ts";
import { panelOptions } from "../pages/panelPage.ts";

export const lessonPanelType = "interleave.lesson";

export class LessonPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #host: LessonPanelHost;
  readonly #drawings = new KeptDrawings();
  readonly #panels = new Map<string, LessonPanel>();
  readonly #activeChanged = new vscode.EventEmitter<void>();
  /** A panel got or lost the focus, or was closed. */
  readonly onDidChangeActive = this.#activeChanged.event;

  constructor(extensionUri: vscode.Uri, host: LessonPanelHost) {
    this.#extensionUri = extensionUri;
    this.#host = host;
  }

  /** The lesson whose panel has the focus. */
  get active(): string | undefined {
    return [...this.#panels.values()].find(({ panel }) => panel.active)?.lesson;
  }

  /** Shows the lesson's panel beside the exercise, making it if need be. */
  show(lesson: string, title: string, preserveFocus: boolean): LessonPanel {
    const known = this.#panels.get(lesson);
    if (known !== undefined) {
      known.panel.reveal(known.panel.viewColumn, preserveFocus);
      return known;
    }
    const panel = vscode.window.createWebviewPanel(
      lessonPanelType,
      title,
      { viewColumn: this.#column(), preserveFocus },
      panelOptions(this.#extensionUri),
    );
    return this.#adopt(lesson, panel);
  }

  get(lesson: string): LessonPanel | undefined {
    return this.#panels.get(lesson);
  }

  async refresh(lesson: string): Promise<void> {
    await this.#panels.get(lesson)?.refresh();
  }

  /** Has the lesson's diagrams show the moment that is looked at. */
  async follow(lesson: string): Promise<void> {
    await this.#panels.get(lesson)?.follow();
  }

  /** The same in every panel, with the words of the language in which lessons are shown now. */
  async followAll(): Promise<void> {
    const panels = [...this.#panels.values()];
    await Promise.all(panels.flatMap((panel) => [panel.follow(), panel.showStepper()]));
  }

  async refreshAll(): Promise<void> {
    await Promise.all([...this.#panels.values()].map((panel) => panel.refresh()));
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
    this.#activeChanged.dispose();
  }

  #adopt(lesson: string, panel: vscode.WebviewPanel): LessonPanel {
    const adopted = new LessonPanel(lesson, panel, this.#extensionUri, this.#host, this.#drawings);
    this.#panels.set(lesson, adopted);
    panel.onDidDispose(() => {
      this.#panels.delete(lesson);
      this.#activeChanged.fire();
    });
    panel.onDidChangeViewState(() => {
      this.#activeChanged.fire();
    });
    return adopted;
  }

  /** Where other lessons' panels are, else beside the exercise. */
  #column(): vscode.ViewColumn {
    const [other] = this.#panels.values();
    return other?.panel.viewColumn ?? vscode.ViewColumn.Two;
  }
}

/** The lesson in what a page had kept (`PanelMemory`, `QuizMemory`), if that is what it is. */
export function lessonOfMemory(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("lesson" in state)) return undefined;
  return typeof state.lesson === "string" ? state.lesson : undefined;
}
