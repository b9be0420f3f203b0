/** One item on the left of the status bar: the lesson at hand and how its exercise stands. Extension host. */
import * as vscode from "vscode";
import { describeStanding, describeVerdict } from "../../core/verdict/lessonVerdictText.ts";
import type { GradingState } from "../../core/lessonPanel/lessonPanelState.ts";
import type { Locale } from "../../protocol/words.ts";
import type { GradingService } from "./gradingService.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { Settings } from "../settings.ts";

export interface StatusBarParts {
  readonly library: LessonLibrary;
  readonly grading: GradingService;
  readonly store: ProgressStore;
  readonly settings: Settings;
  /** The lesson whose exercise or panel has the focus. */
  readonly currentLesson: () => string | undefined;
}

export class StatusBar implements vscode.Disposable {
  readonly #parts: StatusBarParts;
  readonly #item: vscode.StatusBarItem;
  readonly #observing: { dispose(): void };
  #drawing = 0;

  constructor(parts: StatusBarParts) {
    this.#parts = parts;
    this.#item = vscode.window.createStatusBarItem("interleave.lesson", vscode.StatusBarAlignment.Left, 10);
    this.#item.name = "Interleave";
    this.#observing = parts.grading.observe({ changed: () => void this.refresh() });
  }

  async refresh(): Promise<void> {
    const turn = ++this.#drawing;
    const { library, grading, store, settings, currentLesson } = this.#parts;
    const id = currentLesson();
    const meta = id === undefined ? undefined : await library.meta(id);
    if (turn !== this.#drawing) return;
    if (id === undefined || meta === undefined) {
      this.#item.hide();
      return;
    }
    const locale = settings.lessonLocale();
    const title = meta.title[locale];
    const state = grading.stateOf(id);
    const { icon, words, failed } = describe(state, store.progress.lesson(id).status === "passed", locale);
    const separator = locale === "en" ? ": " : "：";
    this.#item.text = `$(${icon}) ${title}${words === "" ? "" : separator}${words}`;
    this.#item.tooltip = state.kind === "graded" ? describeVerdict(state.verdict, locale) : meta.summary[locale];
    this.#item.backgroundColor = failed ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.#item.command = {
      command: "interleave.showLesson",
      title: vscode.l10n.t("Show lesson"),
      arguments: [id],
    };
    this.#item.accessibilityInformation = {
      label: words === "" ? `Interleave: ${title}` : `Interleave: ${title}, ${words}`,
      role: "button",
    };
    this.#item.show();
  }

  dispose(): void {
    this.#observing.dispose();
    this.#item.dispose();
  }
}

interface Description {
  readonly icon: string;
  readonly words: string;
  readonly failed: boolean;
}

function describe(state: GradingState, passed: boolean, locale: Locale): Description {
  switch (state.kind) {
    case "none":
      return passed
        ? { icon: "pass", words: locale === "en" ? "passed" : "已通过", failed: false }
        : { icon: "book", words: "", failed: false };
    case "running":
      return { icon: "loading~spin", words: locale === "en" ? "running" : "运行中", failed: false };
    case "graded": {
      const { verdict, stale } = state;
      const icon = verdict.passed ? "pass" : "error";
      return { icon, words: describeStanding(verdict, locale), failed: !verdict.passed && !stale };
    }
  }
}
