/** One run of one test (or script) under one schedule: what exists only for its length. Runs inside the realm. */
import { worldPlace } from "../accesses/places.ts";
import type { AccessRecorder } from "../accesses/recorder.ts";
import type { Finding } from "../oracle/findings.ts";
import { formatValue } from "./formatValue.ts";
import { judgeDeadlock, judgeLeftovers } from "../oracle/leakOracle.ts";
import { AbortSignal, abortInternals } from "../platform/abort.ts";
import { eventInternals, type SourceMark } from "../platform/events.ts";
import type { Response } from "../platform/response.ts";
import { Timers } from "../platform/timers.ts";
import type { FetchInit } from "../outside/network.ts";
import { sentences } from "../oracle/sentences.ts";
import { type Option, World } from "../outside/world.ts";
import { Faulted, TestHarness } from "./harness.ts";
import type { TestOptions } from "./specApi.ts";

/** Events in one run before it counts as a busy loop. */
const maxEvents = 100_000;
/** Lines and characters a line that are kept of what the exercise prints. */
const maxLines = 200;
const maxLineLength = 500;

export interface RunPlan {
  /** Option taken at each choice point; 0 beyond the end. */
  readonly decisions: readonly number[];
  readonly seed: number;
  readonly recording: boolean;
  readonly locate: (error: unknown) => SourceMark | undefined;
  /** Takes down what each turn touches. */
  readonly watch?: AccessRecorder | undefined;
}

/** One event of a watched run: what could have come, and which of it did. */
export interface Passed {
  readonly options: readonly string[];
  readonly choice: number;
}

export class Run {
  readonly world: World;
  readonly timers: Timers;
  readonly harness: TestHarness;
  readonly output: string[] = [];
  /** How many options there were at each choice point so far. */
  readonly optionCounts: number[] = [];
  readonly #plan: RunPlan;
  readonly #passed: Passed[] = [];
  #body: "running" | "returned" | "threw" = "running";
  #thrown: unknown;
  #events = 0;
  #cancelEverywhere = false;
  #script = false;
  #finding: Finding | undefined;

  constructor(plan: RunPlan) {
    this.#plan = plan;
    this.world = new World({
      seed: plan.seed,
      recording: plan.recording,
      locate: () => plan.locate(new Error("where")),
      watch: plan.watch,
    });
    this.timers = new Timers(this.world, (error) => {
      this.uncaught(error);
    });
    // First, since what the harness makes is watched already.
    this.#connect();
    this.harness = new TestHarness(this.world);
  }

