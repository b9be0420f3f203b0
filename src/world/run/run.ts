/** One run of one test (or script) under one schedule: what exists only for its length. Runs inside the realm. */
import { worldPlace } from "../accesses/places.ts";
import type { AccessRecorder } from "../accesses/recorder.ts";
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { StepOption } from "../../protocol/steps.ts";
import type { Words } from "../../protocol/words.ts";
import type { Finding } from "../oracle/findings.ts";
import { judgeDeadlock, judgeLeftovers } from "../oracle/leakOracle.ts";
import { sentences } from "../oracle/sentences.ts";
import type { FetchInit } from "../outside/network.ts";
import { type Option, type OptionList, dueOf, isStrike, strikes } from "../outside/options.ts";
import { World } from "../outside/world.ts";
import { type AbortSignal, abortInternals } from "../platform/abort.ts";
import { type EventHooks, eventInternals, type SourceMark } from "../platform/events.ts";
import type { Response } from "../platform/response.ts";
import { Timers } from "../platform/timers.ts";
import { CaseFollower } from "../search/caseFollower.ts";
import type { Chooser } from "../search/chooser.ts";
import { Watcher, chooserFor } from "../search/choosers.ts";
import type { Plan, RunRecord } from "../search/plan.ts";
import { trimmed } from "../search/schedule.ts";
import { ConsoleCounts } from "./consoleCounts.ts";
import { explained, withReasons } from "./explanation.ts";
import { formatValue } from "./formatValue.ts";
import { describeOption } from "./describeOption.ts";
import { printed } from "./printed.ts";
import { maxEvents, maxFindings, maxLines, maxPrinted } from "./runLimits.ts";
import { Faulted, TestHarness } from "./harness.ts";
import type { Passed, RunOptions } from "./runOptions.ts";
import type { TestOptions } from "./specApi.ts";
import { stepOptions } from "./stepOptions.ts";

export class Run implements EventHooks {
  readonly world: World;
  readonly harness: TestHarness;
  readonly output: string[] = [];
  #consoleCounts: ConsoleCounts | undefined;
  /** Takes down what each turn touches, in runs that are watched. */
  readonly watch: AccessRecorder | undefined;
  readonly #plan: Plan;
  readonly #passed: Passed[] = [];
  readonly #chooser: Chooser;
  readonly #locate: RunOptions["locate"];
  readonly #explain: RunOptions["explain"];
  readonly #counts: number[] = [];
  readonly #taken: number[] = [];
  readonly #strikeCounts: number[] = [];
  #timers: Timers | undefined;
  #body: "running" | "returned" | "threw" = "running";
  #thrown: unknown;
  #events = 0;
  #printed = 0;
  /** Chosen, and to be done by the next step: see `Plan`. */
  #held: { readonly option: Option; readonly options: OptionList } | undefined;
  #cancelEverywhere = false;
  #script = false;
  #blocked = false;
  #misfit = false;
  #finding: Finding | undefined;

  constructor(options: RunOptions) {
    const { locate } = options;
    this.#locate = locate;
    this.#explain = options.explain;
    this.watch = options.watch;
    this.#plan = options.plan;
    this.#chooser = chooserFor(options.plan, () => this.#named());
    this.world = new World({
      seed: options.seed,
      recording: options.recording,
      locate: () => locate(new Error("where")),
      options: options.options,
      watch: options.watch,
    });
    // First, since what the harness makes is watched already.
    eventInternals.hooks = this;
    this.harness = new TestHarness(this.world);
  }

  /** Made when first asked for. */
  get counts(): ConsoleCounts {
    this.#consoleCounts ??= new ConsoleCounts();
    return this.#consoleCounts;
  }

