/** The onboarding as a part of the "Lessons" tree: its steps with what is due, and the code stops among them. Extension host. */
import * as vscode from "vscode";
import { dayStart } from "../../core/onboarding/days.ts";
import type { StopState } from "../../core/onboarding/judgeStop.ts";
import type { StepProgress } from "../../core/onboarding/onboardingProgress.ts";
import type { CodeStop } from "../../core/onboarding/onboardingSchema.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { OnboardingEntry, Onboardings, OpenOnboarding } from "./onboardings.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { Settings } from "../settings.ts";

export type OnboardingNode =
  | { readonly kind: "onboarding"; readonly entry: OnboardingEntry }
  | {
      readonly kind: "step";
      readonly entry: OpenOnboarding;
      readonly step: StepProgress;
      /** The lesson that a click opens. */
      readonly lesson: string | undefined;
    }
  | { readonly kind: "stop"; readonly entry: OpenOnboarding; readonly stop: CodeStop };

export class OnboardingTree {
  readonly #onboardings: Onboardings;
  readonly #library: LessonLibrary;
  readonly #store: ProgressStore;
  readonly #settings: Settings;

  constructor(onboardings: Onboardings, library: LessonLibrary, store: ProgressStore, settings: Settings) {
    this.#onboardings = onboardings;
    this.#library = library;
    this.#store = store;
    this.#settings = settings;
  }

  async roots(): Promise<OnboardingNode[]> {
    return (await this.#onboardings.entries()).map((entry) => ({ kind: "onboarding", entry }));
  }

  async children(node: OnboardingNode): Promise<OnboardingNode[]> {
    if (node.kind === "stop") return [];
    if (node.kind === "step") return stopNodes(node.entry, node.step.step.kind === "stop" ? [] : node.step.stops);
    const { entry } = node;
    if (entry.kind !== "ready" || entry.person.started === undefined) return [];
    const steps = await Promise.all(entry.progress.steps.map((step) => this.#stepNode(entry, step)));
    return [...steps, ...stopNodes(entry, entry.progress.otherStops)];
  }

  item(node: OnboardingNode): vscode.TreeItem {
    switch (node.kind) {
      case "onboarding":
        return node.entry.kind === "ready" ? this.#readyItem(node.entry) : closedItem(node.entry);
      case "step":
        return this.#stepItem(node);
      case "stop":
        return this.#stopItem(node);
    }
  }

  async #stepNode(entry: OpenOnboarding, step: StepProgress): Promise<OnboardingNode> {
    const { kind, id } = step.step;
    if (kind === "stop") return { kind: "step", entry, step, lesson: undefined };
    if (kind === "lesson") return { kind: "step", entry, step, lesson: step.state === "unknown" ? undefined : id };
    const { catalog } = await this.#library.naming([id]);
    const lessons = catalog.tracks.find((track) => track.id === id)?.lessons ?? [];
    const open = lessons.find((lesson) => this.#store.progress.lesson(lesson).status !== "passed");
    return { kind: "step", entry, step, lesson: open ?? lessons[0] };
  }

  #readyItem(entry: OpenOnboarding): vscode.TreeItem {
    const { onboarding, progress, person } = entry;
    const locale = this.#settings.lessonLocale();
    const hasBegun = person.started !== undefined;
    const item = new vscode.TreeItem(
      onboarding.title[locale],
      hasBegun ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    );
    // Another id once it has begun: VS Code would keep it collapsed.
    item.id = `onboarding/${entry.repository.root.toString()}/${hasBegun ? "begun" : "new"}`;
    item.iconPath = new vscode.ThemeIcon("mortar-board");
    item.tooltip = onboarding.note?.[locale] ?? onboarding.title[locale];
    item.contextValue = hasBegun ? "onboarding" : "onboarding.new";
    const count = `${String(progress.done)}/${String(progress.steps.length)}`;
    const late = vscode.l10n.t("{0} overdue", progress.overdue);
    item.description = !hasBegun
      ? vscode.l10n.t("onboarding, not started")
      : progress.overdue > 0
        ? `${count} · ${late}`
        : count;
    if (!hasBegun) {
      const title = vscode.l10n.t("Start");
      item.command = { command: "interleave.startOnboarding", title, arguments: [{ kind: "onboarding", entry }] };
    }
    return item;
  }

  #stepItem(node: OnboardingNode & { readonly kind: "step" }): vscode.TreeItem {
    const { entry, step, lesson } = node;
    const locale = this.#settings.lessonLocale();
    const title = step.title[locale];
    const hasStops = step.step.kind !== "stop" && step.stops.length > 0;
    const item = new vscode.TreeItem(
      title,
      hasStops ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
    );
    item.id = `onboarding/${entry.repository.root.toString()}/step/${step.step.kind}/${step.step.id}`;
    item.iconPath = stepIcon(step);
    const facts = [this.#stateText(step), dueText(step)].filter((text) => text !== "");
    item.description = facts.join(" · ");
    item.tooltip = [title, ...facts, step.step.note?.[locale] ?? ""].filter((text) => text !== "").join("\n");
    item.accessibilityInformation = { label: [title, ...facts].join(", ") };
    const [stop] = step.stops;
    if (step.step.kind === "stop" && stop !== undefined) {
      item.command = openStopCommand({ kind: "stop", entry, stop });
      const decay = decayText(entry.reports.get(stop.id)?.state);
      if (decay !== "") item.description = [decay, ...facts].join(" · ");
    } else if (lesson !== undefined) {
      item.command = { command: "interleave.openLesson", title: vscode.l10n.t("Open Lesson"), arguments: [lesson] };
    }
    return item;
  }

  #stateText({ state, count, step }: StepProgress): string {
    if (state === "unknown") return vscode.l10n.t("not in this version of Interleave");
    if (state === "aided") return vscode.l10n.t("passed, but not unaided");
    if (state === "done") return step.kind === "stop" ? vscode.l10n.t("seen") : vscode.l10n.t("passed");
    if (count !== undefined) return vscode.l10n.t("{0} of {1} passed", count.passed, count.wanted);
    return state === "begun" ? vscode.l10n.t("in progress") : "";
  }

  #stopItem(node: OnboardingNode & { readonly kind: "stop" }): vscode.TreeItem {
    const { entry, stop } = node;
    const locale = this.#settings.lessonLocale();
    const report = entry.reports.get(stop.id);
    const decay = decayText(report?.state);
    const item = new vscode.TreeItem(stop.title[locale], vscode.TreeItemCollapsibleState.None);
    item.id = `onboarding/${entry.repository.root.toString()}/stop/${stop.id}`;
    const seen = entry.person.seen.includes(stop.id);
    item.description = decay === "" ? stop.symbol : `${stop.symbol} · ${decay}`;
    item.iconPath =
      decay !== ""
        ? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
        : new vscode.ThemeIcon(seen ? "check" : "location");
    item.tooltip = report?.problem?.[locale] ?? `${stop.file} · ${stop.symbol}`;
    item.accessibilityInformation = {
      label: [stop.title[locale], stop.symbol, decay].filter((text) => text !== "").join(", "),
    };
    item.contextValue = "stop";
    item.command = openStopCommand(node);
    return item;
  }
}

