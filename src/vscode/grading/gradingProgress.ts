/** What a run leaves behind (progress, a line in the log) and a notification to cancel one that takes long. Extension host. */
import * as vscode from "vscode";
import { describeVerdict } from "../../core/verdict/lessonVerdictText.ts";
import type { ProgressEvent } from "../../core/progress/progressEvents.ts";
import type { GradeRequest } from "../../protocol/grading.ts";
import { ownCaseTest } from "../../protocol/steps.ts";
import type { Verdict } from "../../protocol/verdict.ts";
import type { GradingObserver, GradingSession } from "./gradingService.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { noticeLongWork } from "../longWork.ts";
import type { ProgressStore } from "../progress/progressStore.ts";

/** Real ms. Before that the status bar and the panel say enough. */
const patience = 2_500;

export class LongRunNotice implements GradingObserver {
  started(session: GradingSession): void {
    noticeLongWork({
      title: vscode.l10n.t("Interleave is running the exercise in many orders"),
      patience,
      cancel: () => {
        session.cancel();
      },
      done: session.verdict,
    });
  }
}

export class ProgressRecorder implements GradingObserver {
  readonly #store: ProgressStore;
  readonly #library: LessonLibrary;
  readonly #onProblem: (error: unknown) => void;

  constructor(store: ProgressStore, library: LessonLibrary, onProblem: (error: unknown) => void) {
    this.#store = store;
    this.#library = library;
    this.#onProblem = onProblem;
  }

  ended(session: GradingSession, verdict: Verdict): void {
    this.#record(session, verdict).catch(this.#onProblem);
  }

  async #record({ lesson, request }: GradingSession, verdict: Verdict): Promise<void> {
    if (verdict.error?.code === "cancelled") return;
    // "Run all tests" also runs starters of lessons that the learner has not come to.
    const untouched = this.#store.progress.lesson(lesson).status === "not-started";
    if (untouched && !verdict.passed) return;
    // What the starter gets wrong is not the learner's.
    const starter = verdict.passed ? undefined : (await this.#library.lesson(lesson)).exercise;
    const own = request.exercise === starter ? [] : verdict.tests;
    const diagnoses = new Set(own.flatMap((test) => test.failure?.diagnosis ?? []));
    // Of a pack that is gone meanwhile: the grading counts all the same.
    const pack = await this.#library.packOf(lesson).catch(() => undefined);
    const tests = testCount(request, verdict);
    const graded = { type: "graded" as const, lesson, passed: verdict.passed, diagnoses: [...diagnoses], ...tests };
    this.#store.record(pack === undefined ? graded : { ...graded, version: pack.version });
    if (verdict.passed) void vscode.commands.executeCommand("setContext", "interleave.hasPassed", true);
    void vscode.commands.executeCommand("setContext", "interleave.hasGraded", true);
  }
}

/** Of the lesson's own tests: those that the learner has kept come and go. */
function testCount(
  { cases = [] }: GradeRequest,
  { tests }: Verdict,
): Pick<ProgressEvent & { type: "graded" }, "tests"> {
  const kept = new Set(cases.map(({ id }) => ownCaseTest(id)));
  const own = tests.filter(({ name }) => !kept.has(name));
  const passed = own.filter(({ status }) => status === "passed").length;
  return own.length === 0 ? {} : { tests: { passed, total: own.length } };
}

export class GradingLog implements GradingObserver {
  readonly #log: vscode.LogOutputChannel;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  started({ lesson, cause }: GradingSession): void {
    this.#log.info(`Grading ${lesson} (${cause}).`);
  }

  ended({ lesson }: GradingSession, verdict: Verdict): void {
    const outcome = verdict.error === undefined ? describeVerdict(verdict, "en") : verdict.error.code;
    this.#log.info(`Graded ${lesson} in ${String(verdict.durationMs)} ms: ${outcome}.`);
  }
}
