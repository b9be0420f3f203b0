/**
 * Previews of lessons that are being written: the lesson panel's own page beside the file, drawn anew as one types, and back after a
 * reload. Extension host.
 */
import * as vscode from "vscode";
import { packRules } from "../../core/lesson/lessonReader.ts";
import { renderLesson, type RenderedLesson } from "../../core/lessonPanel/lessonPanelState.ts";
import { lessonSoFar, nothingToPreview, previewedFolder, previewState } from "../../core/authoring/lessonPreview.ts";
import type { Lesson } from "../../core/lesson/lessonFiles.ts";
import type { LessonPanelIntent, LessonPanelState } from "../../protocol/lessonPanelMessages.ts";
import type { Locale } from "../../protocol/words.ts";
import type { LessonUnderCheck } from "../../verify/lessonCheck.ts";
import type { AuthoredPack } from "./authoredPack.ts";
import { KeptDrawings } from "../lessons/keptDrawings.ts";
import { LessonPanel, type LessonPanelHost } from "../lessons/lessonPanel.ts";
import { panelOptions } from "../pages/panelPage.ts";
import type { PackAuthoring } from "./packAuthoring.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

export const previewPanelType = "interleave.preview";

export interface LessonPreviewParts {
  readonly extensionUri: vscode.Uri;
  readonly authoring: PackAuthoring;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
  /** Logs an error and gives a sentence for the author. */
  readonly explain: (error: unknown) => string;
  readonly onProblem: (error: unknown) => void;
}

/** Prose is rendered again only when the lesson or the language is another. */
interface Rendered {
  readonly read: LessonUnderCheck;
  readonly locale: Locale;
  readonly lesson: Lesson;
  readonly rendered: RenderedLesson;
}

interface Preview {
  readonly pack: AuthoredPack;
  readonly panel: LessonPanel;
}

