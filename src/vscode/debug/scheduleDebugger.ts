/**
 * Runs one schedule of a test under VS Code's debugger, with the exercise's real file, and has the stage follow it. That run
 * is outside of the sandbox's confinement, so it takes a workspace that is trusted. Extension host.
 */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { debugWords } from "../../core/verdict/debugWords.ts";
import { exportLine } from "../../core/lesson/lessonExports.ts";
import type { DebugJob } from "../../protocol/debugJob.ts";
import type { GradeRequest } from "../../protocol/grading.ts";
import type { CompiledModule, ListedTest, ReplayJob } from "../../protocol/sandboxMessages.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { NodeGrader } from "../../runner/node/createNodeGrader.ts";
import { DebugSession, type DebugSessionParts } from "./debugSession.ts";
import { DebuggedRun } from "./debuggedRun.ts";
import { hasBreakpoint, placeBreakpoint } from "./exerciseBreakpoint.ts";
import type { ExerciseFiles } from "../exercise/exerciseFiles.ts";
import type { LessonLibrary } from "../lessons/lessonLibrary.ts";
import { noticeLongWork } from "../longWork.ts";
import type { RunStage } from "../timeline/runStage.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

/** Real ms before starting says that it is under way. */
const patience = 300;

export interface ScheduleDebuggerParts {
  readonly grader: Pick<NodeGrader, "replayJob" | "node">;
  readonly distDir: string;
  readonly library: LessonLibrary;
  readonly exercises: ExerciseFiles;
  readonly settings: Settings;
  readonly stage: RunStage;
  readonly onProblem: (error: unknown) => void;
}

export interface ToDebug {
  /** With the text of the exercise as it is saved. */
  readonly request: GradeRequest;
  readonly test: ListedTest;
  readonly schedule: string;
  /** Where the failure began, from 1, if it is known to fail. */
  readonly line?: number | undefined;
  /** It leads to an endless loop: the program is to be stopped there. */
  readonly stuck?: boolean;
}

/** A run that goes on under the debugger. */
export interface Debugging {
  /** Name of the test. */
  readonly test: string;
  /** Resolves once the session is over, with the verdict where the run came to its end. */
  readonly ended: Promise<TestVerdict | undefined>;
  stop(): Promise<void>;
}

export class ScheduleDebugger implements vscode.Disposable {
  readonly #parts: ScheduleDebuggerParts;
  /** One a lesson. */
  readonly #running = new Map<string, Debugging>();
  #starting: Promise<unknown> = Promise.resolve();
  /** What its runs read and write; each goes with its run. */
  readonly #folders = new Set<string>();

  constructor(parts: ScheduleDebuggerParts) {
    this.#parts = parts;
  }

  dispose(): void {
    for (const debugging of this.#running.values()) debugging.stop().catch(this.#parts.onProblem);
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }

  /** Undefined where it did not start, and the learner knows why. @throws UserError */
  async start(what: ToDebug): Promise<Debugging | undefined> {
    if (!(await this.isAllowed())) return undefined;
    // One after the other: of two clicks in a row, the second must find what the first has started.
    const started = this.#starting.then(() => this.#start(what));
    this.#starting = started.catch(() => undefined);
    return started;
  }

  /** Says why where it is not, and offers to trust the workspace. */
  isAllowed(): Promise<boolean> {
    return isTrusted();
  }

  async #start(what: ToDebug): Promise<Debugging | undefined> {
    const { lesson } = what.request;
    const file = this.#parts.exercises.uriOf(lesson);
    if (file.scheme !== "file") {
      throw new UserError(vscode.l10n.t("Only an exercise on this machine’s own disk can be debugged."));
    }
    const before = this.#running.get(lesson);
    await before?.stop();
    await before?.ended;
    const compiled = await this.#parts.grader.replayJob({
      ...what.request,
      test: what.test.name,
      schedule: what.schedule,
    });
    if ("error" in compiled) throw new UserError(compiled.error.message[this.#parts.settings.lessonLocale()]);
    return this.#launch(what, compiled.job, file);
  }

  async #launch(what: ToDebug, job: ReplayJob, file: vscode.Uri): Promise<Debugging | undefined> {
    const { request, test, schedule } = what;
    const { stage, onProblem } = this.#parts;
    const folder = await mkdtemp(path.join(os.tmpdir(), "interleave-debug-"));
    this.#folders.add(folder);
    const [jobFile, log] = [path.join(folder, "job.json"), path.join(folder, "events.jsonl")];
    await writeFile(jobFile, JSON.stringify(await this.#debugJob(what, job, file.fsPath, log)), { mode: 0o600 });
    await writeFile(log, "", { mode: 0o600 });

    const { name, title } = test;
    const shown = { lesson: request.lesson, test: name, title, schedule, exercise: request.exercise };
    const run = new DebuggedRun({ log, run: shown, stage, onProblem });
    let stops = 0;
    const onStopped = (): void => {
      stops++;
      void run.look();
    };
    const stuckIn = what.stuck === true ? file : undefined;
    const session = this.#session({ name: `${name} (${schedule})`, jobFile, onStopped, stuckIn });
    const ended = session.ended.then(async () => {
      this.#running.delete(request.lesson);
      const verdict = await run.ended();
      await rm(folder, { recursive: true, force: true }).catch(onProblem);
      this.#folders.delete(folder);
      if (verdict !== undefined && stops === 0) sayItNeverStopped();
      return verdict;
    });
    const debugging: Debugging = { test: name, ended, stop: () => session.stop() };
    this.#running.set(request.lesson, debugging);
    // One that is stuck stops where it is stuck.
    if (stuckIn === undefined && !hasBreakpoint(file))
      placeBreakpoint(file, what.line ?? (await this.#firstLine(request)));
    run.start();
    const started = session.start();
    noticeLongWork({
      title: vscode.l10n.t("Interleave is starting the debugger"),
      patience,
      cancel: () => void session.stop(),
      done: started.catch(() => undefined),
    });
    return (await started) ? debugging : undefined;
  }

  #session(parts: Pick<DebugSessionParts, "name" | "jobFile" | "onStopped" | "stuckIn">): DebugSession {
    const { distDir, grader, onProblem } = this.#parts;
    return new DebugSession({ ...parts, id: randomUUID(), distDir, node: grader.node, onProblem });
  }

  async #debugJob({ request, test, schedule }: ToDebug, job: ReplayJob, file: string, log: string): Promise<DebugJob> {
    const locale = this.#parts.settings.lessonLocale();
    const { meta } = await this.#parts.library.lesson(request.lesson);
    const facts = { lesson: meta.title[locale], test: test.title[locale], schedule };
    return {
      replay: { ...job, exercise: { ...plain(job.exercise), fileName: file }, spec: plain(job.spec) },
      title: test.title,
      text: request.exercise,
      log,
      words: debugWords(facts, locale),
    };
  }

  async #firstLine({ lesson, exercise }: GradeRequest): Promise<number> {
    const { meta } = await this.#parts.library.lesson(lesson);
    return exportLine(exercise, meta.exports);
  }
}

/** What is debugged is the code without marks. */
function plain({ fileName, code, exports }: CompiledModule): CompiledModule {
  return { fileName, code, exports };
}

/** Asks for trust where there is none. */
async function isTrusted(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t("Manage Workspace Trust");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "Under the debugger an exercise runs outside of the sandbox’s confinement. Interleave does that only in a workspace that you trust.",
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand("workbench.trust.manage");
  return false;
}

function sayItNeverStopped(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The run went by without stopping: in this order it passes no breakpoint of yours."),
  );
}
