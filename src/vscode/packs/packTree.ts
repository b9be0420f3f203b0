/**
 * Packs as a part of the "Lessons" tree: their tracks, and of those that cannot be used, what is wrong. A track's lessons are read when it
 * is opened. Extension host.
 */
import * as vscode from "vscode";
import { lessonOrder } from "../../core/lesson/catalog.ts";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import type { LessonMeta, Track } from "../../core/lesson/lessonSchema.ts";
import { changesSincePassed, type LessonChanges } from "../../core/packs/packChanges.ts";
import { parseLessonName } from "../../core/packs/lessonName.ts";
import { localeFor } from "../../protocol/words.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { ListedPack, PackPlace, ReadyPack } from "./packRegistry.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { Settings } from "../settings.ts";

/** A lesson, wherever it is from. */
export interface LessonNode {
  readonly kind: "lesson";
  readonly meta: LessonMeta;
  /** Since the learner passed it. */
  readonly changes?: LessonChanges;
}

export type PackNode =
  | { readonly kind: "pack"; readonly pack: ReadyPack }
  | { readonly kind: "packTrack"; readonly pack: ReadyPack; readonly track: Track }
  | { readonly kind: "closedPack"; readonly pack: Exclude<ListedPack, ReadyPack> }
  /** Something in a pack that cannot be used. */
  | { readonly kind: "packFinding"; readonly place: PackPlace; readonly finding: Finding };

/** Tracks of larger packs are closed at first, so that nobody waits for a thousand lessons that they do not look at. */
const mostOpened = 40;

export class PackTree {
  readonly #library: LessonLibrary;
  readonly #store: ProgressStore;
  readonly #settings: Settings;

  constructor(library: LessonLibrary, store: ProgressStore, settings: Settings) {
    this.#library = library;
    this.#store = store;
    this.#settings = settings;
  }

  async roots(): Promise<PackNode[]> {
    const packs = await this.#library.packs();
    return packs.flatMap((pack): PackNode[] => {
      if (pack.state === "ready") return [{ kind: "pack", pack }];
      // A workspace need not have one.
      const isExpected = pack.origin !== "workspace" || (pack.state !== "missing" && pack.state !== "untrusted");
      return isExpected ? [{ kind: "closedPack", pack }] : [];
    });
  }

  async children(node: PackNode): Promise<(PackNode | LessonNode)[]> {
    if (node.kind === "pack") {
      const { pack } = node;
      const tracks = pack.catalog.tracks.map((track): PackNode => ({ kind: "packTrack", pack, track }));
      return [...tracks, ...pack.findings.slice(0, 1).map((finding) => findingNode(pack, finding))];
    }
    return node.kind === "packTrack" ? this.#lessons(node) : [];
  }

  item(node: PackNode): vscode.TreeItem {
    switch (node.kind) {
      case "pack":
        return this.#packItem(node.pack);
      case "packTrack":
        return this.#trackItem(node);
      case "closedPack":
        return closedItem(node.pack);
      case "packFinding":
        return findingItem(node.place, node.finding);
    }
  }

