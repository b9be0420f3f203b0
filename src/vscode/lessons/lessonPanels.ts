/**
 * All lesson panels of the window, which come back after a reload. As editors do, a panel turns to the lesson that is opened next,
 * unless its tab is pinned: that one stays, and the other lesson gets a panel of its own. Extension host.
 */
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

  /** Shows the lesson beside the exercise: in its own panel, in one that may turn to it, else in a new one. */
  show(lesson: string, title: string, preserveFocus: boolean): LessonPanel {
    const shown = this.#panels.get(lesson) ?? this.#turn(lesson, title);
    if (shown !== undefined) {
      shown.panel.reveal(shown.panel.viewColumn, preserveFocus);
      return shown;
    }
    const panel = vscode.window.createWebviewPanel(
      lessonPanelType,
      title,
      { viewColumn: this.#column(), preserveFocus },
      panelOptions(this.#extensionUri),
    );
    return this.#adopt(lesson, panel);
  }

  /** A panel that is in view, and may, turns to this lesson: its exercise has got the focus. */
  accompany(lesson: string, title: string): void {
    if (this.canAccompany(lesson)) this.#turn(lesson, title);
  }

  /** Whether `accompany` would change anything. */
  canAccompany(lesson: string): boolean {
    return !this.#panels.has(lesson) && this.#turnable()?.panel.visible === true;
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
      this.#panels.delete(adopted.lesson);
      this.#activeChanged.fire();
    });
    panel.onDidChangeViewState(() => {
      this.#activeChanged.fire();
    });
    return adopted;
  }

  /** One in view rather than one behind other tabs. */
  #turnable(): LessonPanel | undefined {
    const free = [...this.#panels.values()].filter(({ panel }) => !isPinned(panel));
    return free.find(({ panel }) => panel.visible) ?? free.at(-1);
  }

  /** Undefined where no panel may. */
  #turn(lesson: string, title: string): LessonPanel | undefined {
    const turned = this.#turnable();
    if (turned === undefined) return undefined;
    this.#panels.delete(turned.lesson);
    this.#panels.set(lesson, turned);
    turned.turnTo(lesson, title).catch((error: unknown) => this.#host.explain(error));
    this.#activeChanged.fire();
    return turned;
  }

  /** Where other lessons' panels are, else beside the exercise. */
  #column(): vscode.ViewColumn {
    const [other] = this.#panels.values();
    return other?.panel.viewColumn ?? vscode.ViewColumn.Two;
  }
}

/** VS Code tells of tabs, and of panels, but not which tab is which panel's. */
function isPinned({ title, viewColumn }: vscode.WebviewPanel): boolean {
  const group = vscode.window.tabGroups.all.find((each) => each.viewColumn === viewColumn);
  return (
    group?.tabs.some(({ isPinned: pinned, label, input }) => {
      // VS Code puts a prefix of its own before the type.
      const isOurs = input instanceof vscode.TabInputWebview && input.viewType.endsWith(lessonPanelType);
      return pinned && isOurs && label === title;
    }) ?? false
  );
}

/** The lesson in what a page had kept (`PanelMemory`, `QuizMemory`), if that is what it is. */
export function lessonOfMemory(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("lesson" in state)) return undefined;
  return typeof state.lesson === "string" ? state.lesson : undefined;
}
