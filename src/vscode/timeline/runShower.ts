/**
 * Puts runs on the stage: the first failure of each verdict, and whichever run the learner asks for. Fetches the natural order
 * beside it, to compare with, without anybody waiting for it. Extension host.
 */
import * as vscode from "vscode";
import { naturalOrder } from "../../core/verdict/naturalOrder.ts";
import { withoutTrace } from "../../core/verdict/withoutTrace.ts";
import type { GradeRequest, Grader, ReplayResult } from "../../protocol/grading.ts";
import type { RunOrigin, ShownRun } from "../../protocol/shownRun.ts";
import type { TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { Words } from "../../protocol/words.ts";
import type { GradingObserver, GradingSession } from "../grading/gradingService.ts";
import { playSchedule } from "../schedule/playSchedule.ts";
import type { RunStage } from "./runStage.ts";
import { pickTest } from "../schedule/scheduleInput.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

export interface RunShowerParts {
  readonly stage: RunStage;
  readonly grader: Grader;
  readonly settings: Settings;
  readonly onProblem: (error: unknown) => void;
}

/** A run of one test that was played. */
export interface PlayedRun extends Pick<ReplayResult, "trace" | "verdict"> {
  readonly test: string;
  readonly schedule: string;
  /** Where the text that ran can be looked at, if it is not the learner's exercise. */
  readonly document?: vscode.Uri;
}

export class RunShower implements GradingObserver, vscode.Disposable {
  readonly #parts: RunShowerParts;
  /** Of the natural order that is being fetched. */
  #fetching = new AbortController();
  #passed = false;

  constructor(parts: RunShowerParts) {
    this.#parts = parts;
  }

  /** The last verdict was a pass. */
  get passed(): boolean {
    return this.#passed;
  }

  started(): void {
    this.#fetching.abort();
  }

  ended({ lesson, request }: GradingSession, verdict: Verdict): void {
    if (verdict.error !== undefined) return;
    this.#passed = verdict.passed;
    const { stage, settings, onProblem } = this.#parts;
    // Whoever steps through a run of their own is not interrupted.
    if (stage.run?.live === true || stage.run?.origin === "steps") return;
    const [failed] = verdict.tests.filter(({ failure }) => failure !== undefined);
    if (failed !== undefined) {
      this.showFailure(request, failed);
      if (settings.get("showTimeline") === "onFailure") this.reveal(true).catch(onProblem);
    } else if (stage.run?.lesson === lesson) stage.show(undefined);
  }

  /** Puts the order that breaks this test on the stage, and leaves it to the views whether they come forward. */
  showFailure(request: GradeRequest, test: TestVerdict): void {
    if (test.failure === undefined) return;
    const { schedule, trace } = test.failure;
    this.#show(request, { ...failureOf(test), test: test.name, title: test.title, origin: "failure", schedule, trace });
  }

  /** The order that breaks this test, or the natural one where none does. @throws UserError where it cannot be played */
  async showTest(request: GradeRequest, test: TestVerdict): Promise<void> {
    if (test.failure !== undefined) this.showFailure(request, test);
    else if (!(await this.showNatural(request, test))) return;
    await this.reveal(false);
  }

  /** Plays the natural order of a test. False where that was cancelled. @throws UserError where it cannot be played */
  async showNatural(request: GradeRequest, { name, title }: Pick<TestVerdict, "name" | "title">): Promise<boolean> {
    const asked = { test: name, schedule: naturalOrder };
    const played = await playSchedule(this.#parts.grader, { ...request, ...asked });
    if (played.error?.code === "cancelled") return false;
    if (played.error !== undefined) throw new UserError(played.error.message[this.#parts.settings.lessonLocale()]);
    this.showPlayed(request, { ...played, ...asked }, title);
    return true;
  }

  /** Lets the learner choose one of the tests, where there are several. @throws UserError */
  async choose(request: GradeRequest, verdict: Verdict): Promise<void> {
    const locale = this.#parts.settings.lessonLocale();
    if (verdict.error?.code === "cancelled") return;
    if (verdict.error !== undefined) throw new UserError(verdict.error.message[locale]);
    const [only, second] = verdict.tests;
    const hint = vscode.l10n.t("The test whose order is shown");
    const test = second === undefined ? only : await pickTest(verdict.tests, locale, hint);
    if (test !== undefined) await this.showTest(request, test);
  }

  showPlayed(request: GradeRequest, played: PlayedRun, title: Words): void {
    const { trace, test, schedule, verdict, document } = played;
    const where = document === undefined ? {} : { document: document.toString() };
    this.#show(request, { test, title, origin: "replay", schedule, trace, ...where, ...failureOf(verdict) });
  }

  /** Brings the timeline to the front. */
  async reveal(preserveFocus: boolean): Promise<void> {
    await vscode.commands.executeCommand("interleave.timeline.focus", { preserveFocus });
  }

  dispose(): void {
    this.#fetching.abort();
  }

  #show(
    request: GradeRequest,
    facts: Omit<ShownRun, "lesson" | "live" | "exercise" | "natural"> & { readonly origin: RunOrigin },
  ): void {
    const run: ShownRun = { ...facts, lesson: request.lesson, live: false, exercise: request.exercise };
    this.#parts.stage.show(run);
    this.#fetching.abort();
    if (run.schedule !== naturalOrder) this.#addNatural(request, run).catch(this.#parts.onProblem);
  }

  async #addNatural(request: GradeRequest, run: ShownRun): Promise<void> {
    const { stage, grader } = this.#parts;
    const { signal } = (this.#fetching = new AbortController());
    const natural = await grader.replay({ ...request, test: run.test, schedule: naturalOrder }, signal);
    if (natural.error === undefined && stage.run === run) stage.show({ ...run, natural: natural.trace }, stage.moment);
  }
}

function failureOf(test: TestVerdict | undefined): Pick<ShownRun, "failure"> {
  return test?.failure === undefined ? {} : { failure: withoutTrace(test.failure) };
}
