/** "New Lesson…": asks where, and what it is called, and writes a small lesson that runs. Extension host. */
import * as vscode from "vscode";
import { titleOf } from "../../core/authoring/lessonTemplate.ts";
import { lessonIdProblem, newLesson, packIdOf } from "../../core/authoring/newLesson.ts";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import { readCatalog } from "../../core/lesson/lessonFiles.ts";
import type { Catalog } from "../../core/lesson/lessonSchema.ts";
import { lessonName } from "../../core/packs/lessonName.ts";
import { workspacePack } from "../../core/packs/packSchema.ts";
import { type Locale, localeFor } from "../../protocol/words.ts";
import { fileExists } from "../fileExists.ts";
import { brokenLesson } from "../lessons/brokenLesson.ts";
import type { AuthoredLessons } from "./authoredLessons.ts";
import type { PackTypes } from "./packTypes.ts";
import type { ListedPack, PackRegistry } from "../packs/packRegistry.ts";
import { UserError } from "../userError.ts";

export interface LessonStarterParts {
  readonly packs: PackRegistry;
  readonly authored: AuthoredLessons;
  readonly types: PackTypes;
  readonly explain: (error: unknown) => string;
}

/** The pack that a lesson is to be in. */
interface ChosenPack {
  readonly root: vscode.Uri;
  /** Undefined for one that is to be started. */
  readonly known: { readonly catalog: Catalog; readonly text: string } | undefined;
}

export class LessonStarter {
  readonly #parts: LessonStarterParts;

  constructor(parts: LessonStarterParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    if (vscode.workspace.workspaceFolders === undefined) {
      throw new UserError(vscode.l10n.t("Open the folder that is to hold your lessons first."));
    }
    if (!vscode.workspace.isTrusted) {
      throw new UserError(vscode.l10n.t("Lessons are written in a trusted workspace only."));
    }
    const root = await this.#askPack();
    if (root === undefined) return;
    const pack = await this.#open(root);
    const taken = await this.#taken(pack);
    const id = await askId(taken);
    if (id === undefined) return;
    const title = await vscode.window.showInputBox({
      title: vscode.l10n.t("New lesson: its title"),
      value: titleOf(id),
      prompt: vscode.l10n.t("In both languages, until you change it in lesson.json and in the prose."),
      ignoreFocusOut: true,
    });
    if (title === undefined) return;
    await this.#write(pack, id, title);
  }

  async #askPack(): Promise<vscode.Uri | undefined> {
    const listed = (await this.#parts.packs.list()).filter(({ origin }) => origin !== "extension");
    const locale = localeFor(vscode.env.language);
    const items = listed
      .filter(({ state }) => state === "ready" || state === "missing")
      .map((each) => item(each, locale));
    const [only] = items;
    if (only === undefined) throw new UserError(vscode.l10n.t("No pack here can be written to; the log says why."));
    if (items.length === 1) return only.root;
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t("The pack that the lesson is to be in"),
      ignoreFocusOut: true,
    });
    return picked?.root;
  }

  async #open(root: vscode.Uri): Promise<ChosenPack> {
    if (!(await fileExists(vscode.Uri.joinPath(root, "catalog.json")))) return { root, known: undefined };
    const reader = this.#parts.authored.readerOf(root);
    const catalog = await readCatalog(reader);
    if (!catalog.ok) throw brokenLesson(catalog.findings);
    return { root, known: { catalog: catalog.value, text: await reader.read("catalog.json") } };
  }

  async #taken({ root, known }: ChosenPack): Promise<ReadonlySet<string>> {
    const listed = known === undefined ? [] : lessonOrder(known.catalog);
    const folders = known === undefined ? [] : await vscode.workspace.fs.readDirectory(root);
    return new Set([...listed, ...folders.map(([name]) => name)]);
  }

  async #write({ root, known }: ChosenPack, id: string, title: string): Promise<void> {
    const { files, catalog } = newLesson({ id, title, folder: root.path, pack: known });
    const at = (file: string): vscode.Uri => vscode.Uri.joinPath(root, id, ...file.split("/"));
    const edit = new vscode.WorkspaceEdit();
    for (const [file, text] of Object.entries(files)) edit.createFile(at(file), { contents: bytes(text) });
    const catalogUri = vscode.Uri.joinPath(root, "catalog.json");
    if (known === undefined) edit.createFile(catalogUri, { contents: bytes(catalog) });
    else edit.replace(catalogUri, whole(await vscode.workspace.openTextDocument(catalogUri)), catalog);
    await this.#parts.types.prepare(root);
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new UserError(vscode.l10n.t("The lesson could not be written; nothing was changed."));
    }
    // The registry reads what is saved.
    if (known !== undefined) await (await vscode.workspace.openTextDocument(catalogUri)).save();
    this.#parts.packs.reload(root);
    await vscode.window.showTextDocument(at("lesson.json"), { preview: false, viewColumn: vscode.ViewColumn.One });
    await vscode.window.showTextDocument(at("spec.ts"), { preview: false, viewColumn: vscode.ViewColumn.Beside });
    this.#offerToOpen(lessonName({ pack: known?.catalog.pack?.id ?? packIdOf(root.path), id })).catch(
      this.#parts.explain,
    );
  }

  async #offerToOpen(lesson: string): Promise<void> {
    const open = vscode.l10n.t("Open as a Learner");
    const text = vscode.l10n.t("“{0}” is written, and runs. Change it piece by piece.", lesson);
    if ((await vscode.window.showInformationMessage(text, open)) === open) {
      await vscode.commands.executeCommand("interleave.openLesson", lesson);
    }
  }
}

function item(pack: ListedPack, locale: Locale): vscode.QuickPickItem & { readonly root: vscode.Uri } {
  const path = vscode.workspace.asRelativePath(pack.root);
  return pack.state === "ready"
    ? { label: pack.info.title[locale], description: path, root: pack.root }
    : { label: vscode.l10n.t("A new pack"), description: path || workspacePack, root: pack.root };
}

function askId(taken: ReadonlySet<string>): Promise<string | undefined> {
  const locale = localeFor(vscode.env.language);
  const asked = vscode.window.showInputBox({
    title: vscode.l10n.t("New lesson: its id"),
    prompt: vscode.l10n.t("The name of its folder, which stays the same for good"),
    placeHolder: "rate-limit",
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text === "") return undefined;
      if (taken.has(text)) return vscode.l10n.t("There is a lesson “{0}” already.", text);
      return lessonIdProblem(text)?.[locale];
    },
  });
  return Promise.resolve(asked).then((id) => (id === "" ? undefined : id));
}

function whole(document: vscode.TextDocument): vscode.Range {
  return document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