function stopNodes(entry: OpenOnboarding, stops: readonly CodeStop[]): OnboardingNode[] {
  return stops.map((stop) => ({ kind: "stop", entry, stop }));
}

function openStopCommand(node: OnboardingNode & { readonly kind: "stop" }): vscode.Command {
  return { command: "interleave.openStop", title: vscode.l10n.t("Go to Code"), arguments: [node] };
}

/** Of a folder whose onboarding is not read, or cannot be. */
function closedItem(entry: Exclude<OnboardingEntry, { readonly kind: "ready" }>): vscode.TreeItem {
  const [name, closed] = [vscode.l10n.t("Onboarding"), entry.kind === "untrusted"];
  const why = closed
    ? vscode.l10n.t("not read: the workspace is not trusted")
    : vscode.l10n.t("cannot be read; the log says why");
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  item.id = `onboarding/${entry.repository.root.toString()}/${entry.kind}`;
  item.description = why;
  // Else the tooltip would be all that is read out.
  item.accessibilityInformation = { label: `${name}, ${why}` };
  if (closed) {
    item.iconPath = new vscode.ThemeIcon("shield");
    item.tooltip = vscode.l10n.t("The onboarding of this repository is read once you trust the workspace.");
    item.command = { command: "workbench.trust.manage", title: vscode.l10n.t("Manage Workspace Trust") };
  } else {
    item.iconPath = new vscode.ThemeIcon("error");
    item.command = { command: "interleave.showLog", title: vscode.l10n.t("Show Log") };
  }
  return item;
}

function stepIcon({ state, overdue }: StepProgress): vscode.ThemeIcon {
  if (state === "done") return new vscode.ThemeIcon("pass-filled", new vscode.ThemeColor("testing.iconPassed"));
  if (state === "unknown") return new vscode.ThemeIcon("question");
  if (overdue) return new vscode.ThemeIcon("watch", new vscode.ThemeColor("list.warningForeground"));
  if (state === "open") return new vscode.ThemeIcon("circle-large-outline");
  return new vscode.ThemeIcon("color-mode", new vscode.ThemeColor("charts.blue"));
}

function dueText({ due, overdue, state }: StepProgress): string {
  if (due === undefined || state === "done") return "";
  const format = new Intl.DateTimeFormat(vscode.env.language, { month: "short", day: "numeric", timeZone: "UTC" });
  const day = format.format(dayStart(due));
  return overdue ? vscode.l10n.t("overdue since {0}", day) : vscode.l10n.t("due {0}", day);
}

/** "" for a stop that is sound, or was not looked at. */
function decayText(state: StopState | undefined): string {
  switch (state) {
    case "changed":
      return vscode.l10n.t("changed since this was written");
    case "moved":
      return vscode.l10n.t("moved since this was written");
    case "gone":
      return vscode.l10n.t("no longer there");
    case "unclear":
      return vscode.l10n.t("cannot be told apart");
    case "unhashed":
    case "sound":
    case undefined:
      return "";
  }
}
