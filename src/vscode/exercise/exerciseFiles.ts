/**
 * The learner's exercises as real files: where they are, how they come into being, reset and restore. Never overwrites
 * an exercise but on `reset` and `restore`, and those first keep the text that they replace, so that a crash at any moment
 * leaves it in the exercise, among the kept texts, or in both. Extension host.
 */
import * as vscode from "vscode";
import { exerciseName } from "../../core/lessonPanel/lessonPanelState.ts";
import { lessonName, parseLessonName } from "../../core/packs/lessonName.ts";
import type { KeptTexts } from "./keptTexts.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { Settings } from "../settings.ts";
import { isAbsolute } from "../absolutePath.ts";
import { fileExists } from "../fileExists.ts";
import { UserError } from "../userError.ts";

/** In the folder of all exercises, written by us and kept up to date. */
const sharedFiles = ["tsconfig.json", "world.d.ts"];

export class ExerciseFiles {
  readonly #context: Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri">;
  readonly #library: LessonLibrary;
  readonly #settings: Settings;
  readonly #texts: KeptTexts;
  /** Lessons with a text to restore, as far as it was asked. */
  readonly #kept = new Map<string, boolean>();
  /** Ids of lessons, once they are known: `lessonOf` must answer at once. */
  #ids: readonly string[] = [];

  constructor(
    context: Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri">,
    library: LessonLibrary,
    settings: Settings,
    texts: KeptTexts,
  ) {
    this.#context = context;
    this.#library = library;
    this.#settings = settings;
    this.#texts = texts;
  }

  /** Learns which lessons there are. */
  async load(): Promise<void> {
    const { metas } = await this.#library.overview();
    this.#ids = [...metas.keys()];
    await Promise.all(this.#ids.map((id) => this.#look(id)));
  }

  /** Of the lessons that it knows. */
  get lessons(): readonly string[] {
    return this.#ids;
  }

  uriOf(lesson: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, lesson, exerciseName);
  }

  /** The lesson whose exercise this is: a built-in one, or one of the packs that have been read. */
  lessonOf(uri: vscode.Uri): string | undefined {
    if (!uri.path.endsWith(`/${exerciseName}`)) return undefined;
    const text = uri.toString();
    const inPack = this.packLessonOf(uri);
    if (inPack !== undefined && this.#library.isKnownInPack(inPack)) return inPack;
    return this.#ids.find((id) => this.uriOf(id).toString() === text);
  }

  /** The name of the pack's lesson whose exercise this is if there is such a pack, which its path alone does not tell. */
  packLessonOf(uri: vscode.Uri): string | undefined {
    const steps = uri.path.split("/");
    const name = parseLessonName(steps.slice(-3, -1).join("/"));
    if (name?.pack === undefined || steps.at(-1) !== exerciseName) return undefined;
    return this.uriOf(lessonName(name)).toString() === uri.toString() ? lessonName(name) : undefined;
  }

  /** Makes sure that the exercise is there, with the types it needs. */
  async ensure(lesson: string): Promise<vscode.Uri> {
    const uri = this.uriOf(lesson);
    await this.#writeSharedFiles();
    if (!(await fileExists(uri))) {
      const { exercise } = await this.#library.lesson(lesson);
      await write(uri, exercise);
    }
    return uri;
  }

  /** Its text as the learner sees it, saved or not. */
  async text(lesson: string): Promise<string> {
    return this.#document(lesson)?.getText() ?? (await read(await this.ensure(lesson)));
  }

  /** As `text`, but undefined where there is no exercise yet. */
  async existingText(lesson: string): Promise<string | undefined> {
    const open = this.#document(lesson)?.getText();
    if (open !== undefined) return open;
    return (await fileExists(this.uriOf(lesson))) ? read(this.uriOf(lesson)) : undefined;
  }

  /** All that the learner has written of it, also what a reset or a restore took out of it. */
  async writtenTexts(lesson: string): Promise<readonly string[]> {
    const [now, kept] = await Promise.all([this.existingText(lesson), this.#texts.all(lesson)]);
    return now === undefined ? kept : [now, ...kept];
  }

  /** Saves it where it is open with changes. */
  async save(lesson: string): Promise<void> {
    const document = this.#document(lesson);
    if (document?.isDirty === true) await document.save();
  }

  async canRestore(lesson: string): Promise<boolean> {
    if (!this.#kept.has(lesson)) await this.#look(lesson);
    return this.#kept.get(lesson) === true;
  }

  /** Puts the starter back and keeps the text that was there. False where there was nothing to do. */
  async reset(lesson: string): Promise<boolean> {
    const { exercise } = await this.#library.lesson(lesson);
    const current = await this.text(lesson);
    if (current === exercise) return false;
    await this.#texts.keep(lesson, current);
    await this.#replace(lesson, exercise);
    await this.#look(lesson);
    return true;
  }

  /** Puts the kept text back; the text that it replaces is kept in turn, unless it is the starter. */
  async restore(lesson: string): Promise<boolean> {
    const { exercise } = await this.#library.lesson(lesson);
    const kept = await this.#texts.newest(lesson);
    if (kept === undefined) return false;
    const current = await this.text(lesson);
    if (current !== exercise) await this.#texts.keep(lesson, current);
    await this.#replace(lesson, kept.text);
    await this.#texts.remove(kept);
    await this.#look(lesson);
    return true;
  }

  /** The exercise as it is open in some editor. */
  #document(lesson: string): vscode.TextDocument | undefined {
    const uri = this.uriOf(lesson).toString();
    return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri);
  }

  /** Where they are now. */
  get folder(): vscode.Uri {
    const setting = this.#settings.get("exercisesFolder").trim();
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    if (isAbsolute(setting)) return vscode.Uri.file(setting);
    // What is in a workspace without trust may be a link to anywhere, and resetting an exercise writes.
    if (setting !== "" && workspace !== undefined && vscode.workspace.isTrusted)
      return vscode.Uri.joinPath(workspace.uri, setting);
    return vscode.Uri.joinPath(this.#context.globalStorageUri, "exercises");
  }

  /** Where that cannot be told, restoring is offered, and says what is wrong. */
  async #look(lesson: string): Promise<void> {
    this.#kept.set(lesson, await this.#texts.has(lesson).catch(() => true));
  }

  async #replace(lesson: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.uriOf(lesson));
    const edit = new vscode.WorkspaceEdit();
    const all = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
    edit.replace(document.uri, all, text);
    // Whoever asked goes on to say that it worked, or forgets a kept text because it is in the exercise now.
    if (!(await vscode.workspace.applyEdit(edit)) || !(await saved(document))) {
      throw new UserError(vscode.l10n.t("The exercise could not be changed; your text is kept."));
    }
  }

  async #writeSharedFiles(): Promise<void> {
    await Promise.all(
      sharedFiles.map(async (name) => {
        const wanted = await read(vscode.Uri.joinPath(this.#context.extensionUri, "media", "exercise", name));
        const target = vscode.Uri.joinPath(this.folder, name);
        const found = (await fileExists(target)) ? await read(target) : undefined;
        if (found !== wanted) await write(target, wanted);
      }),
    );
  }
}

/** Saves it; tells whether all of it is in its file. Right after an edit `isDirty` may not know of it yet, so it is not asked first. */
async function saved(document: vscode.TextDocument): Promise<boolean> {
  return (await document.save()) || !document.isDirty;
}

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function write(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
