/**
 * Which lesson an author is at work on: the one whose exercise, or one of whose files, is in the editor. Extension host.
 */
import * as vscode from "vscode";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import { readUsableCatalog } from "../../core/lesson/lessonFiles.ts";
import type { LessonReader } from "../../core/lesson/lessonReader.ts";
import { parseLessonName } from "../../core/packs/lessonName.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { PackRegistry } from "../packs/packRegistry.ts";
import { unsavedText } from "./openTextReader.ts";
import { UserError } from "../userError.ts";
import { createWorkspaceLessonReader } from "../lessons/workspaceLessonReader.ts";

/** A lesson in a pack that somebody writes. */
export interface AuthoredLesson {
  readonly pack: vscode.Uri;
  /** The name of its folder there. */
  readonly id: string;
  /** Texts as they stand in the editors, saved or not. */
  readonly reader: LessonReader;
}

export interface AuthoredLessonsParts {
  readonly packs: PackRegistry;
  readonly exercises: ExerciseFiles;
  readonly extensionUri: vscode.Uri;
  readonly mayRead: (root: vscode.Uri) => boolean;
}

/** How many folders up from a file its pack may be: a mistake lies two below its lesson's. */
const mostUp = 3;

export class AuthoredLessons {
  readonly #parts: AuthoredLessonsParts;

  constructor(parts: AuthoredLessonsParts) {
    this.#parts = parts;
  }

  /** By its name over all packs, built-in ones too. @throws UserError where there is no such pack */
  async named(name: string): Promise<AuthoredLesson> {
    const parsed = parseLessonName(name);
    if (parsed?.pack === undefined)
      return this.#at(vscode.Uri.joinPath(this.#parts.extensionUri, "lessons"), parsed?.id ?? name);
    const pack = await this.#parts.packs.find(parsed.pack);
    if (pack === undefined) throw new UserError(vscode.l10n.t('There is no lesson "{0}".', name));
    return this.#at(pack.root, parsed.id);
  }

  /** Undefined where the file is of no lesson. */
  async of(uri: vscode.Uri): Promise<AuthoredLesson | undefined> {
    const name = this.#parts.exercises.lessonOf(uri);
    if (name !== undefined) return this.named(name);
    let id = "";
    let folder = uri;
    for (let up = 0; up < mostUp; up++) {
      const parent = vscode.Uri.joinPath(folder, "..");
      if (parent.path === folder.path) return undefined;
      if (id !== "" && (await this.#has(parent, id))) return this.#at(parent, id);
      id = parent.path.slice(parent.path.lastIndexOf("/") + 1);
      folder = parent;
    }
    return (await this.#has(vscode.Uri.joinPath(folder, ".."), id))
      ? this.#at(vscode.Uri.joinPath(folder, ".."), id)
      : undefined;
  }

  /** Those that Interleave ships with are for nobody to change. */
  isBuiltIn({ pack }: AuthoredLesson): boolean {
    return pack.toString() === vscode.Uri.joinPath(this.#parts.extensionUri, "lessons").toString();
  }

  readerOf(pack: vscode.Uri): LessonReader {
    return readingEditors(createWorkspaceLessonReader(pack, this.#parts.mayRead), pack);
  }

  #at(pack: vscode.Uri, id: string): AuthoredLesson {
    return { pack, id, reader: this.readerOf(pack) };
  }

  async #has(pack: vscode.Uri, id: string): Promise<boolean> {
    const { catalog } = await readUsableCatalog(this.readerOf(pack));
    return catalog !== undefined && lessonOrder(catalog).includes(id);
  }
}

/** An author sees what is in the editor, not what was saved last. The file itself is looked at all the same. */
function readingEditors(reader: LessonReader, root: vscode.Uri): LessonReader {
  return {
    list: (folder) => reader.list(folder),
    read: async (path) => {
      const saved = await reader.read(path);
      return unsavedText(root, path) ?? saved;
    },
  };
}