  #connect(): void {
    eventInternals.hooks = {
      now: () => this.world.now,
      uncaught: (error) => {
        this.uncaught(error);
      },
      source: () => this.world.source(),
      watch: this.#plan.watch,
      follow: (signal, step) => {
        if (!(signal instanceof AbortSignal)) throw new TypeError("The option signal must be an AbortSignal.");
        abortInternals.addStep(signal, step);
      },
    };
    abortInternals.platformTimer = (ms, fire) => {
      this.timers.platform(ms, fire);
    };
  }

  /** The finding that the run ended with; undefined when it passed. */
  get finding(): Finding | undefined {
    return this.#finding;
  }

  /** Where it came past, event by event, in a run that is watched. */
  get passed(): readonly Passed[] {
    return this.#passed;
  }

  start(options: TestOptions, body: (t: TestHarness) => Promise<void>): void {
    this.#cancelEverywhere = options.cancel === "everywhere";
    this.harness.watched.options = options.oracle ?? {};
    const ended = (async () => {
      await body(this.harness);
    })();
    ended.then(
      () => {
        this.#body = "returned";
      },
      (error: unknown) => {
        this.#body = "threw";
        this.#thrown = error;
      },
    );
  }

  /** Runs `load` and then whatever it set going, until nothing is left to happen. No rule is applied. */
  startScript(load: () => void): void {
    this.#script = true;
    this.start({ title: { en: "", "zh-cn": "" } }, async (t) => {
      load();
      await t.idle();
      // What is left ends the run: see `advance`.
      await new Promise(() => undefined);
    });
  }

  /** Does the next thing; the caller then lets the microtask queue run empty. True when the run has ended. */
  step(): boolean {
    const ended = this.#step();
    if (ended) this.#plan.watch?.runEnded();
    return ended;
  }

  #step(): boolean {
    this.#finding ??= this.world.findings[0] ?? this.harness.judgeSettled()[0];
    if (this.#finding !== undefined) return this.#end();
    if (this.#body === "threw") return this.#endThrown();
    if (this.#body === "returned") {
      const [call] = this.harness.calls.filter((candidate) => candidate.settled !== undefined);
      const name = call?.name ?? "the exercise";
      this.#finding = judgeLeftovers(this.harness.watched, name, this.harness.signal.aborted)[0];
      return this.#end();
    }
    const idler = this.harness.idlers.shift();
    if (idler !== undefined) {
      idler();
      return false;
    }
    return this.#advance();
  }

  #advance(): boolean {
    this.#plan.watch?.endTurn();
    const options = this.#options();
    if (options.length === 0 && this.#script) return true;
    if (options.length === 0 || this.#events >= maxEvents) {
      this.#finding =
        options.length === 0
          ? judgeDeadlock(
              this.harness.watched,
              this.harness.calls.filter((call) => call.settled === undefined),
            )
          : { diagnosis: "busy-loop", message: sentences.busyLoop(this.#events, this.world.now), at: this.world.now };
      return this.#end();
    }
    let choice = 0;
    if (options.length > 1) {
      choice = this.#plan.decisions[this.optionCounts.length] ?? 0;
      if (choice >= options.length) choice = 0;
      this.optionCounts.push(options.length);
    }
    this.#events++;
    const chosen = options[choice];
    if (chosen !== undefined) {
      if (this.#plan.watch !== undefined) {
        this.#plan.watch.beginTurn({ due: chosen.due, moves: chosen.at > this.world.now });
        this.#passed.push({
          choice,
          options: options.map(({ kind, label, order }) => `${label} ${kind} #${String(order)}`),
        });
      }
      chosen.run();
    }
    return false;
  }

  #options(): readonly Option[] {
    const options = this.world.options();
    const [first] = options;
    if (!this.#cancelEverywhere || !this.#canStrike()) return options;
    const strike = (at: number, then?: Option): Option => ({
      at,
      order: 0,
      due: -1,
      label: then?.label ?? String(at),
      kind: "strikes",
      run: () => {
        this.#watchStrike(at, then, options);
        this.world.now = at;
        then?.run();
        this.harness.abort();
      },
    });
    const strikes = [strike(this.world.now)];
    if (first !== undefined) {
      if (first.at > this.world.now) strikes.push(strike(first.at));
      strikes.push(strike(first.at, first));
    }
    return [...options, ...strikes];
  }

  /** An abort now depends on the clock and on the calls that it can strike; at another time, on all that may come. */
  #watchStrike(at: number, then: Option | undefined, options: readonly Option[]): void {
    const { watch } = this.#plan;
    if (watch === undefined) return;
    watch.clock();
    for (const call of this.harness.calls) if (call.settled === undefined) watch.readWhole(call);
    if (at > this.world.now || then !== undefined) watch.unknown("an abort together with what comes next");
    // Which of those that are due together comes with it is decided by which began first.
    if (then !== undefined && options[1]?.at === then.at) watch.observe(worldPlace.startOrder);
  }

  #canStrike(): boolean {
    const { signal, calls } = this.harness;
    return !signal.aborted && calls.some((call) => call.settled === undefined && call.policy.signal === signal);
  }

  #endThrown(): boolean {
    if (isFaulted(this.#thrown)) this.#finding = this.#thrown.finding;
    else {
      const text = formatValue(this.#thrown);
      this.#finding = {
        diagnosis: "wrong-result",
        message: {
          en: `The test could not go on with what the exercise returned: ${text}`,
          "zh-cn": `练习返回的结果让测试无法继续：${text}`,
        },
        at: this.world.now,
      };
    }
    return this.#end();
  }

  #end(): boolean {
    if (this.#finding !== undefined && !this.world.findings.includes(this.#finding)) this.world.report(this.#finding);
    return true;
  }

  /** A promise rejected and, when the microtask queue had run empty, had no handler. */
  unhandled(reason: unknown): void {
    const source = this.#plan.locate(reason);
    this.world.report({
      diagnosis: "unhandled-rejection",
      message: sentences.unhandled(formatValue(reason), source),
      at: this.world.now,
      source,
    });
  }

  /** A callback threw. */
  uncaught(error: unknown): void {
    const source = this.#plan.locate(error);
    this.world.report({
      diagnosis: "unhandled-rejection",
      message: sentences.uncaught(formatValue(error), source),
      at: this.world.now,
      source,
    });
  }

  fetch(url: string, init: FetchInit): Promise<Response> {
    return this.harness.network.fetch(url, init);
  }

  print(level: string, values: readonly unknown[]): void {
    const text = values.map((value) => (typeof value === "string" ? value : formatValue(value))).join(" ");
    const line = text.length > maxLineLength ? `${text.slice(0, maxLineLength)}…` : text;
    if (this.output.length < maxLines) this.output.push(line);
    this.world.trace.add({
      at: this.world.now,
      type: "console",
      kind: "console",
      operation: 0,
      label: line,
      detail: level,
    });
  }
}

/** Never throws: what a test lets through may be a proxy that does. */
function isFaulted(thrown: unknown): thrown is Faulted {
  try {
    return thrown instanceof Faulted;
  } catch {
    return false;
  }
}
