/** Plays the runs of one test in a realm, event by event. Runs in the sandbox process, outside the realm. */
import type { StepName, StepOption } from "../protocol/steps.ts";
import type { Trace } from "../protocol/trace.ts";
import type { Finding } from "../world/oracle/findings.ts";
import type { Wait } from "../world/oracle/sentences.ts";
import type { Player } from "../world/search/check.ts";
import type { Plan, RunRecord, WatchPlan } from "../world/search/plan.ts";
import type { Decisions } from "../world/search/schedule.ts";
import type { Sample } from "../world/simulate/distribution.ts";
import { watchPromises } from "./promiseHooks.ts";
import { type Realm, flushRejections } from "./realm.ts";
import { watchWaits } from "./waits.ts";

export interface RunReport {
  readonly failure?: Finding;
  readonly output: readonly string[];
  readonly trace: Trace;
}

export interface ExplainedReport extends RunReport {
  readonly waits: readonly Wait[];
}

export interface StepReport extends RunReport {
  /** The option taken at each choice point. */
  readonly taken: Decisions;
  /** What may come next; absent where the run has ended. */
  readonly options?: readonly StepOption[];
}

export interface CaseReport extends RunReport {
  readonly taken: Decisions;
  /** How many of the case's steps it went through. */
  readonly stepsDone: number;
}

/** Steps that a run does before it becomes one that takes long: most are over by then. */
const quickSteps = 512;
/** Steps between two looks at the clock: one step may be a tenth of a second of the exercise's own work. */
const stepsBetweenLooks = 8;
/** What a step answers where the run has ended with a finding. Telling it may have run code of the exercise's once more. */
const failed = 2;
/** Runs between two looks at the clock: a short run costs a hundredth of a millisecond. */
const runsBetweenLooks = 16;
/** Real ms of work after which the process answers its messages and tells that it is alive, unless told otherwise. */
const usualSliceMs = 25;
/** Timers and operations of a run up to which it is played a second time. */
const checkedSize = 2000;

export interface RealmPlayerOptions {
  readonly realm: Realm;
  readonly test: string;
  readonly seed: number;
  /** Told from time to time that work goes on, and how many runs there were; lets a macrotask pass. */
  readonly alive: (runs: number) => Promise<void>;
  /** Loads the code with marks, and says whether there is any. Default: there is none. */
  readonly watchable?: () => boolean;
  /** Real ms between two such moments. */
  readonly sliceMs?: number;
  /** The kernel counts each order that is played to its end. Default: no. */
  readonly counting?: boolean;
}

export class RealmPlayer implements Player {
  readonly #realm: Realm;
  readonly #test: string;
  readonly #seed: number;
  readonly #alive: (schedules: number) => Promise<void>;
  readonly #watchable: () => boolean;
  readonly #sliceMs: number;
  readonly #counting: boolean;
  readonly #flush = flushRejections();
  #lastSlice = performance.now();
  #runs = 0;
  #output: readonly string[] | undefined;

  constructor({ realm, test, seed, alive, ...more }: RealmPlayerOptions) {
    const { watchable = () => false, sliceMs = usualSliceMs, counting = false } = more;
    this.#counting = counting;
    this.#realm = realm;
    this.#test = test;
    this.#seed = seed;
    this.#alive = alive;
    this.#watchable = watchable;
    this.#sliceMs = sliceMs;
  }

  canWatch(): boolean {
    return this.#watchable();
  }

  play(plan: Plan): RunRecord | Promise<RunRecord> {
    if (plan.by === "watching") return this.#watch(plan);
    const decisions = plan.by === "decisions" ? plan.decisions : undefined;
    this.#realm.kernel.begin(this.#test, decisions?.join(",") ?? JSON.stringify(plan), this.#seed, false);
    const driven = this.#drive();
    return driven === undefined ? this.#record(decisions) : driven.then(() => this.#record(decisions));
  }

