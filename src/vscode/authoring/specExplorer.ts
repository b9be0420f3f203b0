/** "Explore Solution": the schedule space of a lesson's spec as a read-only document, shown as Markdown. Extension host. */
import * as vscode from "vscode";
import { explorationText } from "../../core/authoring/explorationText.ts";
import { exploreLesson } from "../../core/authoring/exploreLesson.ts";
import type { Exploration } from "../../core/authoring/exploration.ts";
import { readKnownMistakes } from "../../core/authoring/knownMistakes.ts";
import { readLessonMeta, readText } from "../../core/lesson/lessonFiles.ts";
import type { SpaceExplorer } from "../../protocol/grading.ts";
import { brokenLesson } from "../lessons/brokenLesson.ts";
import type { AuthoredLesson, AuthoredLessons } from "./authoredLessons.ts";
import type { Settings } from "../settings.ts";

const scheme = "interleave-exploration";

export interface SpecExplorerParts {
  readonly authored: AuthoredLessons;
  readonly grader: SpaceExplorer;
  readonly settings: Settings;
}

export class SpecExplorer implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #parts: SpecExplorerParts;
  readonly #found = new Map<string, Exploration>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registrations: vscode.Disposable;
  readonly onDidChange = this.#changed.event;

  constructor(parts: SpecExplorerParts) {
    this.#parts = parts;
    this.#registrations = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const found = this.#found.get(uri.toString());
    // A window that was loaded anew still shows the editor.
    if (found === undefined) return `${vscode.l10n.t("Run “Interleave: Explore Solution” once more.")}\n`;
    return explorationText(found, this.#parts.settings.lessonLocale());
  }

  /** @param name of a lesson over all packs; used where no file of a lesson is in the editor */
  async explore(name: () => Promise<string | undefined>): Promise<void> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const lesson =
      (active === undefined ? undefined : await this.#parts.authored.of(active)) ?? (await this.#ask(name));
    const found = lesson === undefined ? undefined : await this.#run(lesson);
    if (lesson === undefined || found === undefined) return;
    const title = vscode.l10n.t("Schedule space of {0}", lesson.id);
    const uri = vscode.Uri.from({ scheme, path: `/${title}.md`, query: lesson.pack.toString() });
    this.#found.set(uri.toString(), found);
    this.#changed.fire(uri);
    await show(uri);
  }

  async #ask(name: () => Promise<string | undefined>): Promise<AuthoredLesson | undefined> {
    const chosen = await name();
    return chosen === undefined ? undefined : this.#parts.authored.named(chosen);
  }

  /** Undefined where it was cancelled. */
  async #run({ reader, id }: AuthoredLesson): Promise<Exploration | undefined> {
    const [meta, spec, solution, mistakes] = await Promise.all([
      readLessonMeta(reader, id),
      readText(reader, `${id}/spec.ts`),
      readText(reader, `${id}/solution.ts`),
      readKnownMistakes(reader, id),
    ]);
    if (!meta.ok) throw brokenLesson(meta.findings);
    if (!spec.ok) throw brokenLesson(spec.findings);
    if (!solution.ok) throw brokenLesson(solution.findings);
    if (!mistakes.ok) throw brokenLesson(mistakes.findings);
    const file = "solution.ts";
    const exports = meta.value.exports;
    const request = { lesson: id, spec: spec.value, exercise: solution.value, exerciseName: file, exports };
    const title = vscode.l10n.t("Exploring {0}", id);
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
    return vscode.window.withProgress(options, async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => {
        abort.abort();
      });
      const work = { request, file, mistakes: mistakes.value };
      try {
        return await exploreLesson(this.#parts.grader, work, abort.signal, (each, done, total) => {
          progress.report({
            message: `${each} (${String(done + 1)}/${String(total)})`,
            increment: done === 0 ? 0 : 100 / total,
          });
        });
      } catch (error) {
        if (abort.signal.aborted) return undefined;
        throw error;
      }
    });
  }
}

/** Where Markdown cannot be shown, its tables are aligned as they are. */
async function show(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}
