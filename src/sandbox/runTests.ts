/** Checks the tests of a spec and turns what came of them into verdicts. Runs in the sandbox process, outside the realm. */
import type { ListedTest } from "../protocol/sandboxMessages.ts";
import { type OwnCase, type StepResult, ownCaseTest } from "../protocol/steps.ts";
import type { TestSpace } from "../protocol/space.ts";
import type { Trace } from "../protocol/trace.ts";
import type { Failure, GradeError, SourcePosition, TestVerdict } from "../protocol/verdict.ts";
import type { Words } from "../protocol/words.ts";
import type { Finding } from "../world/oracle/findings.ts";
import { type Wait, sentences } from "../world/oracle/sentences.ts";
import { type CheckOptions, NotDeterministicError, check } from "../world/search/check.ts";
import {
  type Decisions,
  ScheduleError,
  countDeviations,
  decodeSchedule,
  encodeSchedule,
} from "../world/search/schedule.ts";
import type { Realm } from "./realm.ts";
import { RealmPlayer, type RunReport } from "./realmPlayer.ts";

export class GradeFault extends Error {
  readonly error: GradeError;

  constructor(error: GradeError) {
    super(error.code);
    this.error = error;
  }
}

/** What came of one schedule. */
export type PlayedTest = TestVerdict & { readonly trace: Trace };

export interface TestRunnerOptions {
  readonly realm: Realm;
  /** Its name in stack traces. */
  readonly exerciseFile: string;
  /** Told from time to time that work goes on; lets a macrotask pass. */
  readonly alive: (test: string, schedules: number) => Promise<void>;
  /** Loads the code with marks, and says whether there is any. Default: there is none. */
  readonly watchable?: () => boolean;
}

export class TestRunner {
  readonly #realm: Realm;
  readonly #exerciseFile: string;
  readonly #alive: TestRunnerOptions["alive"];
  readonly #watchable: () => boolean;

  constructor({ realm, exerciseFile, alive, watchable = () => false }: TestRunnerOptions) {
    this.#realm = realm;
    this.#exerciseFile = exerciseFile;
    this.#alive = alive;
    this.#watchable = watchable;
  }

  /** Runs a test under as many schedules as the budget allows. @throws GradeFault when it is not deterministic. */
  async grade(test: ListedTest, budget: number, seed: number): Promise<TestVerdict> {
    return this.#grade(this.#player(test.name, seed), test, { budget, seed });
  }

  /** As `grade`, and tells what the orders that were run have in common. */
  async explore(test: ListedTest, budget: number, seed: number): Promise<{ verdict: TestVerdict; space: TestSpace }> {
    const { kernel } = this.#realm;
    kernel.explore(test.name);
    const verdict = await this.#grade(this.#player(test.name, seed, true), test, { budget, seed });
    return { verdict, space: JSON.parse(kernel.space()) as TestSpace };
  }

