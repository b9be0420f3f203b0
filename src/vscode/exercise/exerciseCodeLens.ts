/** "Run", "Debug", "Hint 1/3" and "Show lesson" above what an exercise exports. Extension host. */
import * as vscode from "vscode";
import { exportLine } from "../../core/lesson/lessonExports.ts";
import { isStuck } from "../../core/verdict/isStuck.ts";
import type { GradingState } from "../../core/lessonPanel/lessonPanelState.ts";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import type { GradingService } from "../grading/gradingService.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { Settings } from "../settings.ts";

export interface ExerciseCodeLensParts {
  readonly exercises: ExerciseFiles;
  readonly library: LessonLibrary;
  readonly grading: GradingService;
  readonly store: ProgressStore;
  readonly settings: Settings;
}

export class ExerciseCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #parts: ExerciseCodeLensParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(parts: ExerciseCodeLensParts) {
    this.#parts = parts;
    const fire = (): void => {
      this.refresh();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      parts.store.onDidChange(fire),
      parts.settings.onDidChange("codeLens", fire),
      parts.grading.observe({ started: fire, ended: fire }),
      vscode.languages.registerCodeLensProvider({ language: "typescript", pattern: "**/exercise.ts" }, this),
    );
  }

  refresh(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const { exercises, library, grading, store, settings } = this.#parts;
    const id = exercises.lessonOf(document.uri);
    if (id === undefined || !settings.get("codeLens")) return [];
    const lesson = await library.lesson(id);
    const line = exportLine(document.getText(), lesson.meta.exports) - 1;
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command: `interleave.${command}`, arguments: [id] });

    const total = library.rendered(lesson, settings.lessonLocale()).hints.length;
    const next = Math.min(store.progress.lesson(id).hintsShown + 1, total);
    return [
      grading.running(id) === undefined
        ? lens(`$(play) ${vscode.l10n.t("Run")}`, "run")
        : lens(`$(loading~spin) ${vscode.l10n.t("Stop")}`, "stop"),
      ...toDebug(grading.stateOf(id)).map((title) => lens(`$(debug-alt) ${title}`, "debugFailure")),
      ...(total > 0 ? [lens(`$(lightbulb) ${vscode.l10n.t("Hint {0}/{1}", next, total)}`, "showHint")] : []),
      lens(`$(book) ${vscode.l10n.t("Show lesson")}`, "showLesson"),
    ];
  }
}

/**
 * What there is to debug, in words: nothing, or one thing. An edit makes a verdict stale: another text may fail elsewhere, which
 * debugging finds out first.
 */
function toDebug(state: GradingState): readonly string[] {
  if (state.kind !== "graded") return [];
  if (isStuck(state.verdict)) return [vscode.l10n.t("Debug endless loop")];
  return state.verdict.tests.some(({ status }) => status === "failed") ? [vscode.l10n.t("Debug failure")] : [];
}