  get timers(): Timers {
    this.#timers ??= new Timers(this.world, (error) => {
      this.uncaught(error);
    });
    return this.#timers;
  }

  now(): number {
    return this.world.now;
  }

  source(): SourceMark | undefined {
    return this.world.source();
  }

  follow(signal: { readonly aborted: boolean }, step: () => void): void {
    if (!isSignal(signal)) throw new TypeError("The option signal must be an AbortSignal.");
    abortInternals.addStep(signal, step);
  }

  platformTimer(ms: number, fire: () => void): void {
    this.timers.platform(ms, fire);
  }

  /** The finding that the run ended with; undefined when it passed. */
  get finding(): Finding | undefined {
    return this.#finding;
  }

  /** The finding as a person is told it: with what is known of an error that a call ended with before. */
  get told(): Finding | undefined {
    return this.#finding === undefined ? undefined : withReasons(this.#finding, this.harness.calls, this.#explain);
  }

  /** The plan speaks of an option or a choice point that this run does not have: it was made for other code. */
  get misfit(): boolean {
    const decisions = "decisions" in this.#plan ? this.#plan.decisions : [];
    return this.#misfit || trimmed(decisions).length > this.#counts.length;
  }

  /** Where the run broke off since its plan does not say what comes next: what may, by name. Needs a run that is recorded. */
  get offered(): readonly StepOption[] | undefined {
    return this.#blocked ? this.#named() : undefined;
  }

  #named(): readonly StepOption[] {
    return stepOptions(this.world.offered, this.world.trace);
  }

  /** Steps of a kept case that the run has taken. */
  get stepsDone(): number {
    return this.#chooser instanceof CaseFollower ? this.#chooser.done : 0;
  }

  /** How many options there were at each choice point so far, how many of them were strikes, and which were taken. */
  get optionCounts(): readonly number[] {
    return this.#counts;
  }

  get strikeCounts(): readonly number[] {
    return this.#strikeCounts;
  }

  get taken(): readonly number[] {
    return this.#taken;
  }

  record(): RunRecord {
    const failure = this.#finding?.diagnosis;
    const record = { options: this.#counts, strikes: this.#strikeCounts, taken: this.#taken, failure };
    const { watch } = this;
    if (!(this.#chooser instanceof Watcher) || watch === undefined) return record;
    // What was looked at late tells more of the turns before than was known when they ended.
    const { events: footprints, outdates } = watch.footprints();
    const events = this.#chooser.events.map((event, place) => ({ ...event, footprint: footprints[place] }));
    return { ...record, events, blocked: this.#blocked, outdates };
  }

  /** Where it came past, event by event, in a run that is watched. */
  get passed(): readonly Passed[] {
    return this.#passed;
  }

  start(options: TestOptions, body: (t: TestHarness) => Promise<void>): void {
    this.#cancelEverywhere = options.cancel === "everywhere";
    if (options.oracle !== undefined) this.harness.watched.options = options.oracle;
    this.#run(body).then(
      () => {
        this.#body = "returned";
      },
      (error: unknown) => {
        this.#body = "threw";
        this.#thrown = error;
      },
    );
  }

  async #run(body: (t: TestHarness) => Promise<void>): Promise<void> {
    await body(this.harness);
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
    if (ended) this.watch?.runEnded();
    return ended;
  }

  #step(): boolean {
    const { harness } = this;
    if (this.world.brokeOff) this.#fault("wrong-result", sentences.stackFull());
    this.#finding ??= this.world.findings[0] ?? harness.judgeSettled();
    if (this.#finding !== undefined) return this.#end();
    if (this.#body === "running") return harness.resumeIdler() ? false : this.#advance();
    if (this.#body === "threw") return this.#endThrown();
    const call = harness.calls.find((candidate) => candidate.settled !== undefined);
    this.#finding = judgeLeftovers(
      harness.watched,
      call?.name ?? "the exercise",
      abortInternals.aborted(harness.signal),
    )[0];
    return this.#end();
  }

  #advance(): boolean {
    const held = this.#held;
    if (held !== undefined) return this.#perform(held.option, held.options);
    this.watch?.endTurn();
    const options = this.#options();
    if (options.length === 0) return this.#endStuck();
    if (this.#events >= maxEvents) {
      const message = sentences.busyLoop(this.#events, this.world.now);
      this.#finding = { diagnosis: "busy-loop", message, at: this.world.now };
      return this.#end();
    }
    if (this.watch !== undefined && this.#events > 0) this.#turnEnded(this.watch);
    const option = options.length > 1 || this.#chooser.asksAlways ? this.#choose(options) : options.at(0);
    if (option === undefined) return true;
    if (this.#plan.halts === true && options.length > 1) {
      this.#held = { option, options };
      return false;
    }
    return this.#perform(option, options);
  }

  #perform(option: Option, options: OptionList): false {
    this.#held = undefined;
    this.#events++;
    if (this.watch !== undefined) this.#watchEvent(this.watch, option, options);
    if (isStrike(option.name)) this.#strike(option, options.at(0));
    else this.world.perform(option);
    return false;
  }

  #turnEnded(watch: AccessRecorder): void {
    if (this.#chooser instanceof Watcher) this.#chooser.turnEnded(watch.lastFootprint());
  }

  #watchEvent(watch: AccessRecorder, option: Option, options: OptionList): void {
    watch.beginTurn({ due: dueOf(option) });
    const offered = Array.from({ length: options.length }, (_, place) => options.at(place));
    this.#passed.push({
      choice: offered.indexOf(option),
      options: offered.map((each) => (each === undefined ? "" : `${describeOption(each)} #${String(each.order)}`)),
    });
    if (isStrike(option.name)) this.#watchStrike(watch, option, options);
  }

  /** An abort now depends on the clock and on the calls that it can strike; at another time, on all that may come. */
  #watchStrike(watch: AccessRecorder, strike: Option, options: OptionList): void {
    watch.clock();
    for (const call of this.harness.calls) if (call.settled === undefined) watch.readWhole(call);
    const within = strike.name === strikes.within;
    if (strike.at > this.world.now || within) watch.unknown("an abort together with what comes next");
    // Which of those that are due together comes with it is decided by which began first.
    if (within && options.at(1)?.at === options.at(0)?.at) watch.observe(worldPlace.startOrder);
  }

  /** Undefined where the run is not worth going on with. */
  #choose(options: OptionList): Option | undefined {
    const place = this.#chooser.choose(options);
    if (place === undefined) {
      this.#blocked = true;
      return undefined;
    }
    const option = options.at(place);
    if (option === undefined) this.#misfit = true;
    if (options.length > 1) {
      this.#counts.push(options.length);
      this.#strikeCounts.push(options.strikes);
      this.#taken.push(option === undefined ? 0 : place);
    }
    return option ?? options.at(0);
  }

  #endStuck(): boolean {
    if (this.#script) return true;
    const pending = this.harness.calls.filter((call) => call.settled === undefined);
    this.#finding = judgeDeadlock(this.harness.watched, pending);
    return this.#end();
  }

  /** The world's options, and after them the moments in which an abort may strike. */
  #options(): OptionList {
    const options = this.world.options();
    if (!this.#cancelEverywhere || !this.#canStrike()) return options;
    const first = options.at(0);
    options.add(this.world.now, 0, strikes.now, undefined);
    if (first === undefined) return options;
    if (first.at > this.world.now) options.add(first.at, 0, strikes.before, undefined);
    options.add(first.at, 0, strikes.within, undefined);
    return options;
  }

  #strike(strike: Option, first: Option | undefined): void {
    if (strike.name === strikes.within && first !== undefined) this.world.perform(first);
    else {
      this.world.beginTurn(strike.at);
      this.world.trace.turn(-1);
    }
    this.harness.abort();
  }

  #canStrike(): boolean {
    const { signal, calls } = this.harness;
    return (
      !abortInternals.aborted(signal) &&
      calls.some((call) => call.settled === undefined && call.policy.signal === signal)
    );
  }

  #endThrown(): boolean {
    this.#finding = Faulted.findingOf(this.#thrown);
    if (this.#finding === undefined) this.#faultFor(this.#thrown, sentences.testEnded(formatValue(this.#thrown)));
    return this.#end();
  }

  #end(): boolean {
    if (this.#finding !== undefined && !this.world.findings.includes(this.#finding)) this.world.report(this.#finding);
    return true;
  }

  #fault(diagnosis: Diagnosis, message: Words, source?: SourceMark): void {
    this.#finding ??= { diagnosis, message, at: this.world.now, source };
  }

  /** For what was thrown and left the test without an answer. */
  #faultFor(thrown: unknown, usual: Words): void {
    const explanation = this.#explain?.(thrown);
    this.#fault("wrong-result", explained(usual, explanation), explanation?.place);
  }

  /** Something that is not the exercise's own doing alone was thrown through the world: the run ends with it. */
  broke(thrown: unknown): void {
    const finding = this.world.findings[0] ?? Faulted.findingOf(thrown);
    if (finding === undefined) this.#faultFor(thrown, sentences.testBroke(formatValue(thrown)));
    else this.#finding ??= finding;
    this.#end();
  }

  /** The exercise threw while its module was evaluated for this run. */
  threwOnLoad(thrown: unknown): void {
    this.#faultFor(thrown, sentences.threwOnLoad(formatValue(thrown)));
  }

  /** Promises were rejected and could not be looked at. */
  rejectionHidden(): void {
    this.#fault("unhandled-rejection", sentences.rejectionHidden());
  }

  /** A promise rejected and, when the microtask queue had run empty, had no handler. */
  unhandled(reason: unknown): void {
    this.#unheard(reason, sentences.unhandled);
  }

  /** A callback threw. */
  uncaught(error: unknown): void {
    this.#unheard(error, sentences.uncaught);
  }

  #unheard(thrown: unknown, sentence: typeof sentences.unhandled | typeof sentences.uncaught): void {
    if (this.world.findings.length >= maxFindings) return;
    const source = this.#locate(thrown);
    const message = explained(sentence(formatValue(thrown), source), this.#explain?.(thrown));
    this.world.report({ diagnosis: "unhandled-rejection", message, at: this.world.now, source });
  }

  fetch(url: string, init: FetchInit): Promise<Response> {
    return this.harness.network.fetch(url, init);
  }

  print(level: string, values: readonly unknown[]): void {
    // The trace tells its first and last thousands of events, and nobody reads more.
    if (++this.#printed > maxPrinted) return;
    const line = printed(values);
    if (this.output.length < maxLines) this.output.push(line);
    this.world.trace.add(this.world.now, "console", 0);
    this.world.trace.note({ kind: "console", label: line, detail: level });
  }
}

function isSignal(value: unknown): value is AbortSignal {
  return eventInternals.isSignal(value);
}
