/** At the squiggle of a failure: debug or replay the order that fails, or get a hint. Extension host. */
import * as vscode from "vscode";
import { isStuck } from "../../core/verdict/isStuck.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import { failureSource } from "./failureDiagnostics.ts";
import type { GradingService } from "../grading/gradingService.ts";

export interface FailureCodeActionParts {
  readonly exercises: ExerciseFiles;
  readonly grading: GradingService;
}

export class FailureCodeActions implements vscode.CodeActionProvider, vscode.Disposable {
  readonly #parts: FailureCodeActionParts;
  readonly #registration: vscode.Disposable;

  constructor(parts: FailureCodeActionParts) {
    this.#parts = parts;
    this.#registration = vscode.languages.registerCodeActionsProvider(
      { language: "typescript", pattern: "**/exercise.ts" },
      this,
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    );
  }

  dispose(): void {
    this.#registration.dispose();
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const lesson = this.#parts.exercises.lessonOf(document.uri);
    if (lesson === undefined) return [];
    return diagnostics.flatMap((diagnostic) => {
      const test = this.#failing(lesson, diagnostic);
      if (test !== undefined) {
        return [
          action(diagnostic, vscode.l10n.t("Debug the order that fails"), "debugFailure", [lesson, test.name]),
          action(diagnostic, vscode.l10n.t("Replay the order that fails"), "replaySchedule", [lesson, test.name]),
          action(diagnostic, vscode.l10n.t("Show the next hint"), "showHint", [lesson]),
        ];
      }
      if (!this.#isLoop(lesson, diagnostic)) return [];
      return [
        action(diagnostic, vscode.l10n.t("Debug the endless loop"), "debugFailure", [lesson]),
        action(diagnostic, vscode.l10n.t("Show the next hint"), "showHint", [lesson]),
      ];
    });
  }

  #isLoop(lesson: string, { source, code }: vscode.Diagnostic): boolean {
    const state = this.#parts.grading.stateOf(lesson);
    if (source !== failureSource || state.kind !== "graded" || !isStuck(state.verdict)) return false;
    return state.verdict.error?.code === code;
  }

  /** The first test that the squiggle speaks of. */
  #failing(lesson: string, { source, code, range }: vscode.Diagnostic): TestVerdict | undefined {
    const state = this.#parts.grading.stateOf(lesson);
    if (source !== failureSource || state.kind !== "graded") return undefined;
    return state.verdict.tests.find(
      ({ failure }) => failure?.diagnosis === code && failure?.source?.line === range.start.line + 1,
    );
  }
}

function action(
  diagnostic: vscode.Diagnostic,
  title: string,
  command: string,
  args: readonly string[],
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.command = { title, command: `interleave.${command}`, arguments: [...args] };
  made.diagnostics = [diagnostic];
  return made;
}
