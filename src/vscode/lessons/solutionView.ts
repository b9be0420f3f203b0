/** Shows a lesson's solution beside the exercise, as a diff with a read-only document. Extension host. */
import * as vscode from "vscode";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "./lessonLibrary.ts";

const scheme = "interleave";

export class SolutionView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #library: LessonLibrary;
  readonly #exercises: ExerciseFiles;
  readonly #registration: vscode.Disposable;

  constructor(library: LessonLibrary, exercises: ExerciseFiles) {
    this.#library = library;
    this.#exercises = exercises;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const lesson = uri.path
      .split("/")
      .filter((part) => part !== "")
      .slice(0, -1);
    return (await this.#library.lesson(lesson.join("/"))).solution;
  }

  async show(lesson: string, title: string): Promise<void> {
    const exercise = await this.#exercises.ensure(lesson);
    const solution = vscode.Uri.from({ scheme, path: `/${lesson}/solution.ts` });
    const label = vscode.l10n.t("{0}: your exercise ↔ a solution", title);
    const options: vscode.TextDocumentShowOptions = { viewColumn: vscode.ViewColumn.One, preview: true };
    await vscode.commands.executeCommand("vscode.diff", exercise, solution, label, options);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
