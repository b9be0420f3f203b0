/** What a learner can do with a lesson, whichever way they ask: command, panel, CodeLens, tree. Extension host. */
import * as vscode from "vscode";
import { exerciseName, panelState } from "../../core/lessonPanel/lessonPanelState.ts";
import { nextFitting, type NextLesson } from "../../core/lesson/learnersPath.ts";
import type { GradeRequest, Grader } from "../../protocol/grading.ts";
import type { LessonPanelState, PanelPart } from "../../protocol/lessonPanelMessages.ts";
import { ownCaseTest } from "../../protocol/steps.ts";
import type { Failure, GradeError, SourcePosition, TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { GradingCause, GradingService } from "../grading/gradingService.ts";
import type { LessonLibrary } from "./lessonLibrary.ts";
import type { LessonPanels } from "./lessonPanels.ts";
import type { OwnCases } from "../exercise/ownCases.ts";
import { pickTest } from "../schedule/scheduleInput.ts";
import type { ProgressStore } from "../progress/progressStore.ts";
import type { RunShower } from "../timeline/runShower.ts";
import type { RunStage } from "../timeline/runStage.ts";
import type { ScheduleReplay } from "../schedule/scheduleReplay.ts";
import type { KeptOrder, SchedulerGame } from "../schedule/schedulerGame.ts";
import type { Settings } from "../settings.ts";
import type { SolutionView } from "./solutionView.ts";
import { positionOf } from "../grading/testMessages.ts";
import { UserError } from "../userError.ts";

export interface LessonActionParts {
  readonly grader: Grader;
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly grading: GradingService;
  readonly store: ProgressStore;
  readonly settings: Settings;
  readonly solutions: SolutionView;
  readonly replays: ScheduleReplay;
  readonly stage: RunStage;
  readonly cases: OwnCases;
  /** Made after the actions that it asks for requests. */
  readonly game: () => SchedulerGame;
  readonly runs: RunShower;
  /** A lesson is about to be graded: who shows runs makes ready. */
  readonly prepare: (lesson: string) => Promise<void>;
  /** Made after the actions that its pages ask for. */
  readonly panels: () => LessonPanels;
}

export class LessonActions {
  readonly #parts: LessonActionParts;

  constructor(parts: LessonActionParts) {
    this.#parts = parts;
  }

  /** The exercise on the left, the lesson on the right. */
  async open(id: string): Promise<void> {
    const { grader, library, store } = this.#parts;
    const lesson = await library.lesson(id);
    grader.warm();
    const exercise = this.openExercise(id);
    // Side by side, since VS Code takes a while for either; but a panel that came into an empty window would take the exercise's place.
    if (vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0)) await exercise;
    this.#parts.panels().show(id, lesson.meta.title[this.#parts.settings.lessonLocale()], true);
    await exercise;
    store.record({ type: "opened", lesson: id });
  }

  /** Its exercise has got the focus: the lesson beside it follows. */
  async accompany(id: string): Promise<void> {
    const { library, panels, settings } = this.#parts;
    if (!panels().canAccompany(id)) return;
    const { meta } = await library.lesson(id);
    panels().accompany(id, meta.title[settings.lessonLocale()]);
  }

  /** What a lesson's page names: a lesson of its own pack, or a built-in one. */
  async openLinked(from: string, link: string): Promise<void> {
    await this.open(await this.#parts.library.linkedFrom(from, link));
  }

  /** The panel alone, with the focus in it. */
  async showPanel(id: string): Promise<void> {
    const lesson = await this.#parts.library.lesson(id);
    this.#parts.grader.warm();
    this.#parts.panels().show(id, lesson.meta.title[this.#parts.settings.lessonLocale()], false);
  }

  /** @param preserveFocus the place is shown, and the focus stays where it is */
  async openExercise(id: string, at?: SourcePosition, preserveFocus = false): Promise<void> {
    const uri = await this.#parts.exercises.ensure(id);
    const visible = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    const options: vscode.TextDocumentShowOptions = {
      viewColumn: visible?.viewColumn ?? vscode.ViewColumn.One,
      preview: false,
      preserveFocus,
    };
    if (at !== undefined) options.selection = new vscode.Range(positionOf(at), positionOf(at));
    await vscode.window.showTextDocument(uri, options);
  }

  /** What the runner is asked for the exercise as it stands in the editor. */
  async gradeRequest(id: string): Promise<GradeRequest> {
    const { library, exercises, cases, prepare } = this.#parts;
    const [lesson, exercise, own] = await Promise.all([
      library.lesson(id),
      exercises.text(id),
      cases.forGrading(id),
      prepare(id),
    ]);
    return { lesson: id, spec: lesson.spec, exercise, exerciseName, exports: lesson.meta.exports, cases: own };
  }

  async grade(id: string, cause: GradingCause): Promise<void> {
    this.#parts.grading.start(await this.gradeRequest(id), cause);
  }

  /** Saves and grades; the panel moves to the result. */
  async run(id: string): Promise<void> {
    await this.#parts.exercises.save(id);
    await this.grade(id, "command");
    await this.#reveal(id, "result");
  }

  async showHint(id: string): Promise<void> {
    const { library, store, settings } = this.#parts;
    const lesson = await library.lesson(id);
    const total = library.rendered(lesson, settings.lessonLocale()).hints.length;
    const shown = store.progress.lesson(id).hintsShown;
    if (shown < total) store.record({ type: "hint-shown", lesson: id, hint: shown + 1 });
    this.#parts.panels().show(id, lesson.meta.title[settings.lessonLocale()], true);
    await this.#reveal(id, "hints");
  }

  /** Asks first where the lesson is not passed yet. */
  async showSolution(id: string): Promise<void> {
    const { library, store, solutions, settings } = this.#parts;
    const { meta } = await library.lesson(id);
    const state = store.progress.lesson(id);
    if (state.status !== "passed" && !state.solutionShown) {
      const show = vscode.l10n.t("Show Solution");
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t("Look at the solution before your own passes?"),
        { modal: true, detail: vscode.l10n.t("The hints go further than you may think. Your file is not changed.") },
        show,
      );
      if (answer !== show) return;
    }
    store.record({ type: "solution-shown", lesson: id });
    await solutions.show(id, meta.title[settings.lessonLocale()]);
  }

  async reset(id: string): Promise<void> {
    const { exercises, store } = this.#parts;
    if (!(await exercises.reset(id))) {
      void vscode.window.showInformationMessage(vscode.l10n.t("The exercise is the starter already."));
      return;
    }
    store.record({ type: "reset", lesson: id });
    await this.#parts.panels().refresh(id);
    const restore = vscode.l10n.t("Restore My Text");
    // Not awaited: the notification may stay for as long as it likes.
    void vscode.window
      .showInformationMessage(vscode.l10n.t("The starter is back. Your text was kept."), restore)
      .then((answer) => (answer === restore ? this.restore(id) : undefined));
  }

  async restore(id: string): Promise<void> {
    if (!(await this.#parts.exercises.restore(id))) {
      throw new UserError(vscode.l10n.t("There is no text to restore."));
    }
    await this.#parts.panels().refresh(id);
    await this.#announce(id, vscode.l10n.t("Your text is back."));
  }

  async openNext(id: string): Promise<void> {
    const next = await this.#nextAfter(id);
    if (next === undefined) throw new UserError(vscode.l10n.t("You have passed every other lesson."));
    await this.open(next.lesson);
  }

  async copySchedule(id: string, test: string): Promise<void> {
    await vscode.env.clipboard.writeText(this.#failureOf(id, test).schedule);
    await this.#announce(id, vscode.l10n.t("Schedule copied."));
  }

  /** Shows the order that breaks this test, event by event. */
  async replayFailure(id: string, test: string): Promise<void> {
    await this.#parts.replays.show(await this.gradeRequest(id), test, this.#failureOf(id, test).schedule);
  }

  /** Steps through the order that breaks this test, from its first event; it need not be on show already. */
  async stepThroughFailure(id: string, test: string): Promise<void> {
    const { runs, stage } = this.#parts;
    const failed = this.#failedTest(id, test);
    const { schedule, trace } = failed.failure;
    const { run } = stage;
    const isShown = run?.origin === "failure" && run.lesson === id && run.test === test && run.schedule === schedule;
    if (!isShown) runs.showFailure(await this.#gradedRequest(id), failed);
    stage.moveTo(trace[0]?.seq);
  }

  /** Puts the natural order of the first test on show. */
  async showNaturalOrder(id: string): Promise<void> {
    const request = await this.gradeRequest(id);
    const verdict = await this.#currentVerdict(request);
    const [first] = verdict.tests;
    if (verdict.error?.code === "cancelled") return;
    if (first === undefined) throw this.#cannotRun(verdict.error);
    await this.#parts.runs.showNatural(request, first);
  }

  #cannotRun(error: GradeError | undefined): UserError {
    return new UserError(error?.message[this.#parts.settings.lessonLocale()] ?? vscode.l10n.t("There is no test."));
  }

  /** Lets the learner choose a test, and then, in the lesson's panel, what happens next in it. */
  async beatScheduler(id: string): Promise<void> {
    const { library, settings, panels, game } = this.#parts;
    const request = await this.gradeRequest(id);
    const verdict = await this.#currentVerdict(request);
    if (verdict.error?.code === "cancelled") return;
    const own = new Set(request.cases?.map((each) => ownCaseTest(each.id)));
    const tests = verdict.tests.filter(({ name }) => !own.has(name));
    if (verdict.error !== undefined || tests.length === 0) throw this.#cannotRun(verdict.error);
    const locale = settings.lessonLocale();
    const test = await pickTest(tests, locale, vscode.l10n.t("The test in which you choose what happens next"));
    if (test === undefined) return;
    const { meta } = await library.lesson(id);
    panels().show(id, meta.title[locale], false);
    await game().start(request, test);
    await this.#reveal(id, "steps");
  }

  /** Keeps an order that the learner has found, and grades it with the rest. */
  async keepOrder(id: string, order: KeptOrder): Promise<void> {
    await this.#parts.cases.keep(id, order);
    await this.grade(id, "command");
    await this.#announce(id, vscode.l10n.t("Kept as your own test."));
  }

  /** Lets the learner rename and delete the orders that they have kept. */
  async manageCases(id: string): Promise<void> {
    if (await this.#parts.cases.manage(id, () => this.grade(id, "command"))) await this.grade(id, "command");
  }

  /** Lets the learner choose the test and the schedule. */
  async replaySchedule(id: string): Promise<void> {
    const request = await this.gradeRequest(id);
    await this.#parts.replays.choose(request, await this.#currentVerdict(request));
  }

  /** Shows the order that breaks this test on the timeline. */
  async showFailure(id: string, test: string): Promise<void> {
    const verdict = this.#failedTest(id, test);
    await this.#parts.runs.showTest(await this.#gradedRequest(id), verdict);
  }

  /** Lets the learner choose the test whose order the timeline shows. */
  async showTimeline(id: string): Promise<void> {
    const request = await this.gradeRequest(id);
    await this.#parts.runs.choose(request, await this.#currentVerdict(request));
  }

  async panelState(id: string): Promise<LessonPanelState> {
    const { library, exercises, grading, store, settings } = this.#parts;
    const locale = settings.lessonLocale();
    const [lesson, next, canRestore, canPlay, changes] = await Promise.all([
      library.lesson(id),
      this.#nextAfter(id),
      exercises.canRestore(id),
      // What is wrong with a driver is said to whoever presses the button; the lesson is shown all the same.
      library.playground(id).then(
        (driver) => driver !== undefined,
        () => true,
      ),
      library.changesOf(id, store.progress.lesson(id)),
    ]);
    const { catalog, metas } = await library.naming([id, ...lesson.meta.prerequisites, next?.lesson ?? id]);
    return panelState({
      locale,
      catalog,
      lesson,
      rendered: library.rendered(lesson, locale),
      titleOf: (other) => metas.get(other)?.title,
      progress: store.progress,
      grading: grading.stateOf(id),
      canRestore,
      canPlay,
      next,
      changes,
    });
  }

  /** What each lesson trains is looked up only for a lesson that is passed: until then nobody goes on. */
  async #nextAfter(id: string): Promise<NextLesson | undefined> {
    const { library, store } = this.#parts;
    const { catalog, metas } = await library.around(id);
    const { progress } = store;
    const trains = progress.lesson(id).status === "passed" ? await library.trainedAround(id) : undefined;
    return nextFitting({ catalog, metas, progress, trains }, id);
  }

  /** What was asked for the verdict on show: the text that it is about, which the editor may have moved on from. */
  async #gradedRequest(id: string): Promise<GradeRequest> {
    const request = await this.gradeRequest(id);
    return { ...request, exercise: this.#parts.grading.textOf(id) ?? request.exercise };
  }

  /** @throws UserError */
  #failureOf(id: string, test: string): Failure {
    return this.#failedTest(id, test).failure;
  }

  /** @throws UserError */
  #failedTest(id: string, test: string): TestVerdict & { readonly failure: Failure } {
    const state = this.#parts.grading.stateOf(id);
    const found = state.kind === "graded" ? state.verdict.tests.find((each) => each.name === test) : undefined;
    if (found?.failure === undefined) throw new UserError(vscode.l10n.t("That test has no failure any more."));
    return { ...found, failure: found.failure };
  }

  /** The verdict on this very text; runs it where there is none yet. */
  async #currentVerdict(request: GradeRequest): Promise<Verdict> {
    const { grading } = this.#parts;
    const state = grading.stateOf(request.lesson);
    if (state.kind === "graded" && !state.stale) return state.verdict;
    return grading.start(request, "command").verdict;
  }

  async #reveal(id: string, part: PanelPart): Promise<void> {
    await this.#parts.panels().get(id)?.reveal(part);
  }

  async #announce(id: string, text: string): Promise<void> {
    await this.#parts.panels().get(id)?.announce(text);
  }
}
