/** Plays schedules in a realm and turns what came of them into verdicts. Runs in the sandbox process, outside the realm. */
import type { ListedTest } from "../protocol/sandboxMessages.ts";
import type { Trace } from "../protocol/trace.ts";
import type { Failure, GradeError, SourcePosition, TestVerdict } from "../protocol/verdict.ts";
import { explore, minimise } from "../world/search/explore.ts";
import type { Finding } from "../world/oracle/findings.ts";
import { type Decisions, decodeSchedule, encodeSchedule } from "../world/search/schedule.ts";
import { type Realm, flushRejections } from "./realm.ts";

export interface RunReport {
  readonly failure?: Finding;
  readonly output: readonly string[];
  readonly trace: Trace;
}

/** Steps between two looks at the clock. */
const stepsBetweenLooks = 512;
/** Real ms of work after which the process answers its messages and tells that it is alive. */
const sliceMs = 25;

/** Timers and operations of a run up to which it is played a second time. */
const checkedSize = 2000;

export class GradeFault extends Error {
  readonly error: GradeError;

  constructor(error: GradeError) {
    super(error.code);
    this.error = error;
  }
}

export class TestRunner {
  readonly #realm: Realm;
  readonly #alive: (test: string, schedules: number) => Promise<void>;
  readonly #flush = flushRejections();
  #lastSlice = performance.now();

  /** @param alive is told from time to time that work goes on; it lets a macrotask pass. */
  constructor(realm: Realm, alive: (test: string, schedules: number) => Promise<void>) {
    this.#realm = realm;
    this.#alive = alive;
  }

  /** Runs a test under as many schedules as the budget allows. @throws GradeFault when it is not deterministic. */
  async grade(test: ListedTest, budget: number, seed: number): Promise<TestVerdict> {
    const explorer = explore({ budget, seed });
    let schedules = 0;
    let output: readonly string[] = [];
    let next = explorer.next();
    while (next.done !== true) {
      const failed = await this.#play(test.name, next.value, seed, false, schedules);
      const options = this.#optionCounts();
      if (schedules === 0) {
        output = this.#report().output;
        await this.#selfCheck(test.name, next.value, seed);
      }
      schedules++;
      next = explorer.next({ failed, options });
    }
    const { failing, schedules: count } = next.value;
    const common = { name: test.name, title: test.title, schedules: count };
    if (failing === undefined) return { ...common, status: "passed", output };
    return { ...common, status: "failed", ...(await this.#explain(test.name, failing, seed)) };
  }

  /**
   * Plays what was just played once more: the same events must happen at the same times. A run that starts things by
   * the thousand is spared: it would double the wait for the verdict, and the other tests of its spec are checked.
   */
  async #selfCheck(test: string, decisions: Decisions, seed: number): Promise<void> {
    if (this.#realm.kernel.size() > checkedSize) return;
    const fingerprint = this.#realm.kernel.fingerprint();
    await this.#play(test, decisions, seed, false, 0);
    if (this.#realm.kernel.fingerprint() !== fingerprint) throw new GradeFault(notDeterministic(test));
  }

  /** Plays one schedule. */
  async replay(test: ListedTest, schedule: string, seed: number): Promise<TestVerdict & { readonly trace: Trace }> {
    const decisions = decodeSchedule(schedule);
    const report = await this.#recorded(test.name, decisions, seed);
    const { failure, output, trace } = report;
    return {
      name: test.name,
      title: test.title,
      status: failure === undefined ? "passed" : "failed",
      schedules: {
        run: 1,
        total: null,
        exhaustive: false,
        deviations: decisions.filter((choice) => choice > 0).length,
      },
      output,
      trace,
      ...(failure === undefined ? {} : { failure: toFailure(failure, decisions, trace) }),
    };
  }

  /** Runs the exercise module alone, for what it prints. */
  async script(): Promise<RunReport> {
    this.#realm.kernel.beginScript();
    await this.#drive("script", 0);
    return this.#report();
  }

  async #explain(
    test: string,
    failing: Decisions,
    seed: number,
  ): Promise<{ failure: Failure; output: readonly string[] }> {
    const first = await this.#recorded(test, failing, seed);
    const diagnosis = first.failure?.diagnosis;
    const minimiser = minimise(failing);
    let next = minimiser.next();
    while (next.done !== true) {
      const trial = await this.#recorded(test, next.value, seed);
      next = minimiser.next(trial.failure?.diagnosis === diagnosis);
    }
    const { failure, output, trace } = await this.#recorded(test, next.value, seed);
    if (failure === undefined) throw new GradeFault(notDeterministic(test));
    return { failure: toFailure(failure, next.value, trace), output };
  }

  async #recorded(test: string, decisions: Decisions, seed: number): Promise<RunReport> {
    await this.#play(test, decisions, seed, true, 0);
    return this.#report();
  }

  #report(): RunReport {
    return JSON.parse(this.#realm.kernel.report()) as RunReport;
  }

  #optionCounts(): readonly number[] {
    const text = this.#realm.kernel.optionCounts();
    return text === "" ? [] : text.split(",").map(Number);
  }

  async #play(
    test: string,
    decisions: Decisions,
    seed: number,
    recording: boolean,
    schedules: number,
  ): Promise<boolean> {
    this.#realm.kernel.begin(test, decisions.join(","), seed, recording);
    return this.#drive(test, schedules);
  }

  async #drive(test: string, schedules: number): Promise<boolean> {
    const { kernel } = this.#realm;
    await this.#settle();
    for (let steps = 1; ; steps++) {
      const state = kernel.step();
      this.#realm.drain();
      if (this.#flush === undefined) await macrotask();
      else this.#flush();
      const ended = state !== 0;
      if ((ended || steps % stepsBetweenLooks === 0) && performance.now() - this.#lastSlice > sliceMs) {
        await this.#alive(test, schedules);
        this.#lastSlice = performance.now();
      }
      if (ended) return state === 2;
    }
  }

  async #settle(): Promise<void> {
    this.#realm.drain();
    if (this.#flush === undefined) await macrotask();
    else this.#flush();
  }
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

function notDeterministic(test: string): GradeError {
  return {
    code: "not-deterministic",
    message: {
      en: `The test “${test}” went differently when the same schedule was played again. The exercise must depend on nothing but what it is given.`,
      "zh-cn": `同一个调度重放时，测试“${test}”的过程却不一样。练习不能依赖传入之外的任何东西。`,
    },
  };
}

async function macrotask(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