  async #grade(player: RealmPlayer, test: ListedTest, options: CheckOptions): Promise<TestVerdict> {
    const { schedules, failing } = await checked(test.name, () => check(player, options));
    const common = { name: test.name, title: test.title, schedules };
    if (failing === undefined) return { ...common, status: "passed", output: player.output };
    const { failure: found, output, trace } = await player.report(failing.decisions);
    if (found?.diagnosis !== failing.failure) throw notDeterministic(test.name);
    const failure = await this.#explained(player, found, failing.decisions);
    return { ...common, status: "failed", output, failure: toFailure(failure, failing.decisions, trace) };
  }

  /** Plays one schedule. @throws ScheduleError when it is none, or was made for other code. */
  async replay(test: ListedTest, schedule: string, seed: number): Promise<PlayedTest> {
    const decisions = decodeSchedule(schedule);
    const player = this.#player(test.name, seed);
    const report = await player.report(decisions);
    this.#refuseMisfit(schedule);
    return { ...(await this.#judged(player, test, decisions, report)), trace: report.trace };
  }

  /** As `replay`, but in one run and no more, for somebody watches it go by. */
  async playOnce(test: ListedTest, schedule: string, seed: number): Promise<PlayedTest> {
    const decisions = decodeSchedule(schedule);
    const report = await this.#player(test.name, seed).explain(decisions, this.#exerciseFile);
    this.#refuseMisfit(schedule);
    const { failure, waits, trace } = report;
    return { ...judgement(test, decisions, report, failure && withWaits(failure, waits)), trace };
  }

  /** Plays what was chosen so far. @throws ScheduleError when it was chosen in other code. */
  async step(test: ListedTest, choices: Decisions, seed: number): Promise<StepResult> {
    const player = this.#player(test.name, seed);
    const report = await player.step(choices);
    const schedule = encodeSchedule(report.taken);
    this.#refuseMisfit(encodeSchedule(choices));
    const { trace, options, taken } = report;
    if (options !== undefined) return { trace, options, schedule };
    return { trace, schedule, verdict: await this.#judged(player, test, taken, report) };
  }

  /** Plays an order that the learner has kept, as far as it fits the code. */
  async gradeCase({ id, name, test, steps }: OwnCase, seed: number): Promise<TestVerdict> {
    const player = this.#player(test, seed);
    const report = await player.followCase(steps);
    const title = caseTitle(name, report.stepsDone, steps.length);
    return this.#judged(player, { name: ownCaseTest(id), title }, report.taken, report);
  }

  async #judged(player: RealmPlayer, test: ListedTest, decisions: Decisions, report: RunReport): Promise<TestVerdict> {
    const { failure } = report;
    return judgement(test, decisions, report, failure && (await this.#explained(player, failure, decisions)));
  }

  #refuseMisfit(schedule: string): void {
    if (!this.#realm.kernel.misfit()) return;
    throw new ScheduleError({
      en: `The schedule "${schedule}" does not fit this code: it was made for another version of the exercise, or for another test. Run the test again for a new one.`,
      "zh-cn": `调度“${schedule}”与这段代码对不上：它来自练习的另一个版本，或者另一个测试。请重新运行测试得到一个新的。`,
    });
  }

  /** Of a run that got stuck, also who waits for what. */
  async #explained(player: RealmPlayer, finding: Finding, decisions: Decisions): Promise<Finding> {
    if (finding.diagnosis !== "never-settles") return finding;
    const { waits } = await player.explain(decisions, this.#exerciseFile);
    return withWaits(finding, waits);
  }

  /** Runs the exercise module alone, for what it prints. */
  async script(): Promise<RunReport> {
    return this.#player("script", 1).script();
  }

  #player(test: string, seed: number, counting = false): RealmPlayer {
    return new RealmPlayer({
      realm: this.#realm,
      test,
      seed,
      alive: (runs) => this.#alive(test, runs),
      watchable: this.#watchable,
      counting,
    });
  }
}

async function checked<T>(test: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof NotDeterministicError ? notDeterministic(test) : error;
  }
}

function withWaits(finding: Finding, waits: readonly Wait[]): Finding {
  const [first] = waits;
  if (finding.diagnosis !== "never-settles" || first === undefined) return finding;
  const { message } = finding;
  const more = sentences.whoWaits(waits);
  return {
    ...finding,
    message: { en: message.en + more.en, "zh-cn": message["zh-cn"] + more["zh-cn"] },
    source: { line: first.line, column: 1 },
  };
}

/** The verdict on one order. */
function judgement(
  { name, title }: ListedTest,
  decisions: Decisions,
  { output, trace }: RunReport,
  failure: Finding | undefined,
): TestVerdict {
  return {
    name,
    title,
    status: failure === undefined ? "passed" : "failed",
    schedules: { run: 1, total: null, exhaustive: false, deviations: countDeviations(decisions) },
    output,
    ...(failure === undefined ? {} : { failure: toFailure(failure, decisions, trace) }),
  };
}

/** What a kept case is called among the tests, before it is known whether it still fits. */
export function listedCase({ id, name, steps }: OwnCase): ListedTest {
  return { name: ownCaseTest(id), title: caseTitle(name, steps.length, steps.length) };
}

function caseTitle(name: string, done: number, steps: number): Words {
  const words: Words = { en: `Your order: ${name}`, "zh-cn": `你的顺序：${name}` };
  if (done === steps) return words;
  const [fit, all] = [String(done), String(steps)];
  return {
    en: `${words.en} (${fit} of ${all} steps still fit)`,
    "zh-cn": `${words["zh-cn"]}（${all} 步中有 ${fit} 步仍然适用）`,
  };
}

function toFailure(finding: Finding, decisions: Decisions, trace: Trace): Failure {
  const { diagnosis, message, at, expected, actual } = finding;
  const source = finding.source ?? lastLine(trace);
  return {
    diagnosis,
    message,
    schedule: encodeSchedule(decisions),
    at,
    trace,
    ...(source === undefined ? {} : { source }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}

/** Where nothing better is known: the line of the exercise that last had the outside do something. */
function lastLine(trace: Trace): SourcePosition | undefined {
  const line = trace.findLast((event) => event.line !== undefined)?.line;
  return line === undefined ? undefined : { line, column: 1 };
}

function notDeterministic(test: string): GradeFault {
  return new GradeFault({
    code: "not-deterministic",
    message: {
      en: `The test “${test}” went differently when the same schedule was played again. The exercise must depend on nothing but what it is given.`,
      "zh-cn": `同一个调度重放时，测试“${test}”的过程却不一样。练习不能依赖传入之外的任何东西。`,
    },
  });
}
