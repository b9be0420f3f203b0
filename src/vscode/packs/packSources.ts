/**
 * Where packs are looked for: `.interleave/pack` of each folder of the workspace, and the folders of the setting `interleave.packs`.
 * Reads nothing by itself. Extension host.
 */
import { homedir } from "node:os";
import * as vscode from "vscode";
import { workspacePack } from "../../core/packs/packSchema.ts";
import { packFolderOf } from "./packFolder.ts";
import type { Added, PackRegistry } from "./packRegistry.ts";
import type { Settings } from "../settings.ts";

export class PackSources implements vscode.Disposable {
  readonly #registry: PackRegistry;
  readonly #settings: Settings;
  readonly #subscriptions: vscode.Disposable;
  #added: readonly Added[] = [];

  constructor(registry: PackRegistry, settings: Settings) {
    this.#registry = registry;
    this.#settings = settings;
    const look = (): void => {
      this.#look();
    };
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeWorkspaceFolders(look),
      settings.onDidChange("packs", look),
      // What could not be read then can be now.
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#look();
        registry.reload();
      }),
    );
    this.#look();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const each of this.#added) each.dispose();
  }

  /** The new ones are named before the old ones go: a folder that stays keeps what was read of it. */
  #look(): void {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const { user, workspace } = this.#settings.packLists();
    const paths = [...workspace, ...user].flatMap((entry) => packRootOf(entry) ?? []);
    const before = this.#added;
    this.#added = [
      ...folders.map(({ uri }) => this.#registry.add(vscode.Uri.joinPath(uri, workspacePack), "workspace")),
      ...paths.map((uri) => this.#registry.add(uri, "setting")),
    ];
    for (const each of before) each.dispose();
  }
}

/** The folder that an entry of the setting names; undefined where it names none. */
export function packRootOf(entry: unknown): vscode.Uri | undefined {
  const place = typeof entry === "string" ? packFolderOf(entry, homedir()) : undefined;
  if (place === undefined) return undefined;
  if (place.absolute) return vscode.Uri.file(place.path);
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return first === undefined ? undefined : vscode.Uri.joinPath(first.uri, place.path);
}
