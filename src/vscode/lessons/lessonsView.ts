/**
 * The "Lessons" tree: the team's onboarding, what is to be reviewed, tracks, and in them lessons with the learner's progress; below them,
 * other packs. Extension host.
 */
import * as vscode from "vscode";
import { levelName, minutesText, statusName } from "../../core/lessonPanel/lessonPanelState.ts";
import type { LessonMeta, Track } from "../../core/lesson/lessonSchema.ts";
import { dueCards } from "../../core/questions/reviewCards.ts";
import type { LessonLibrary } from "./lessonLibrary.ts";
import type { OnboardingNode, OnboardingTree } from "../onboarding/onboardingTree.ts";
import type { Onboardings } from "../onboarding/onboardings.ts";
import { type LessonNode, type PackNode, PackTree } from "../packs/packTree.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { Settings } from "../settings.ts";

export type LessonsNode =
  | { readonly kind: "track"; readonly track: Track; readonly lessons: readonly LessonMeta[] }
  | LessonNode
  | { readonly kind: "review"; readonly due: number }
  | { readonly kind: "rehearsal" }
  | OnboardingNode
  | PackNode;

const lessonsViewId = "interleave.lessons";

export interface LessonsViewParts {
  readonly library: LessonLibrary;
  readonly store: ProgressStore;
  readonly settings: Settings;
  readonly onboardings: Onboardings;
  readonly onboardingTree: OnboardingTree;
  /** Real time, ms since 1970. */
  readonly now: () => number;
}

