/** Squiggles where a failure began, with the diagnosis as the code. Extension host. */
import * as vscode from "vscode";
import { diagnoses } from "../../core/verdict/diagnoses.ts";
import type { SourcePosition, Verdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import type { GradingObserver, GradingSession } from "../grading/gradingService.ts";
import type { Settings } from "../settings.ts";

/** Of what squiggles are said to come from. */
export const failureSource = "Interleave";

export class FailureDiagnostics implements GradingObserver, vscode.Disposable {
  readonly #exercises: ExerciseFiles;
  readonly #settings: Settings;
  readonly #collection = vscode.languages.createDiagnosticCollection("interleave");

  constructor(exercises: ExerciseFiles, settings: Settings) {
    this.#exercises = exercises;
    this.#settings = settings;
  }

  ended({ lesson, text }: GradingSession, verdict: Verdict): void {
    if (verdict.error?.code === "cancelled") return;
    const lines = text.split(/\r?\n/);
    this.#collection.set(this.#exercises.uriOf(lesson), findings(verdict, lines, this.#settings.lessonLocale()));
  }

  /** Lines move under an edit, and the squiggles would not move with them. */
  clear(uri: vscode.Uri): void {
    this.#collection.delete(uri);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

function findings(verdict: Verdict, lines: readonly string[], locale: Locale): vscode.Diagnostic[] {
  const { error } = verdict;
  const byPlace = new Map<string, vscode.Diagnostic>();
  if (error?.source !== undefined) {
    const diagnostic = new vscode.Diagnostic(rangeAt(error.source, lines), error.message[locale]);
    diagnostic.source = failureSource;
    diagnostic.code = error.code;
    byPlace.set("error", diagnostic);
  }
  for (const { failure } of verdict.tests) {
    if (failure?.source === undefined) continue;
    const { diagnosis, source } = failure;
    // Several tests may fail for one reason: it is said once for each line.
    const place = `${diagnosis} ${String(source.line)}`;
    if (byPlace.has(place)) continue;
    const text = `${diagnoses[diagnosis].title[locale]}: ${failure.message[locale]}`;
    const diagnostic = new vscode.Diagnostic(rangeAt(source, lines), text);
    diagnostic.source = failureSource;
    diagnostic.code = diagnosis;
    byPlace.set(place, diagnostic);
  }
  return [...byPlace.values()];
}

/** From the position to the end of what stands on its line. */
function rangeAt(source: SourcePosition, lines: readonly string[]): vscode.Range {
  const line = Math.min(source.line, Math.max(lines.length, 1)) - 1;
  const text = lines[line] ?? "";
  const end = text.trimEnd().length;
  const start = Math.min(source.column - 1, Math.max(end - 1, 0));
  return new vscode.Range(line, start, line, Math.max(end, start + 1));
}
