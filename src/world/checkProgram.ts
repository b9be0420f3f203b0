/**
 * The world as a library: checks a program of one's own under every order in which the outside could answer, from any
 * test runner, in this process and without a sandbox. See docs/world.md. Pure: how microtasks are drained is the caller's.
 */
import type { Trace } from "../protocol/trace.ts";
import type { ScheduleCount } from "../protocol/verdict.ts";
import type { Finding } from "./oracle/findings.ts";
import type { FetchInit } from "./outside/network.ts";
import { AbortController, AbortSignal } from "./platform/abort.ts";
import type { Response } from "./platform/response.ts";
import type { Timers } from "./platform/timers.ts";
import { Run } from "./run/run.ts";
import type { Harness, TestOptions } from "./run/specApi.ts";
import { type Player, check } from "./search/check.ts";
import { type Plan, type RunRecord, naturalPlan } from "./search/plan.ts";
import { decodeSchedule, encodeSchedule } from "./search/schedule.ts";

/** What a program uses instead of the real thing, besides the hands of a test. */
export interface Simulation extends Harness {
  readonly setTimeout: Timers["setTimeout"];
  readonly clearTimeout: Timers["clearTimeout"];
  readonly setInterval: Timers["setInterval"];
  readonly clearInterval: Timers["clearInterval"];
  readonly fetch: (url: string, init?: FetchInit) => Promise<Response>;
  readonly AbortController: typeof AbortController;
  readonly AbortSignal: typeof AbortSignal;
}

export type Program = (simulation: Simulation) => Promise<void>;

export interface ProgramOptions extends Pick<TestOptions, "cancel" | "oracle"> {
  /** Resolves when the microtask queue has run empty, e.g. `() => new Promise((done) => setImmediate(done))`. */
  readonly drain: () => Promise<void>;
  /** Schedules at most. Default 2,000. */
  readonly budget?: number;
  /** Default 1. */
  readonly seed?: number;
}

export interface ProgramVerdict {
  readonly schedules: ScheduleCount;
  /** Undefined when every schedule that was run kept all rules. */
  readonly failure?: ProgramFailure;
}

export interface ProgramFailure {
  readonly finding: Finding;
  /** The smallest schedule that fails so, for `replayProgram`. */
  readonly schedule: string;
  readonly trace: Trace;
}

/**
 * Runs a program, anew for each schedule, until every order was run or the budget is used up.
 * @throws NotDeterministicError when the same schedule goes differently the second time
 */
export async function checkProgram(program: Program, options: ProgramOptions): Promise<ProgramVerdict> {
  const { budget = 2000, seed = 1 } = options;
  const player = new InProcessPlayer(program, options);
  const { schedules, failing } = await check(player, { budget, seed });
  if (failing === undefined) return { schedules };
  const run = await player.run({ by: "decisions", decisions: failing.decisions }, true);
  return { schedules, ...failureOf(run, failing.schedule) };
}

/** Plays one schedule. @throws ScheduleError when it is none */
export async function replayProgram(
  program: Program,
  schedule: string,
  options: ProgramOptions,
): Promise<{ readonly failure?: ProgramFailure; readonly trace: Trace }> {
  const decisions = decodeSchedule(schedule);
  const run = await new InProcessPlayer(program, options).run({ by: "decisions", decisions }, true);
  return { trace: run.world.trace.tell(), ...failureOf(run, encodeSchedule(decisions)) };
}

function failureOf(run: Run, schedule: string): { readonly failure?: ProgramFailure } {
  const { finding } = run;
  return finding === undefined ? {} : { failure: { finding, schedule, trace: run.world.trace.tell() } };
}

class InProcessPlayer implements Player {
  readonly #program: Program;
  readonly #options: ProgramOptions;
  #last: Run | undefined;

  constructor(program: Program, options: ProgramOptions) {
    this.#program = program;
    this.#options = options;
  }

  canWatch(): boolean {
    return false;
  }

  async play(plan: Plan): Promise<RunRecord> {
    return (await this.run(plan, false)).record();
  }

  fingerprint(): number | undefined {
    return this.#last?.world.trace.fingerprint;
  }

  /** @param recording whether names are kept for the trace */
  async run(plan: Plan = naturalPlan, recording = false): Promise<Run> {
    const { seed = 1, drain, cancel, oracle } = this.#options;
    const run = new Run({ plan, seed, recording, locate: () => undefined });
    this.#last = run;
    const program = this.#program;
    const options: TestOptions = {
      title: { en: "program", "zh-cn": "程序" },
      ...(cancel === undefined ? {} : { cancel }),
      ...(oracle === undefined ? {} : { oracle }),
    };
    run.start(options, (t) => program(Object.assign(t, outsideOf(run))));
    do await drain();
    while (!run.step());
    return run;
  }
}

function outsideOf(run: Run): Omit<Simulation, keyof Harness> {
  const { timers } = run;
  return {
    setTimeout: timers.setTimeout.bind(timers),
    clearTimeout: timers.clearTimeout.bind(timers),
    setInterval: timers.setInterval.bind(timers),
    clearInterval: timers.clearInterval.bind(timers),
    fetch: (url, init = {}) => run.fetch(url, init),
    AbortController,
    AbortSignal,
  };
}
