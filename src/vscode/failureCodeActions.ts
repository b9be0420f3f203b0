/** "Debug the order that fails" at the squiggle of a failure. Extension host. */
import * as vscode from "vscode";
import type { TestVerdict } from "../protocol/verdict.ts";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import { failureSource } from "./failureDiagnostics.ts";
import type { GradingService } from "./gradingService.ts";

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
      if (test === undefined) return [];
      const title = vscode.l10n.t("Debug the order that fails");
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { title, command: "interleave.debugFailure", arguments: [lesson, test.name] };
      action.diagnostics = [diagnostic];
      return [action];
    });
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
