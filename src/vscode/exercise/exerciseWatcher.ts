/** Follows the learner's work: grades on save, marks results stale, knows which lesson is at hand. Extension host. */
import * as vscode from "vscode";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import type { FailureDiagnostics } from "./failureDiagnostics.ts";
import type { GradingService } from "../grading/gradingService.ts";
import type { LessonPanels } from "../lessons/lessonPanels.ts";

export interface ExerciseWatcherParts {
  readonly exercises: ExerciseFiles;
  readonly panels: LessonPanels;
  readonly grading: GradingService;
  readonly diagnostics: FailureDiagnostics;
  /** Whether a save of this lesson's exercise is to be graded. */
  readonly gradesOnSave: (lesson: string) => boolean;
  readonly grade: (lesson: string) => Promise<void>;
  /** The exercise of this lesson has got the focus. */
  readonly accompany: (lesson: string) => Promise<void>;
  readonly onProblem: (error: unknown) => void;
}

const contextKey = "interleave.exerciseActive";

export class ExerciseWatcher implements vscode.Disposable {
  readonly #parts: ExerciseWatcherParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #last: string | undefined;

  /** The lesson at hand may be another one now. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: ExerciseWatcherParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidSaveTextDocument((document) => {
        this.#saved(document);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.#edited(event);
      }),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.update();
        const lesson = this.#inEditor();
        if (lesson !== undefined) parts.accompany(lesson).catch(parts.onProblem);
      }),
      parts.panels.onDidChangeActive(() => {
        this.update();
      }),
    );
  }

  /** The lesson whose exercise or panel has the focus, or had it last. */
  get current(): string | undefined {
    return this.#focused() ?? this.#last;
  }

  update(): void {
    void vscode.commands.executeCommand("setContext", contextKey, this.#inEditor() !== undefined);
    this.#last = this.#focused() ?? this.#last;
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #focused(): string | undefined {
    return this.#parts.panels.active ?? this.#inEditor();
  }

  /** The lesson whose exercise is in the active editor. */
  #inEditor(): string | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor === undefined ? undefined : this.#parts.exercises.lessonOf(editor.document.uri);
  }

  #saved(document: vscode.TextDocument): void {
    const lesson = this.#parts.exercises.lessonOf(document.uri);
    if (lesson === undefined || !this.#parts.gradesOnSave(lesson)) return;
    this.#parts.grade(lesson).catch(this.#parts.onProblem);
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const lesson = contentChanges.length === 0 ? undefined : this.#parts.exercises.lessonOf(document.uri);
    if (lesson === undefined) return;
    this.#parts.grading.edited(lesson, document.getText());
    this.#parts.diagnostics.clear(document.uri);
  }
}