export class LessonPreviews implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #parts: LessonPreviewParts;
  readonly #previews = new Map<string, Preview>();
  readonly #subscription: vscode.Disposable;

  constructor(parts: LessonPreviewParts) {
    this.#parts = parts;
    this.#subscription = parts.authoring.onDidChange((pack) => {
      for (const preview of this.#previews.values()) {
        if (preview.pack === pack) preview.panel.refresh().catch(parts.onProblem);
      }
    });
  }

  /** @param uri a file of the lesson; undefined: the one in the active editor */
  async show(uri: vscode.Uri | undefined): Promise<void> {
    const place = await this.#parts.authoring.placeInLesson(uri);
    this.#open(place.pack, place.lesson);
  }

  /** The lesson need not be there any more, nor the workspace be trusted. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { authoring, extensionUri } = this.#parts;
    const folder = previewedFolder(state);
    const file = folder === undefined ? undefined : vscode.Uri.joinPath(vscode.Uri.parse(folder), "lesson.json");
    const place = file === undefined ? undefined : await authoring.placeOf(file);
    if (place === undefined || place.lesson === "" || this.#previews.has(keyOf(place.pack, place.lesson))) {
      panel.dispose();
      if (place !== undefined) authoring.released(place.pack);
      return;
    }
    panel.webview.options = panelOptions(extensionUri);
    this.#adopt(place.pack, place.lesson, panel);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { panel } of this.#previews.values()) panel.dispose();
  }

  #open(pack: AuthoredPack, lesson: string): void {
    const known = this.#previews.get(keyOf(pack, lesson));
    if (known !== undefined) {
      known.panel.panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      previewPanelType,
      lesson,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      panelOptions(this.#parts.extensionUri),
    );
    this.#adopt(pack, lesson, panel);
  }

  #adopt(pack: AuthoredPack, lesson: string, panel: vscode.WebviewPanel): void {
    const { extensionUri, authoring, explain, onProblem } = this.#parts;
    const key = keyOf(pack, lesson);
    const drawing = { rendered: undefined as Rendered | undefined };
    const host: LessonPanelHost = {
      title: (state) => vscode.l10n.t("Preview: {0}", state.lesson.title),
      state: () => Promise.resolve(this.#state(pack, lesson, drawing)),
      moment: () => Promise.resolve(undefined),
      stepper: () => undefined,
      perform: (_, intent) => this.#perform(pack, lesson, intent),
      explain,
    };
    const preview = new LessonPanel(lesson, panel, extensionUri, host, new KeptDrawings());
    this.#previews.set(key, { pack, panel: preview });
    pack.hold(lesson, previewPanelType);
    pack.run(lesson).catch(onProblem);
    panel.onDidDispose(() => {
      this.#previews.delete(key);
      pack.release(lesson, previewPanelType);
      authoring.released(pack);
    });
  }

  #state(pack: AuthoredPack, id: string, drawing: { rendered: Rendered | undefined }): LessonPanelState {
    const locale = this.#parts.settings.lessonLocale();
    const author = pack.authorView(id, locale);
    const read = pack.live.lesson(id);
    const { catalog } = pack.live;
    if (read === undefined || catalog === undefined) return nothingToPreview(id, locale, author);
    if (drawing.rendered?.read !== read || drawing.rendered.locale !== locale) {
      const lesson = lessonSoFar(read);
      drawing.rendered = { read, locale, lesson, rendered: renderLesson(lesson, locale) };
    }
    const { lesson, rendered } = drawing.rendered;
    return previewState({ locale, catalog, lesson, rendered, titleOf: (other) => pack.live.titleOf(other), author });
  }

  async #perform(pack: AuthoredPack, lesson: string, intent: LessonPanelIntent): Promise<void> {
    const { settings, log } = this.#parts;
    switch (intent.type) {
      case "run":
        // The answer is that it began: the strip tells how it goes on.
        pack.runAgain(lesson).catch(this.#parts.onProblem);
        return;
      case "stop":
        pack.cancel(lesson);
        return;
      case "openPackFile":
        return openFile(pack, intent.file, intent.line);
      case "openLesson":
        if (pack.live.titleOf(intent.lesson) === undefined)
          throw new UserError(vscode.l10n.t('There is no lesson "{0}".', intent.lesson));
        this.#open(pack, intent.lesson);
        return;
      case "setLanguage":
        return settings.set("lessonLanguage", intent.language);
      case "reportProblem":
        log.warn(`The preview of ${lesson} reports: ${intent.problem}`);
        return;
      case "ready":
      case "keepDrawing":
        // The panel does these by itself.
        return;
      // The page has no buttons for these here.
      case "showHint":
      case "showSolution":
      case "resetExercise":
      case "restoreExercise":
      case "openExercise":
      case "revealSource":
      case "copySchedule":
      case "replayFailure":
      case "showFailure":
      case "debugFailure":
      case "debugLoop":
      case "stepThroughFailure":
      case "showNaturalOrder":
      case "moveTo":
      case "lookAtWhole":
      case "beatScheduler":
      case "stepper":
      case "checkYourself":
      case "openInPlayground":
        throw new UserError(vscode.l10n.t("This is a preview: only the lesson itself does that."));
    }
  }
}

function keyOf({ root }: AuthoredPack, lesson: string): string {
  return vscode.Uri.joinPath(root, lesson).toString();
}

/** In the column of the other files, so that the preview stays beside them. */
async function openFile(pack: AuthoredPack, file: string, line: number): Promise<void> {
  const named = pack.fileOf({ file, message: { en: "", "zh-cn": "" } });
  // The path comes from a page: nothing that leads out of the pack.
  const uri = vscode.Uri.joinPath(pack.root, ...packRules.segments(named));
  const document = await vscode.workspace.openTextDocument(uri);
  const range = document.lineAt(Math.min(line, document.lineCount) - 1).range;
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.One,
    selection: new vscode.Range(range.start, range.start),
  });
}