  async #watch(plan: WatchPlan): Promise<RunRecord> {
    const { kernel, promisePrototype } = this.#realm;
    const stop = watchPromises(promisePrototype, kernel);
    let record: RunRecord;
    try {
      kernel.beginWatched(this.#test, JSON.stringify(plan), this.#seed);
      await this.#drive();
      record = { ...this.#record(undefined, true), ...(JSON.parse(kernel.watched()) as Partial<RunRecord>) };
    } finally {
      stop();
    }
    if (this.#counting && record.blocked !== true) await this.#count(record.taken);
    return record;
  }

  /** Plays an order once more in plain code, which tells what it reaches. */
  async #count(decisions: Decisions): Promise<void> {
    this.#realm.kernel.begin(this.#test, decisions.join(","), this.#seed, false);
    await this.#drive();
    this.#realm.kernel.countOrder();
  }

  fingerprint(): number | undefined {
    const { kernel } = this.#realm;
    return kernel.size() > checkedSize ? undefined : kernel.fingerprint();
  }

  /** Plays a schedule once more with everything that is told of it. */
  async report(decisions: Decisions): Promise<RunReport> {
    this.#realm.kernel.begin(this.#test, decisions.join(","), this.#seed, true);
    await this.#drive();
    return this.#report();
  }

  /** Plays the order that was chosen so far, up to the next choice or to its end. */
  async step(decisions: Decisions): Promise<StepReport> {
    const { kernel } = this.#realm;
    kernel.begin(this.#test, JSON.stringify({ by: "steps", decisions } satisfies Plan), this.#seed, true);
    await this.#drive();
    const offered = kernel.offered();
    return {
      ...this.#report(),
      taken: numbers(kernel.taken()),
      ...(offered === "" ? {} : { options: JSON.parse(offered) as readonly StepOption[] }),
    };
  }

  /** Plays a kept case on the code as it is. */
  async followCase(steps: readonly StepName[]): Promise<CaseReport> {
    const { kernel } = this.#realm;
    kernel.begin(this.#test, JSON.stringify({ by: "case", steps } satisfies Plan), this.#seed, true);
    await this.#drive();
    return { ...this.#report(), taken: numbers(kernel.taken()), stepsDone: kernel.stepsDone() };
  }

  /** As `report`, and tells who waits for what at the end: of interest where the schedule gets stuck. */
  async explain(decisions: Decisions, exerciseFile: string): Promise<ExplainedReport> {
    const watch = watchWaits(exerciseFile, () => this.#realm.kernel.now());
    try {
      const report = await this.report(decisions);
      return { ...report, waits: watch.waits() };
    } finally {
      watch.end();
    }
  }

  /** What the first run printed, which is the natural one. */
  get output(): readonly string[] {
    return this.#output ?? [];
  }

  /** Runs the exercise module alone, for what it prints. */
  async script(): Promise<RunReport> {
    this.#realm.kernel.beginScript();
    await this.#drive();
    return this.#report();
  }

  /** One run of `main` in the scenario that the kernel was told. */
  simulate(run: number): Sample | Promise<Sample> {
    this.#realm.kernel.beginSimulated(run, false);
    const driven = this.#drive();
    return driven === undefined ? this.#sample() : driven.then(() => this.#sample());
  }

  /** The same, with everything that is told of it. */
  async simulateShown(run: number): Promise<{ readonly sample: Sample; readonly report: RunReport }> {
    this.#realm.kernel.beginSimulated(run, true);
    await this.#drive();
    return { sample: this.#sample(), report: this.#report() };
  }

  #sample(): Sample {
    return JSON.parse(this.#realm.kernel.sample()) as Sample;
  }

  #report(): RunReport {
    return JSON.parse(this.#realm.kernel.report()) as RunReport;
  }

  #record(decisions: Decisions | undefined, watched = false): RunRecord {
    const { kernel } = this.#realm;
    const failure = kernel.failure();
    if (this.#counting && !watched) kernel.countOrder();
    this.#output ??= JSON.parse(kernel.output()) as readonly string[];
    return {
      options: numbers(kernel.optionCounts()),
      strikes: numbers(kernel.strikeCounts()),
      taken: decisions ?? numbers(kernel.taken()),
      failure: failure === "" ? undefined : failure,
    };
  }

  /** A promise where it has to wait; most runs are over before. */
  #drive(): Promise<void> | undefined {
    const { kernel } = this.#realm;
    const flush = this.#flush;
    if (flush === undefined) return this.#driveSlowly();
    this.#realm.drain();
    this.#flushNow(flush);
    for (let steps = 1; steps < quickSteps; steps++) {
      const now = kernel.step();
      if (now !== 0) {
        if (now === failed) this.#realm.drain();
        return ++this.#runs % runsBetweenLooks === 0 ? this.#look() : undefined;
      }
      if (steps % stepsBetweenLooks === 0 && this.#isSliceOver()) break;
      this.#realm.drain();
      this.#flushNow(flush);
    }
    return this.#driveSlowly();
  }

  /** Goes on with a run that takes long, or where only a macrotask tells of unhandled rejections. */
  async #driveSlowly(): Promise<void> {
    const { kernel } = this.#realm;
    await this.#settle();
    for (let steps = 1; ; steps++) {
      const ended = kernel.step() !== 0;
      await this.#settle();
      if (ended || steps % stepsBetweenLooks === 0) await this.#look();
      if (ended) {
        this.#runs++;
        return;
      }
    }
  }

  #look(): Promise<void> | undefined {
    if (!this.#isSliceOver()) return undefined;
    return this.#alive(this.#runs).then(() => {
      this.#lastSlice = performance.now();
    });
  }

  #isSliceOver(): boolean {
    return performance.now() - this.#lastSlice >= this.#sliceMs;
  }

  async #settle(): Promise<void> {
    this.#realm.drain();
    if (this.#flush === undefined) await new Promise((resolve) => setImmediate(resolve));
    else this.#flushNow(this.#flush);
  }

  /** Node looks at a rejected promise before it tells of it, and a promise may be made so that this throws. */
  #flushNow(flush: () => void): void {
    try {
      flush();
    } catch {
      // What was thrown is learner code's own: it is not looked at here.
      this.#realm.kernel.rejectionHidden();
    }
  }
}

/** Numbers that crossed as the characters of a string. */
function numbers(text: string): readonly number[] {
  const values: number[] = [];
  for (let place = 0; place < text.length; place++) values.push(text.charCodeAt(place));
  return values;
}