export class LessonsView implements vscode.TreeDataProvider<LessonsNode>, vscode.Disposable {
  readonly #library: LessonLibrary;
  readonly #store: ProgressStore;
  readonly #settings: Settings;
  readonly #onboarding: OnboardingTree;
  readonly #packs: PackTree;
  readonly #now: () => number;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<LessonsNode>;
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor({ library, store, settings, onboardings, onboardingTree, now }: LessonsViewParts) {
    this.#library = library;
    this.#store = store;
    this.#settings = settings;
    this.#onboarding = onboardingTree;
    this.#packs = new PackTree(library, store, settings);
    this.#now = now;
    this.#view = vscode.window.createTreeView(lessonsViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#view,
      store.onDidChange(() => {
        this.#changed.fire();
      }),
      settings.onDidChange("lessonLanguage", () => {
        this.#changed.fire();
      }),
      onboardings.onDidChange(() => {
        this.#changed.fire();
      }),
      library.onDidChange(() => {
        this.#changed.fire();
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async getChildren(node?: LessonsNode): Promise<LessonsNode[]> {
    if (node?.kind === "track") return node.lessons.map((meta) => ({ kind: "lesson", meta }));
    if (node?.kind === "lesson" || node?.kind === "review" || node?.kind === "rehearsal") return [];
    if (node !== undefined) {
      return isPackNode(node) ? this.#packs.children(node) : this.#onboarding.children(node);
    }
    const { catalog, metas, findings } = await this.#library.overview();
    this.#describe([...metas.values()], findings.length);
    const tracks = catalog.tracks.flatMap((track): LessonsNode[] => {
      const lessons = track.lessons.flatMap((id) => metas.get(id) ?? []);
      return lessons.length === 0 ? [] : [{ kind: "track", track, lessons }];
    });
    const due = dueCards(this.#store.progress.reviewCards, this.#now()).length;
    this.#view.badge = due === 0 ? undefined : { value: due, tooltip: vscode.l10n.t("{0} to review", due) };
    const review: LessonsNode[] = due === 0 ? [] : [{ kind: "review", due }];
    const rehearsal: LessonsNode[] = tracks.length === 0 ? [] : [{ kind: "rehearsal" }];
    return [...(await this.#onboarding.roots()), ...review, ...rehearsal, ...tracks, ...(await this.#packs.roots())];
  }

  getTreeItem(node: LessonsNode): vscode.TreeItem {
    switch (node.kind) {
      case "track":
        return this.#trackItem(node);
      case "lesson":
        return this.#lessonItem(node);
      case "review":
        return this.#reviewItem(node.due);
      case "onboarding":
      case "step":
      case "stop":
        return this.#onboarding.item(node);
      case "rehearsal":
        return rehearsalItem();
      case "pack":
      case "packTrack":
      case "closedPack":
      case "packFinding":
        return this.#packs.item(node);
    }
  }

  #reviewItem(due: number): vscode.TreeItem {
    const item = new vscode.TreeItem(vscode.l10n.t("Review"), vscode.TreeItemCollapsibleState.None);
    item.id = "review";
    item.description = vscode.l10n.t("{0} due", due);
    item.iconPath = new vscode.ThemeIcon("history");
    item.tooltip = vscode.l10n.t("Kinds of bugs that you ran into, asked once more with other people's code");
    item.contextValue = "review";
    item.accessibilityInformation = { label: vscode.l10n.t("Review, {0} due", due) };
    item.command = { command: "interleave.review", title: vscode.l10n.t("Review") };
    return item;
  }

  #trackItem({ track, lessons }: LessonsNode & { readonly kind: "track" }): vscode.TreeItem {
    const locale = this.#settings.lessonLocale();
    const item = new vscode.TreeItem(track.title[locale], vscode.TreeItemCollapsibleState.Expanded);
    const passed = this.#countPassed(lessons);
    item.id = `track/${track.id}`;
    item.description = `${String(passed)}/${String(lessons.length)}`;
    item.tooltip = track.summary[locale];
    item.contextValue = "track";
    item.accessibilityInformation = {
      label: vscode.l10n.t("{0}, {1} of {2} lessons passed", track.title[locale], passed, lessons.length),
    };
    return item;
  }

  #lessonItem({ meta, changes }: LessonNode): vscode.TreeItem {
    const locale = this.#settings.lessonLocale();
    const { status } = this.#store.progress.lesson(meta.id);
    const facts = `${levelName(meta.level)[locale]} · ${minutesText(meta.minutes)[locale]}`;
    const item = new vscode.TreeItem(meta.title[locale], vscode.TreeItemCollapsibleState.None);
    item.id = `lesson/${meta.id}`;
    const changed = changes === undefined ? "" : vscode.l10n.t("changed since you passed");
    item.description = changed === "" ? facts : `${changed} · ${facts}`;
    item.iconPath = changed === "" ? statusIcon(status) : changedIcon();
    item.contextValue = `lesson.${status}`;
    const tooltip = new vscode.MarkdownString();
    tooltip.appendMarkdown("**").appendText(meta.title[locale]).appendMarkdown("**\n\n");
    tooltip.appendText(meta.summary[locale]).appendMarkdown("\n\n");
    tooltip.appendText(`${facts} · ${statusName(status)[locale]}`);
    for (const { version, text } of changes?.changes ?? []) {
      tooltip.appendMarkdown("\n\n").appendText(`${version}: ${text[locale]}`);
    }
    item.tooltip = tooltip;
    const words = [meta.title[locale], statusName(status)[locale], changed, facts].filter((each) => each !== "");
    item.accessibilityInformation = { label: words.join(", ") };
    item.command = { command: "interleave.openLesson", title: vscode.l10n.t("Open Lesson"), arguments: [meta.id] };
    return item;
  }

  #describe(lessons: readonly LessonMeta[], broken: number): void {
    const passed = this.#countPassed(lessons);
    this.#view.description = vscode.l10n.t("{0} of {1} passed", passed, lessons.length);
    const message = broken > 0 ? vscode.l10n.t("Some lessons could not be read; the log says why.") : undefined;
    // `message` takes undefined to mean none, which its type does not say.
    if (message !== undefined) this.#view.message = message;
  }

  #countPassed(lessons: readonly LessonMeta[]): number {
    return lessons.filter((meta) => this.#store.progress.lesson(meta.id).status === "passed").length;
  }
}

function isPackNode(node: LessonsNode): node is PackNode {
  return node.kind === "pack" || node.kind === "packTrack" || node.kind === "closedPack" || node.kind === "packFinding";
}

function changedIcon(): vscode.ThemeIcon {
  return new vscode.ThemeIcon("history", new vscode.ThemeColor("charts.yellow"));
}

function rehearsalItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t("Rehearse an interview"), vscode.TreeItemCollapsibleState.None);
  item.id = "rehearsal";
  item.iconPath = new vscode.ThemeIcon("mortar-board");
  item.tooltip = vscode.l10n.t("Questions and two coding tasks against the clock, with a report at the end");
  item.contextValue = "rehearsal";
  item.accessibilityInformation = { label: vscode.l10n.t("Rehearse an interview") };
  item.command = { command: "interleave.rehearse", title: vscode.l10n.t("Rehearse an interview") };
  return item;
}

function statusIcon(status: "not-started" | "in-progress" | "passed"): vscode.ThemeIcon {
  switch (status) {
    case "not-started":
      return new vscode.ThemeIcon("circle-large-outline");
    case "in-progress":
      return new vscode.ThemeIcon("color-mode", new vscode.ThemeColor("charts.blue"));
    case "passed":
      return new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed"));
  }
}
