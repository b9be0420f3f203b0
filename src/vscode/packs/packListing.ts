/** "Add Lesson Pack…" and "Remove Lesson Pack": what the setting `interleave.packs` lists, for people who edit no settings. Extension host. */
import * as vscode from "vscode";
import { checkPack } from "../../core/packs/packCheck.ts";
import { localeFor } from "../../protocol/words.ts";
import { createWorkspaceLessonReader } from "../lessons/workspaceLessonReader.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";
import type { ListedPack, PackPlace, PackRegistry } from "./packRegistry.ts";
import { entryFor, type PackListLevel, packListLevels, putBack, type TakenEntry, without } from "./packSetting.ts";
import { packRootOf } from "./packSources.ts";

export interface PackListingParts {
  readonly packs: PackRegistry;
  readonly settings: Settings;
  readonly mayRead: (root: vscode.Uri) => boolean;
  /** Logs an error and gives a sentence for the user. */
  readonly explain: (error: unknown) => string;
}

export class PackListing {
  readonly #parts: PackListingParts;

  constructor(parts: PackListingParts) {
    this.#parts = parts;
  }

  /** @param given the folder; undefined: the user is asked */
  async add(given: vscode.Uri | undefined): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      throw new UserError(
        vscode.l10n.t("Lesson packs are read in a trusted workspace only, so none can be added here."),
      );
    }
    const chosen = given ?? (await askFolder());
    if (chosen === undefined) return;
    // A slash at the end makes no other folder of it.
    const root = chosen.with({ path: chosen.path.replace(/(?<=[^/:])\/+$/, "") });
    const title = await this.#titleOf(root);
    if (this.#parts.packs.places.some((each) => isSame(each.root, root))) {
      void vscode.window.showInformationMessage(vscode.l10n.t("“{0}” is among your lessons already.", title));
      return;
    }
    const level = await askLevel(root);
    if (level === undefined) return;
    const { settings } = this.#parts;
    await settings.setPackList(level, [...settings.packLists()[level], entryOf(root, level)]);
    await vscode.commands.executeCommand("interleave.lessons.focus");
    this.#sayWithUndo(vscode.l10n.t("“{0}” is among your lessons now.", title), () => this.#takeOut(root, [level]));
  }

  /** @param given a row of the tree; undefined: the user is asked */
  async remove(given: PackPlace | undefined): Promise<void> {
    const pack = given ?? (await this.#askListed());
    if (pack === undefined) return;
    const title = await this.#shownTitle(pack.root);
    const taken = await this.#takeOut(pack.root, packListLevels);
    if (taken.every(([, entries]) => entries.length === 0)) {
      throw new UserError(vscode.l10n.t("The setting interleave.packs does not name “{0}”.", title));
    }
    const text = vscode.l10n.t("“{0}” is not among your lessons any more. Its files and your progress stay.", title);
    this.#sayWithUndo(text, async () => {
      for (const [level, entries] of taken) {
        const { settings } = this.#parts;
        if (entries.length > 0) await settings.setPackList(level, putBack(settings.packLists()[level], entries));
      }
    });
  }

  /** @throws UserError where the folder is no pack */
  async #titleOf(root: vscode.Uri): Promise<string> {
    const { mayRead, packs, settings } = this.#parts;
    const listed = await packs.list();
    const owner = (id: string): string | undefined =>
      listed.find((each) => each.state === "ready" && each.id === id && !isSame(each.root, root))?.root.fsPath;
    const checked = await checkPack(createWorkspaceLessonReader(root, mayRead), nameOf(root), owner);
    if (!checked.ok) throw new UserError(checked.problem[localeFor(vscode.env.language)]);
    return checked.info.title[settings.lessonLocale()];
  }

  async #shownTitle(root: vscode.Uri): Promise<string> {
    const listed = await this.#parts.packs.list();
    const pack = listed.find((each) => isSame(each.root, root));
    return pack === undefined ? nameOf(root) : this.#nameOfListed(pack);
  }

  #nameOfListed(pack: ListedPack): string {
    return pack.state === "ready" ? pack.info.title[this.#parts.settings.lessonLocale()] : nameOf(pack.root);
  }

  async #askListed(): Promise<PackPlace | undefined> {
    const listed = (await this.#parts.packs.list()).filter(({ origin }) => origin === "setting");
    if (listed.length === 0) {
      throw new UserError(vscode.l10n.t("The setting interleave.packs names no lesson pack."));
    }
    const items = listed.map((pack) => ({ label: this.#nameOfListed(pack), description: pack.root.fsPath, pack }));
    const placeHolder = vscode.l10n.t("The lesson pack that is to go from the list; its files stay");
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.pack;
  }

  async #takeOut(
    root: vscode.Uri,
    levels: readonly PackListLevel[],
  ): Promise<readonly (readonly [PackListLevel, readonly TakenEntry[]])[]> {
    const { settings } = this.#parts;
    const names = (entry: unknown): boolean => {
      const named = packRootOf(entry);
      return named !== undefined && isSame(named, root);
    };
    const all: (readonly [PackListLevel, readonly TakenEntry[]])[] = [];
    for (const level of levels) {
      const { list, taken } = without(settings.packLists()[level], names);
      if (taken.length > 0) await settings.setPackList(level, list);
      all.push([level, taken]);
    }
    return all;
  }

  #sayWithUndo(text: string, takeBack: () => Promise<unknown>): void {
    const undo = vscode.l10n.t("Undo");
    const asked = Promise.resolve(vscode.window.showInformationMessage(text, undo));
    asked
      .then((answer) => (answer === undo ? takeBack() : undefined))
      .catch((error: unknown) => void vscode.window.showErrorMessage(this.#parts.explain(error)));
  }
}

async function askFolder(): Promise<vscode.Uri | undefined> {
  const [root] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      canSelectMany: false,
      title: vscode.l10n.t("The folder of a lesson pack: the one with a catalog.json"),
      openLabel: vscode.l10n.t("Add Lesson Pack"),
    })) ?? [];
  return root;
}

/** Without a folder, there is nothing but the user's list. */
async function askLevel(root: vscode.Uri): Promise<PackListLevel | undefined> {
  if (vscode.workspace.workspaceFolders === undefined) return "user";
  const items = [
    { label: vscode.l10n.t("In this workspace"), description: entryOf(root, "workspace"), level: "workspace" },
    { label: vscode.l10n.t("In all my workspaces"), description: entryOf(root, "user"), level: "user" },
  ] as const;
  const placeHolder = vscode.l10n.t("Where is the lesson pack to be shown?");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.level;
}

function entryOf(root: vscode.Uri, level: PackListLevel): string {
  return entryFor(root, level, vscode.workspace.workspaceFolders?.[0]?.uri);
}

function isSame(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}

function nameOf(root: vscode.Uri): string {
  return vscode.workspace.asRelativePath(root);
}
