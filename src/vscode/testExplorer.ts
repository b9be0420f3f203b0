/**
 * Lessons in the Test Explorer: a lesson holds the tests of its spec. Every run shows here, whoever asked for it.
 * Extension host.
 */
import * as vscode from "vscode";
import { exportLine } from "../core/lessonExports.ts";
import type { GradeRequest } from "../protocol/grading.ts";
import type { ListedTest } from "../protocol/sandboxMessages.ts";
import type { TestVerdict, Verdict } from "../protocol/verdict.ts";
import type { ExerciseFiles } from "./exerciseFiles.ts";
import type { GradingCause, GradingObserver, GradingService, GradingSession } from "./gradingService.ts";
import type { LessonLibrary } from "./lessonLibrary.ts";
import type { Settings } from "./settings.ts";
import { errorMessage, failureMessage, testOutput } from "./testMessages.ts";

export interface TestExplorerParts {
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly grading: GradingService;
  readonly settings: Settings;
  readonly gradeRequest: (lesson: string) => Promise<GradeRequest>;
  readonly onProblem: (error: unknown) => void;
}

type ItemData =
  { readonly kind: "lesson"; readonly lesson: string } | { readonly kind: "test"; readonly lesson: string };

/** A run that is being shown. */
interface ShownRun {
  readonly run: vscode.TestRun;
  readonly item: vscode.TestItem;
  readonly wants: (item: vscode.TestItem) => boolean;
  started: number;
}

export class TestExplorer implements GradingObserver, vscode.Disposable {
  readonly #parts: TestExplorerParts;
  readonly #controller: vscode.TestController;
  readonly #profile: vscode.TestRunProfile;
  readonly #data = new WeakMap<vscode.TestItem, ItemData>();
  readonly #shown = new Map<GradingSession, ShownRun>();
  readonly #requests = new WeakMap<GradingSession, vscode.TestRunRequest>();
  /** Lessons of continuous runs that are on. */
  readonly #continuous = new Set<ReadonlySet<string>>();
  readonly #observing: { dispose(): void };

