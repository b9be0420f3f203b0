/** Where the playground's programs come from and go to: lessons, files, what this window had last. Extension host. */
import * as vscode from "vscode";
import { parseDocument } from "../../core/playground/document.ts";
import { documentToFile, fileToDocument } from "../../core/playground/sharing.ts";
import { startFromExercise } from "../../core/playground/startingPoint.ts";
import { type PlaygroundDocument, longestProgram } from "../../protocol/playgroundMessages.ts";
import { defaultScenario } from "../../protocol/simulation.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

const storeKey = "interleave.playground";

/** A document, and the lesson that it began from. */
export interface StartingPoint {
  readonly document: PlaygroundDocument;
  readonly lesson?: string;
}

/** Without a lesson: the usual program. */
type StartingItem = vscode.QuickPickItem & { readonly lesson?: string };

export interface PlaygroundDocumentParts {
  readonly extensionUri: vscode.Uri;
  /** Of the workspace: another window has another playground. */
  readonly store: vscode.Memento;
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly settings: Settings;
}

export class PlaygroundDocuments {
  readonly #parts: PlaygroundDocumentParts;

  constructor(parts: PlaygroundDocumentParts) {
    this.#parts = parts;
  }

  /** What this window had last; else the usual program. */
  async last(): Promise<StartingPoint> {
    const kept = this.#parts.store.get<{ readonly document?: unknown; readonly lesson?: unknown }>(storeKey);
    const document = parseDocument(kept?.document);
    if (document === undefined) return this.usual();
    return { document, ...(typeof kept?.lesson === "string" ? { lesson: kept.lesson } : {}) };
  }

  async keep(start: StartingPoint): Promise<void> {
    await this.#parts.store.update(storeKey, start);
  }

  async usual(): Promise<StartingPoint> {
    return { document: { text: await this.#read("playground", "main.ts"), scenario: defaultScenario } };
  }

  /** The learner's exercise as it stands, with the lesson's driver. @throws UserError where the lesson has none */
  async ofLesson(id: string): Promise<StartingPoint> {
    const { library, exercises, settings } = this.#parts;
    const [{ meta }, driver, exercise] = await Promise.all([
      library.lesson(id),
      library.playground(id),
      exercises.text(id),
    ]);
    const title = meta.title[settings.lessonLocale()];
    if (driver === undefined) {
      throw new UserError(vscode.l10n.t("“{0}” has nothing for the playground to run.", title));
    }
    const text = startFromExercise(exercise, driver);
    if (text.length > longestProgram)
      throw new UserError(vscode.l10n.t("The exercise is too long for the playground."));
    return { document: { text, scenario: defaultScenario }, lesson: title };
  }

  /** Lets the user choose a lesson, or the usual program. Undefined where they do not. */
  async choose(): Promise<StartingPoint | undefined> {
    // The box is there at once, and says that it is busy while lessons are read.
    const picked = await vscode.window.showQuickPick(this.#startingItems(), {
      placeHolder: vscode.l10n.t("What should the playground begin with? Your exercise is taken as it stands."),
      matchOnDetail: true,
    });
    if (picked === undefined) return undefined;
    return picked.lesson === undefined ? this.usual() : this.ofLesson(picked.lesson);
  }

  async #startingItems(): Promise<readonly StartingItem[]> {
    const { library, settings } = this.#parts;
    const locale = settings.lessonLocale();
    const tracks = await library.playable();
    return [
      { label: vscode.l10n.t("A fan-out with a limit"), description: vscode.l10n.t("the usual program") },
      ...tracks.flatMap(({ pack, track, lessons }): readonly StartingItem[] => [
        {
          label: `${pack === undefined ? "" : `${pack.title[locale]} › `}${track.title[locale]}`,
          kind: vscode.QuickPickItemKind.Separator,
        },
        ...lessons.map(({ id, title, summary }) => ({ label: title[locale], detail: summary[locale], lesson: id })),
      ]),
    ];
  }

  /** Undefined where the user chooses none. */
  async openFile(): Promise<StartingPoint | undefined> {
    const [uri] =
      (await vscode.window.showOpenDialog({
        filters: fileKinds(),
        canSelectMany: false,
        title: vscode.l10n.t("Open in the Playground"),
      })) ?? [];
    if (uri === undefined) return undefined;
    const { size } = await vscode.workspace.fs.stat(uri);
    const bytes = size > 4 * longestProgram ? undefined : await vscode.workspace.fs.readFile(uri);
    const document = bytes && fileToDocument(new TextDecoder().decode(bytes));
    if (document === undefined) {
      throw new UserError(vscode.l10n.t("This file cannot be shown: its scenario cannot be read, or it is too long."));
    }
    return { document };
  }

  /** False where the user chooses no file. */
  async saveFile(document: PlaygroundDocument): Promise<boolean> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const uri = await vscode.window.showSaveDialog({
      filters: fileKinds(),
      ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, "playground.ts") }),
    });
    if (uri === undefined) return false;
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(documentToFile(document)));
    return true;
  }

  /** Declarations that a program knows, by file name. */
  async libraries(): Promise<readonly { readonly name: string; readonly text: string }[]> {
    const [world, playground] = await Promise.all([
      this.#read("exercise", "world.d.ts"),
      this.#read("playground", "playground.d.ts"),
    ]);
    return [
      { name: "world.d.ts", text: world },
      { name: "playground.d.ts", text: playground },
    ];
  }

  async #read(folder: string, file: string): Promise<string> {
    const uri = vscode.Uri.joinPath(this.#parts.extensionUri, "media", folder, file);
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  }
}

function fileKinds(): Record<string, string[]> {
  return { TypeScript: ["ts"] };
}
