/**
 * Lessons in the Test Explorer: a lesson holds the tests of its spec. Every run shows here, whoever asked for it.
 * Extension host.
 */
import * as vscode from "vscode";
import { exportLine } from "../../core/lesson/lessonExports.ts";
import type { GradeRequest } from "../../protocol/grading.ts";
import type { ListedTest } from "../../protocol/sandboxMessages.ts";
import type { TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { DebugActions } from "../debug/debugActions.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { GradingCause, GradingObserver, GradingService, GradingSession } from "./gradingService.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { PackTests } from "../packs/packTests.ts";
import type { Debugging } from "../debug/scheduleDebugger.ts";
import type { Settings } from "../settings.ts";
import { errorMessage, failureMessage, testOutput } from "./testMessages.ts";

export interface TestExplorerParts {
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly grading: GradingService;
  readonly settings: Settings;
  readonly debugging: DebugActions;
  readonly gradeRequest: (lesson: string) => Promise<GradeRequest>;
  /** Logs an error and gives a sentence for the learner. */
  readonly explain: (error: unknown) => string;
  readonly onProblem: (error: unknown) => void;
}

type ItemData =
  { readonly kind: "lesson"; readonly lesson: string } | { readonly kind: "test"; readonly lesson: string };

/** A run that is being shown. */
interface ShownRun {
  readonly run: vscode.TestRun;
  readonly item: vscode.TestItem;
  readonly wants: (item: vscode.TestItem) => boolean;
  /** The run goes on with another lesson. */
  readonly goesOn: boolean;
  started: number;
}

/** What was asked for in the Test Explorer: one run, however many lessons it takes. */
interface AskedRun {
  readonly request: vscode.TestRunRequest;
  readonly run: vscode.TestRun;
}

export class TestExplorer implements GradingObserver, vscode.Disposable {
  readonly #parts: TestExplorerParts;
  readonly #controller: vscode.TestController;
  readonly #profile: vscode.TestRunProfile;
  readonly #debugProfile: vscode.TestRunProfile;
  readonly #data = new WeakMap<vscode.TestItem, ItemData>();
  readonly #shown = new Map<GradingSession, ShownRun>();
  readonly #asked = new WeakMap<GradingSession, AskedRun>();
  /** Lessons of continuous runs that are on. */
  readonly #continuous = new Set<ReadonlySet<string>>();
  readonly #packs: PackTests;
  readonly #observing: { dispose(): void };

  constructor(parts: TestExplorerParts) {
    this.#parts = parts;
    this.#controller = vscode.tests.createTestController("interleave", "Interleave");
    this.#controller.refreshHandler = () => this.load();
    this.#packs = new PackTests(this.#controller, parts, (item, lesson) => {
      this.#data.set(item, { kind: "lesson", lesson });
    });
    // Asked first when somebody looks at the tests: until then no pack is read.
    this.#controller.resolveHandler = (item) => this.#packs.resolve(item);
    this.#profile = this.#controller.createRunProfile(
      vscode.l10n.t("Run in every order"),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#handle(request, token),
      true,
      undefined,
      true,
    );
    this.#debugProfile = this.#controller.createRunProfile(
      vscode.l10n.t("Debug this order"),
      vscode.TestRunProfileKind.Debug,
      (request, token) => this.#debug(request, token),
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
      const uri = this.#parts.exercises.uriOf(id);
      const known = this.#controller.items.get(id);
      // Where exercises are kept may have changed.
      const item =
        known?.uri?.toString() === uri.toString()
          ? known
          : this.#controller.createTestItem(id, meta.title[locale], uri);
      item.label = meta.title[locale];
      item.sortText = String(order.indexOf(id)).padStart(4, "0");
      item.tags = [new vscode.TestTag(meta.level)];
      this.#data.set(item, { kind: "lesson", lesson: id });
      this.#controller.items.add(item);
    }
    await this.#packs.refresh();
  }

  /** A lesson of a pack has its item from the moment that it is worked on. */
  prepare(lesson: string): Promise<void> {
    return this.#packs.prepare(lesson);
  }

  #itemOf(lesson: string): vscode.TestItem | undefined {
    return this.#controller.items.get(lesson) ?? this.#packs.itemOf(lesson);
  }

  /** A continuous run asks for this lesson to be graded on each save. */
  isContinuous(lesson: string): boolean {
    return [...this.#continuous].some((lessons) => lessons.has(lesson));
  }

  started(session: GradingSession): void {
    const item = this.#itemOf(session.lesson);
    if (item === undefined) return;
    const asked = this.#asked.get(session);
    const request = asked?.request ?? new vscode.TestRunRequest([item], undefined, this.#profile, false, true);
    const run = asked?.run ?? this.#controller.createTestRun(request, causeName(session.cause), false);
    const wanted = request.include;
    const excluded = new Set(request.exclude);
    const pack = item.parent;
    const wants = (test: vscode.TestItem): boolean =>
      !excluded.has(test) &&
      !excluded.has(item) &&
      (wanted === undefined || [test, item, pack].some((each) => each !== undefined && wanted.includes(each)));
    this.#shown.set(session, { run, item, wants, goesOn: asked !== undefined, started: performance.now() });
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
    const duration = performance.now() - shown.started;
    shown.started = performance.now();
    this.#tell(shown.run, test, session.lesson, verdict, duration);
  }

  /** @param duration real ms, where they say anything */
  #tell(run: vscode.TestRun, test: vscode.TestItem, lesson: string, verdict: TestVerdict, duration?: number): void {
    const locale = this.#parts.settings.lessonLocale();
    const { failure } = verdict;
    run.appendOutput(testOutput(verdict, locale), undefined, test);
    if (failure === undefined) run.passed(test, duration);
    else {
      run.failed(test, failureMessage(failure, this.#parts.exercises.uriOf(lesson), locale, test.range), duration);
    }
  }

  ended(session: GradingSession, verdict: Verdict): void {
    const shown = this.#shown.get(session);
    if (shown === undefined) return;
    const { run, item, wants, goesOn } = shown;
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
      if (!goesOn) run.end();
    }
  }

  dispose(): void {
    this.#observing.dispose();
    for (const { run } of this.#shown.values()) run.end();
    this.#shown.clear();
    this.#profile.dispose();
    this.#debugProfile.dispose();
    this.#controller.dispose();
  }

  async #handle(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const lessons = await this.#lessonsOf(request);
    if (request.continuous === true) {
      this.#continuous.add(lessons);
      token.onCancellationRequested(() => this.#continuous.delete(lessons));
      return;
    }
    const run = this.#controller.createTestRun(request, causeName("test-explorer"), true);
    try {
      for (const lesson of lessons) {
        if (token.isCancellationRequested) return;
        await this.#grade(lesson, { request, run }, token);
      }
    } finally {
      run.end();
    }
  }

  async #grade(lesson: string, asked: AskedRun, token: vscode.CancellationToken): Promise<void> {
    try {
      const request = await this.#parts.gradeRequest(lesson);
      const remember = (session: GradingSession): void => void this.#asked.set(session, asked);
      const session = this.#parts.grading.start(request, "test-explorer", remember);
      const cancelling = token.onCancellationRequested(() => {
        session.cancel();
      });
      await session.verdict;
      cancelling.dispose();
    } catch (error) {
      this.#parts.onProblem(error);
    }
  }

  /** One test, however many were asked for: the first that fails, else the first. */
  async #debug(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const asked = await this.#withLessons(request.include);
    const item = asked.find((each) => this.#fails(each)) ?? asked[0];
    const lesson = item === undefined ? undefined : this.#data.get(item)?.lesson;
    if (item === undefined || lesson === undefined) return;
    try {
      const name = item.id === lesson ? undefined : item.id.slice(lesson.length + 1);
      const debugging = await this.#parts.debugging.debug(lesson, name);
      if (debugging !== undefined) await this.#showDebugging(request, token, lesson, debugging);
    } catch (error) {
      void vscode.window.showErrorMessage(this.#parts.explain(error));
    }
  }

  async #showDebugging(
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
    lesson: string,
    debugging: Debugging,
  ): Promise<void> {
    const stopping = token.onCancellationRequested(() => {
      debugging.stop().catch(this.#parts.onProblem);
    });
    const run = this.#controller.createTestRun(request, vscode.l10n.t("Debug"), false);
    const test = this.#itemOf(lesson)?.children.get(`${lesson}/${debugging.test}`);
    if (test !== undefined) run.started(test);
    const verdict = await debugging.ended;
    if (test !== undefined && verdict !== undefined) this.#tell(run, test, lesson, verdict);
    run.end();
    stopping.dispose();
  }

  #fails(item: vscode.TestItem): boolean {
    const lesson = this.#data.get(item)?.lesson;
    const state = lesson === undefined ? undefined : this.#parts.grading.stateOf(lesson);
    if (lesson === undefined || state?.kind !== "graded") return false;
    return state.verdict.tests.some(
      ({ name, status }) => status === "failed" && (item.id === lesson || item.id === `${lesson}/${name}`),
    );
  }

  async #lessonsOf(request: vscode.TestRunRequest): Promise<ReadonlySet<string>> {
    const items = await this.#withLessons(request.include);
    const excluded = new Set(request.exclude);
    return new Set(items.filter((item) => !excluded.has(item)).flatMap((item) => this.#data.get(item)?.lesson ?? []));
  }

  /** What was asked for, with the lessons of a pack in its place: also of one that nobody has opened in the tree. */
  async #withLessons(include: readonly vscode.TestItem[] | undefined): Promise<readonly vscode.TestItem[]> {
    const items = include ?? [...this.#controller.items].map(([, item]) => item);
    const lessons: vscode.TestItem[] = [];
    for (const item of items) {
      if (!this.#data.has(item)) await this.#packs.resolve(item);
      lessons.push(...(this.#data.has(item) ? [item] : [...item.children].map(([, child]) => child)));
    }
    return lessons;
  }

  #exerciseUri(session: GradingSession): vscode.Uri {
    return this.#parts.exercises.uriOf(session.lesson);
  }

  /** Puts the lesson's mark in the margin where the exercise declares what it exports. */
  async #place(item: vscode.TestItem, session: GradingSession): Promise<void> {
    const meta = await this.#parts.library.meta(session.lesson);
    const line = exportLine(session.text, meta?.exports ?? []) - 1;
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