  constructor(parts: TestExplorerParts) {
    this.#parts = parts;
    this.#controller = vscode.tests.createTestController("interleave", "Interleave");
    this.#controller.refreshHandler = () => this.load();
    this.#profile = this.#controller.createRunProfile(
      vscode.l10n.t("Run in every order"),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#handle(request, token),
      true,
      undefined,
      true,
    );
    this.#observing = parts.grading.observe(this);
  }

  /** Lists the lessons; their tests appear once a spec has been loaded. */
  async load(): Promise<void> {
    const { catalog, metas } = await this.#parts.library.overview();
    const locale = this.#parts.settings.lessonLocale();
    const order = catalog.tracks.flatMap((track) => track.lessons);
    for (const [id, meta] of metas) {
      const item =
        this.#controller.items.get(id) ??
        this.#controller.createTestItem(id, meta.title[locale], this.#parts.exercises.uriOf(id));
      item.label = meta.title[locale];
      item.sortText = String(order.indexOf(id)).padStart(4, "0");
      item.tags = [new vscode.TestTag(meta.level)];
      this.#data.set(item, { kind: "lesson", lesson: id });
      this.#controller.items.add(item);
    }
  }

  /** A continuous run asks for this lesson to be graded on each save. */
  isContinuous(lesson: string): boolean {
    return [...this.#continuous].some((lessons) => lessons.has(lesson));
  }

  started(session: GradingSession): void {
    const item = this.#controller.items.get(session.lesson);
    if (item === undefined) return;
    const asked = this.#requests.get(session);
    const request = asked ?? new vscode.TestRunRequest([item], undefined, this.#profile, false, true);
    const run = this.#controller.createTestRun(request, causeName(session.cause), asked !== undefined);
    const wanted = request.include;
    const excluded = new Set(request.exclude);
    const wants = (test: vscode.TestItem): boolean =>
      !excluded.has(test) &&
      !excluded.has(item) &&
      (wanted === undefined || wanted.includes(item) || wanted.includes(test));
    this.#shown.set(session, { run, item, wants, started: performance.now() });
    run.token.onCancellationRequested(() => {
      session.cancel();
    });
    item.busy = true;
    for (const [, test] of item.children) if (wants(test)) run.enqueued(test);
    void this.#place(item, session);
  }

  listed(session: GradingSession, tests: readonly ListedTest[]): void {
    const shown = this.#shown.get(session);
    if (shown === undefined) return;
    const { item, run, wants } = shown;
    const locale = this.#parts.settings.lessonLocale();
    const children = tests.map((test, index) => {
      const id = `${session.lesson}/${test.name}`;
      const child =
        item.children.get(id) ?? this.#controller.createTestItem(id, test.title[locale], this.#exerciseUri(session));
      child.label = test.title[locale];
      child.sortText = String(index).padStart(4, "0");
      this.#data.set(child, { kind: "test", lesson: session.lesson });
      return child;
    });
    item.children.replace(children);
    for (const child of children) if (wants(child)) run.enqueued(child);
    const [first] = children;
    if (first !== undefined && wants(first)) run.started(first);
    shown.started = performance.now();
  }

  tested(session: GradingSession, verdict: TestVerdict): void {
    const shown = this.#shown.get(session);
    const test = shown?.item.children.get(`${session.lesson}/${verdict.name}`);
    if (shown === undefined || test === undefined || !shown.wants(test)) return;
    const { run } = shown;
    const locale = this.#parts.settings.lessonLocale();
    const duration = performance.now() - shown.started;
    shown.started = performance.now();
    run.appendOutput(testOutput(verdict, locale), undefined, test);
    if (verdict.failure === undefined) run.passed(test, duration);
    else run.failed(test, failureMessage(verdict.failure, this.#exerciseUri(session), locale, test.range), duration);
  }

  ended(session: GradingSession, verdict: Verdict): void {
    const shown = this.#shown.get(session);
    if (shown === undefined) return;
    const { run, item, wants } = shown;
    this.#shown.delete(session);
    try {
      item.busy = false;
      const { error } = verdict;
      if (error === undefined || error.code === "cancelled") return;
      const locale = this.#parts.settings.lessonLocale();
      run.appendOutput(`${error.message[locale]}\r\n`);
      run.errored(item, errorMessage(error, this.#exerciseUri(session), locale));
      const graded = new Set(verdict.tests.map((test) => `${session.lesson}/${test.name}`));
      for (const [id, test] of item.children) if (!graded.has(id) && wants(test)) run.skipped(test);
    } finally {
      run.end();
    }
  }

  dispose(): void {
    this.#observing.dispose();
    for (const { run } of this.#shown.values()) run.end();
    this.#shown.clear();
    this.#profile.dispose();
    this.#controller.dispose();
  }

  async #handle(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const lessons = this.#lessonsOf(request);
    if (request.continuous === true) {
      this.#continuous.add(lessons);
      token.onCancellationRequested(() => this.#continuous.delete(lessons));
      return;
    }
    for (const lesson of lessons) {
      if (token.isCancellationRequested) return;
      try {
        const asked = await this.#parts.gradeRequest(lesson);
        const remember = (session: GradingSession): void => void this.#requests.set(session, request);
        const session = this.#parts.grading.start(asked, "test-explorer", remember);
        const cancelling = token.onCancellationRequested(() => {
          session.cancel();
        });
        await session.verdict;
        cancelling.dispose();
      } catch (error) {
        this.#parts.onProblem(error);
      }
    }
  }

  #lessonsOf(request: vscode.TestRunRequest): ReadonlySet<string> {
    const items = request.include ?? [...this.#controller.items].map(([, item]) => item);
    const excluded = new Set(request.exclude);
    return new Set(items.filter((item) => !excluded.has(item)).flatMap((item) => this.#data.get(item)?.lesson ?? []));
  }

  #exerciseUri(session: GradingSession): vscode.Uri {
    return this.#parts.exercises.uriOf(session.lesson);
  }

  /** Puts the lesson's mark in the margin where the exercise declares what it exports. */
  async #place(item: vscode.TestItem, session: GradingSession): Promise<void> {
    const { metas } = await this.#parts.library.overview();
    const line = exportLine(session.text, metas.get(session.lesson)?.exports ?? []) - 1;
    item.range = new vscode.Range(line, 0, line, 0);
  }
}

function causeName(cause: GradingCause): string {
  switch (cause) {
    case "save":
      return vscode.l10n.t("On save");
    case "command":
    case "test-explorer":
      return vscode.l10n.t("Run");
  }
}
