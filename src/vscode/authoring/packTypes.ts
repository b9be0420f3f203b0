/**
 * Types of a pack's files, in the editor: offered where they are missing, kept up to date where the author has them. What is written is
 * what `interleave new` writes. Extension host.
 */
import * as vscode from "vscode";
import {
  keepPackTypes,
  packTsconfig,
  type PackTypesFiles,
  typesBehindLink,
  typesFolder,
  type TypesStanding,
  typesStanding,
  writeTypesFolder,
} from "../../core/authoring/packTypes.ts";
import { localeFor } from "../../protocol/words.ts";
import { fileExists, fileType } from "../fileExists.ts";
import { UserError } from "../userError.ts";

/** Packs whose authors want none: a list of addresses. */
const declinedKey = "interleave.packTypes.declined";

export interface PackTypesParts {
  readonly extensionUri: vscode.Uri;
  /** Of the workspace. */
  readonly state: vscode.Memento;
  /** Logs an error and gives a sentence for the author. */
  readonly explain: (error: unknown) => string;
}

export class PackTypes {
  readonly #parts: PackTypesParts;
  /** Packs that were looked at since the window was opened. */
  readonly #seen = new Set<string>();

  constructor(parts: PackTypesParts) {
    this.#parts = parts;
  }

  /** A TypeScript file of the pack is in front of its author. Resolves once they have answered, where they are asked. */
  async look(pack: vscode.Uri): Promise<void> {
    if (this.#seen.has(pack.toString())) return;
    this.#seen.add(pack.toString());
    if ((await typesStanding(this.#filesOf(pack))) !== "missing") await this.#write(pack);
    else if (!this.#isDeclined(pack)) await this.#offer(pack);
  }

  /** A lesson is about to be written there. @throws UserError where a link is in the way */
  async prepare(pack: vscode.Uri): Promise<void> {
    this.#seen.add(pack.toString());
    if (!this.#isDeclined(pack)) await this.#write(pack);
  }

  /** The author asks for them. @throws UserError where a link is in the way */
  async add(pack: vscode.Uri): Promise<void> {
    const standing = await this.#write(pack);
    const tsconfig = vscode.Uri.joinPath(pack, packTsconfig);
    const name = vscode.workspace.asRelativePath(tsconfig);
    if (standing !== "theirs") {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Editors know the types of this pack now, by {0} and the folder .types beside it.", name),
      );
      return;
    }
    await refuseLink(pack);
    await writeTypesFolder(this.#filesOf(pack));
    const open = vscode.l10n.t("Open");
    const text = vscode.l10n.t(
      'The types are in the folder .types of the pack. For editors to find them, let {0} say "extends": "./.types/tsconfig.json".',
      name,
    );
    if ((await vscode.window.showInformationMessage(text, open)) === open)
      await vscode.window.showTextDocument(tsconfig);
  }

  get #declined(): readonly string[] {
    return this.#parts.state.get<readonly string[]>(declinedKey, []);
  }

  #isDeclined(pack: vscode.Uri): boolean {
    return this.#declined.includes(pack.toString());
  }

  /** Writes what is missing or old, unless the pack's own tsconfig.json does without. */
  async #write(pack: vscode.Uri): Promise<TypesStanding> {
    const files = this.#filesOf(pack);
    if ((await typesStanding(files)) === "theirs") return "theirs";
    await refuseLink(pack);
    return keepPackTypes(files);
  }

  async #offer(pack: vscode.Uri): Promise<void> {
    const [add, never] = [vscode.l10n.t("Add Types"), vscode.l10n.t("Not for This Pack")];
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Editors do not know the types of the lesson pack {0} yet, and show errors in it. Add a tsconfig.json, and a folder .types that git ignores?",
        vscode.workspace.asRelativePath(pack),
      ),
      add,
      never,
    );
    try {
      if (answer === add) await this.#write(pack);
    } catch (error) {
      void vscode.window.showErrorMessage(this.#parts.explain(error));
    }
    if (answer === never) await this.#parts.state.update(declinedKey, [...this.#declined, pack.toString()]);
  }

  #filesOf(pack: vscode.Uri): PackTypesFiles {
    const { fs } = vscode.workspace;
    const at = (file: string): vscode.Uri => vscode.Uri.joinPath(pack, ...file.split("/"));
    return {
      shipped: (file) => read(vscode.Uri.joinPath(this.#parts.extensionUri, ...file.split("/"))),
      read: async (file) => {
        const type = await fileType(at(file));
        if (type === undefined) return undefined;
        return type === vscode.FileType.File ? read(at(file)) : "";
      },
      write: async (file, text) => {
        // A link goes, what it leads to stays.
        if (await fileExists(at(file))) await fs.delete(at(file));
        await fs.writeFile(at(file), new TextEncoder().encode(text));
      },
    };
  }
}

async function refuseLink(pack: vscode.Uri): Promise<void> {
  const folder = vscode.Uri.joinPath(pack, typesFolder);
  const type = await fileType(folder);
  if (type === undefined || (type & vscode.FileType.SymbolicLink) === 0) return;
  throw new UserError(typesBehindLink(vscode.workspace.asRelativePath(folder))[localeFor(vscode.env.language)]);
}

async function read(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