  async #lessons({ pack, track }: PackNode & { readonly kind: "packTrack" }): Promise<(PackNode | LessonNode)[]> {
    const ids = track.lessons.map((name) => parseLessonName(name)?.id ?? name);
    const metas = await pack.shelf.metas(ids);
    return metas.flatMap((meta, index): readonly (PackNode | LessonNode)[] => {
      if (!meta.ok) return meta.findings.slice(0, 1).map((finding) => findingNode(pack, finding));
      const state = this.#store.progress.lesson(meta.value.id);
      const changes = changesSincePassed(state, pack.info, ids[index] ?? "");
      return [{ kind: "lesson", meta: meta.value, ...(changes === undefined ? {} : { changes }) }];
    });
  }

  #packItem(pack: ReadyPack): vscode.TreeItem {
    const locale = this.#settings.lessonLocale();
    const title = pack.info.title[locale];
    const lessons = lessonOrder(pack.catalog);
    const passed = this.#countPassed(lessons);
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Expanded);
    item.id = `pack/${pack.root.toString()}`;
    item.description = `${String(passed)}/${String(lessons.length)} · ${pack.info.version}`;
    item.iconPath = new vscode.ThemeIcon("package");
    item.tooltip = `${title} ${pack.info.version}\n${pack.root.fsPath}`;
    item.contextValue = `pack.${pack.origin}`;
    item.accessibilityInformation = {
      label: vscode.l10n.t("{0}, lesson pack, {1} of {2} lessons passed", title, passed, lessons.length),
    };
    return item;
  }

  #trackItem({ pack, track }: PackNode & { readonly kind: "packTrack" }): vscode.TreeItem {
    const locale = this.#settings.lessonLocale();
    const isLarge = lessonOrder(pack.catalog).length > mostOpened;
    const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(track.title[locale], isLarge ? Collapsed : Expanded);
    const passed = this.#countPassed(track.lessons);
    const changed = this.#countChanged(pack, track);
    const count = `${String(passed)}/${String(track.lessons.length)}`;
    item.id = `track/${track.id}`;
    item.description = changed === 0 ? count : `${count} · ${vscode.l10n.t("{0} changed", changed)}`;
    item.tooltip = track.summary[locale];
    item.contextValue = "packTrack";
    item.accessibilityInformation = {
      label: vscode.l10n.t("{0}, {1} of {2} lessons passed", track.title[locale], passed, track.lessons.length),
    };
    return item;
  }

  #countPassed(lessons: readonly string[]): number {
    return lessons.filter((name) => this.#store.progress.lesson(name).status === "passed").length;
  }

  /** Takes the catalog and progress alone. */
  #countChanged(pack: ReadyPack, track: Track): number {
    const { progress } = this.#store;
    return track.lessons.filter(
      (name) => changesSincePassed(progress.lesson(name), pack.info, parseLessonName(name)?.id ?? name) !== undefined,
    ).length;
  }
}

function findingNode({ root, origin }: PackPlace, finding: Finding): PackNode {
  return { kind: "packFinding", place: { root, origin }, finding };
}

function findingItem({ root }: PackPlace, finding: Finding): vscode.TreeItem {
  const message = finding.message[localeFor(vscode.env.language)];
  const place = finding.line === undefined ? finding.file : `${finding.file}:${String(finding.line)}`;
  const item = new vscode.TreeItem(place, vscode.TreeItemCollapsibleState.None);
  item.id = `packFinding/${root.toString()}/${place}/${message}`;
  item.description = message;
  item.tooltip = `${place}\n${message}`;
  item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
  item.accessibilityInformation = { label: `${place}: ${message}` };
  item.command = openCommand(root, finding);
  return item;
}

function closedItem(pack: Exclude<ListedPack, ReadyPack>): vscode.TreeItem {
  const name = vscode.workspace.asRelativePath(pack.root);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  item.id = `closedPack/${pack.root.toString()}`;
  item.contextValue = `closedPack.${pack.origin}`;
  switch (pack.state) {
    case "untrusted":
      item.description = vscode.l10n.t("lesson pack, not read: the workspace is not trusted");
      item.iconPath = new vscode.ThemeIcon("shield");
      item.command = { command: "workbench.trust.manage", title: vscode.l10n.t("Manage Workspace Trust") };
      break;
    case "missing":
      item.description = vscode.l10n.t("lesson pack: there is no such folder");
      item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
      if (pack.origin === "setting") {
        const title = vscode.l10n.t("Open Settings");
        item.command = { command: "workbench.action.openSettings", title, arguments: ["interleave.packs"] };
      }
      break;
    case "broken":
    case "repeated": {
      const [finding] = pack.findings;
      const message = finding?.message[localeFor(vscode.env.language)] ?? "";
      item.description = vscode.l10n.t("lesson pack, cannot be used: {0}", message);
      item.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
      if (finding !== undefined) item.command = openCommand(pack.root, finding);
      break;
    }
  }
  item.tooltip = `${pack.root.fsPath}\n${item.description}`;
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

/** Opens the file at its line. */
function openCommand(root: vscode.Uri, { file, line }: Finding): vscode.Command {
  const at = new vscode.Position((line ?? 1) - 1, 0);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, at) };
  const uri = vscode.Uri.joinPath(root, file);
  return { command: "vscode.open", title: vscode.l10n.t("Open File"), arguments: [uri, options] };
}
