/**
 * Ties the timeline to the exercise's editor: which lines the cursor is on, and a mark on the line of the current event. Both
 * only while the exercise is the text that ran, for then alone its lines are those of the trace. Extension host.
 */
import * as vscode from "vscode";
import { placeOf } from "../../core/timeline/timelineModel.ts";
import type { EditorView } from "../../protocol/timelineMessages.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { RunStage } from "./runStage.ts";

/** More cursors than this light nothing up that a reader could tell apart. */
const mostLines = 50;

export class TimelineCaret implements vscode.Disposable {
  readonly #stage: RunStage;
  readonly #exercises: ExerciseFiles;
  readonly #changed = new vscode.EventEmitter<EditorView>();
  readonly #mark: vscode.TextEditorDecorationType;
  readonly #subscriptions: vscode.Disposable;
  #view: EditorView = { lines: [], stale: false };

  /** The cursor is on other lines, or the exercise was edited, or is again what it was. */
  readonly onDidChange = this.#changed.event;

  constructor(stage: RunStage, exercises: ExerciseFiles) {
    this.#stage = stage;
    this.#exercises = exercises;
    const color = new vscode.ThemeColor("editor.rangeHighlightBackground");
    this.#mark = vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: color,
      overviewRulerColor: new vscode.ThemeColor("focusBorder"),
      overviewRulerLane: vscode.OverviewRulerLane.Full,
    });
    const update = (): void => {
      this.#update();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#mark,
      stage.observe({ showed: update, moved: update }),
      vscode.window.onDidChangeVisibleTextEditors(update),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#isShown(textEditor.document)) this.#update();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#isShown(document)) this.#update();
      }),
    );
  }

  get view(): EditorView {
    return this.#view;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** The document is the exercise of the run on show. */
  #isShown(document: vscode.TextDocument): boolean {
    const { run } = this.#stage;
    if (run === undefined) return false;
    return document.uri.toString() === (run.document ?? this.#exercises.uriOf(run.lesson).toString());
  }

  #update(): void {
    const { run } = this.#stage;
    const document = vscode.workspace.textDocuments.find((each) => this.#isShown(each));
    const stale = run !== undefined && document !== undefined && document.getText() !== run.exercise;
    const line = stale ? undefined : this.#currentLine();
    for (const editor of vscode.window.visibleTextEditors) {
      const range = line === undefined ? [] : [new vscode.Range(line - 1, 0, line - 1, 0)];
      editor.setDecorations(this.#mark, this.#isShown(editor.document) ? range : []);
    }
    const editor = vscode.window.visibleTextEditors.find((each) => this.#isShown(each.document));
    const lines = stale ? [] : (editor?.selections ?? []).slice(0, mostLines).map(({ active }) => active.line + 1);
    if (stale === this.#view.stale && lines.join() === this.#view.lines.join()) return;
    this.#view = { lines, stale };
    this.#changed.fire(this.#view);
  }

  /** Line of the exercise (from 1) that the current event is about. */
  #currentLine(): number | undefined {
    const { run, moment } = this.#stage;
    return run === undefined || moment === undefined ? undefined : run.trace[placeOf(run.trace, moment)]?.line;
  }
}
