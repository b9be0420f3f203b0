/** What the learner can ask to have debugged: a failing test's schedule, a test's natural order, or one of their choice. Extension host. */
import * as vscode from "vscode";
import { isStuck } from "../../core/verdict/isStuck.ts";
import { naturalOrder } from "../../core/verdict/naturalOrder.ts";
import type { FoundLoop, GradeRequest } from "../../protocol/grading.ts";
import type { ListedTest } from "../../protocol/sandboxMessages.ts";
import type { TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { NodeGrader } from "../../runner/node/createNodeGrader.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { GradingService } from "../grading/gradingService.ts";
import { noticeLongWork } from "../longWork.ts";
import type { Debugging, ScheduleDebugger } from "./scheduleDebugger.ts";
import { askForSchedule, pickTest } from "../schedule/scheduleInput.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

/** Real ms before looking for the failing order says that it is under way. */
const patience = 300;
/** Shown as the test where the exercise gets stuck before any. */
const loading: ListedTest = {
  name: "loading",
  title: { en: "While the exercise is loaded", "zh-cn": "加载练习的时候" },
};

export interface DebugActionParts {
  readonly grader: Pick<NodeGrader, "replay" | "findLoop">;
  readonly grading: GradingService;
  readonly exercises: ExerciseFiles;
  readonly settings: Settings;
  readonly debugger: ScheduleDebugger;
  readonly gradeRequest: (lesson: string) => Promise<GradeRequest>;
}

export class DebugActions {
  readonly #parts: DebugActionParts;

  constructor(parts: DebugActionParts) {
    this.#parts = parts;
  }

  /**
   * Debugs the order that breaks a test; where nothing breaks it, the natural one.
   * @param name of the test; without it the first that fails, else the first @throws UserError
   */
  async debug(lesson: string, name?: string): Promise<Debugging | undefined> {
    const { request, verdict } = await this.#graded(lesson);
    if (verdict.error?.code === "cancelled") return undefined;
    const test = chosen(verdict.tests, name);
    // One that is not among them was not reached: the loop came before it, or in it.
    if (isStuck(verdict) && (name === undefined || test === undefined)) return this.#debugStuck(request, verdict);
    if (test === undefined) throw this.#cannotRun(verdict);
    const { failure } = test;
    if (failure === undefined) this.#sayItHolds(test);
    return this.#parts.debugger.start({
      request,
      test,
      schedule: failure?.schedule ?? naturalOrder,
      line: failure?.source?.line,
    });
  }

  /** Debugs the order that leads to the endless loop, and stops in it. @throws UserError */
  async debugLoop(lesson: string): Promise<void> {
    const { request, verdict } = await this.#graded(lesson);
    if (verdict.error?.code === "cancelled") return;
    if (!isStuck(verdict)) throw new UserError(vscode.l10n.t("The exercise is not stuck in an endless loop any more."));
    await this.#debugStuck(request, verdict);
  }

  /** Lets the learner choose the test and the schedule. */
  async choose(lesson: string): Promise<void> {
    const { request, verdict } = await this.#graded(lesson);
    if (verdict.error?.code === "cancelled") return;
    const locale = this.#parts.settings.lessonLocale();
    if (verdict.tests.length === 0 && isStuck(verdict)) {
      await this.#debugStuck(request, verdict);
      return;
    }
    if (verdict.tests.length === 0) throw this.#cannotRun(verdict);
    const test = await pickTest(verdict.tests, locale, vscode.l10n.t("The test to debug"));
    if (test === undefined) return;
    await askForSchedule({
      title: vscode.l10n.t("Schedule to debug"),
      value: test.failure?.schedule ?? naturalOrder,
      play: (schedule) => this.#debugUnlessRefused(request, test, schedule),
    });
  }

  async #debugStuck(request: GradeRequest, { error }: Verdict): Promise<Debugging | undefined> {
    // Looking for the order takes a moment: not before it is known to be of use.
    if (!(await this.#parts.debugger.isAllowed())) return undefined;
    const found = await this.#findLoop(request);
    const common = { request, line: error?.source?.line, stuck: true };
    if (found.kind === "run") {
      return this.#parts.debugger.start({ ...common, test: found.test, schedule: found.schedule });
    }
    if (found.kind === "loading") {
      return this.#parts.debugger.start({ ...common, test: loading, schedule: naturalOrder });
    }
    if (found.error?.code === "cancelled") return undefined;
    const reason = found.error?.message[this.#parts.settings.lessonLocale()];
    throw new UserError(reason ?? vscode.l10n.t("The exercise did not get stuck this time. Run it once more."));
  }

  /** Never rejects. */
  async #findLoop(request: GradeRequest): Promise<FoundLoop> {
    const cancelling = new AbortController();
    const looking = this.#parts.grader.findLoop(request, cancelling.signal);
    noticeLongWork({
      title: vscode.l10n.t("Interleave is looking for the order that leads to the endless loop"),
      patience,
      cancel: () => {
        cancelling.abort();
      },
      done: looking,
    });
    return looking;
  }

  /** Played in the sandbox first, which tells whether the schedule fits, and where it fails. */
  async #debugUnlessRefused(request: GradeRequest, test: TestVerdict, schedule: string): Promise<string | undefined> {
    const { grader, settings } = this.#parts;
    const { error, verdict } = await grader.replay({ ...request, test: test.name, schedule }, AbortSignal.any([]));
    if (error?.code === "schedule-unusable") return error.message[settings.lessonLocale()];
    await this.#parts.debugger.start({ request, test, schedule, line: verdict?.failure?.source?.line });
    return undefined;
  }

  /** The exercise, saved, and the verdict on this very text; runs it where there is none yet. */
  async #graded(lesson: string): Promise<{ readonly request: GradeRequest; readonly verdict: Verdict }> {
    const { exercises, grading } = this.#parts;
    await exercises.save(lesson);
    const request = await this.#parts.gradeRequest(lesson);
    const state = grading.stateOf(lesson);
    if (state.kind === "graded" && !state.stale) return { request, verdict: state.verdict };
    const session = grading.start(request, "command");
    noticeLongWork({
      title: vscode.l10n.t("Interleave is looking for an order that fails"),
      patience,
      cancel: () => {
        session.cancel();
      },
      done: session.verdict,
    });
    return { request, verdict: await session.verdict };
  }

  #sayItHolds({ title }: TestVerdict): void {
    const name = title[this.#parts.settings.lessonLocale()];
    void vscode.window.showInformationMessage(vscode.l10n.t("No order breaks “{0}”: this is the natural one.", name));
  }

  #cannotRun({ error }: Verdict): UserError {
    const reason = error?.message[this.#parts.settings.lessonLocale()];
    return new UserError(reason ?? vscode.l10n.t("There is no such test in this lesson."));
  }
}

function chosen(tests: readonly TestVerdict[], name: string | undefined): TestVerdict | undefined {
  if (name !== undefined) return tests.find((test) => test.name === name);
  return tests.find(({ status }) => status === "failed") ?? tests[0];
}
