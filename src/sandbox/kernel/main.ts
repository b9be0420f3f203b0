/**
 * The kernel: runs tests inside the realm that learner code lives in. Evaluated there first, before any other code;
 * its completion value is the only handle to it, and what passes through that handle are strings and numbers (and the
 * realm's own functions and promises on their way back into it).
 */
import { OptionList } from "../../world/outside/options.ts";
import { type Plan, naturalPlan } from "../../world/search/plan.ts";
import { formatValue, plainText } from "../../world/run/formatValue.ts";
import { addBuiltinEffects } from "../../world/accesses/builtinEffects.ts";
import { Callees } from "../../world/accesses/callee.ts";
import { Marks } from "../../world/accesses/marks.ts";
import { addPromiseEffects } from "../../world/accesses/promiseEffects.ts";
import { AccessRecorder } from "../../world/accesses/recorder.ts";
import { addWorldEffects } from "../../world/accesses/worldEffects.ts";
import { addMissingBuiltins } from "./missingBuiltins.ts";
import { installGlobals } from "./globals.ts";
import { closeGlobal, harden } from "./harden.ts";
import { StackFrames } from "./stackFrames.ts";
import { closedKernel } from "./closed.ts";
import { hideSource } from "./hideSource.ts";
import { ourPrototypes } from "./ourPrototypes.ts";
import type { TestHarness } from "../../world/run/harness.ts";
import { Run } from "../../world/run/run.ts";
import type { TestOptions } from "../../world/run/specApi.ts";

type Imports = (specifier: string) => unknown;
type Factory = (imports: Imports) => unknown;

/** Both modules with marks, as functions of this realm. */
export interface MarkedModules {
  readonly exercise: Factory;
  readonly spec: Factory;
}

interface RegisteredTest {
  readonly name: string;
  readonly options: TestOptions;
  readonly body: (t: TestHarness) => Promise<void>;
}

/** What the sandbox process calls. Answers are JSON text or numbers. */
export interface Kernel {
  /** Takes the compiled modules: functions of this realm. The file name tells the exercise's frames in stack traces. */
  load(exercise: Factory, spec: Factory | undefined, exerciseFile: string, marked?: MarkedModules): void;
  /** Evaluates both modules once: `{ tests: [{name, title}] }` or `{ error: {part, text, line, column} }`. */
  list(): string;
  /** Begins a run. The plan is a `Plan` as JSON, or the decisions of a `FollowPlan`, joined by commas. */
  begin(test: string, plan: string, seed: number, recording: boolean): void;
  /**
   * Begins a run that takes down what each of its turns touches: with the marked modules, and with `promiseMade` and
   * `promiseSettled` told of every promise from here on.
   */
  beginWatched(test: string, plan: string, seed: number): void;
  promiseMade(promise: object, parent: object | undefined): void;
  promiseSettled(promise: object): void;
  /** Of the watched run: `events`, `blocked` and `outdates` of its `RunRecord`. */
  watched(): string;
  /** What the turns of the watched run touched: a `Footprints`; for tests. */
  footprints(): string;
  /** For each event of the watched run what could have come, and which of it did: `Passed[]`; for tests. */
  passed(): string;
  /** For each event of the watched run why its footprint is unknown, or null; for tests. */
  unknownReasons(): string;
  /** Begins the exercise module alone, as a script. */
  beginScript(): void;
  /** Does the next thing. 0: go on once microtasks have run; 1: ended, passed; 2: ended, failed. */
  step(): number;
  /** A promise of this realm was rejected and nobody has handled it. */
  rejected(reason: unknown): void;
  /** Promises of this realm were rejected, nobody has handled them, and they were made so that the host cannot look. */
  rejectionHidden(): void;
  /** What the run is faulted for so far; "" for nothing. */
  failure(): string;
  /** The option counts of the run so far, one character each. */
  optionCounts(): string;
  /** The options that the run has taken so far, one character each. */
  taken(): string;
  /** Where a run by steps broke off: what may come next, a list of `StepOption`; "" where it did not. */
  offered(): string;
  /** Steps of a kept case that the run has taken. */
  stepsDone(): number;
  /** The plan speaks of options that the run does not have. */
  misfit(): boolean;
  /** A number that two runs share when the same events happened at the same times in both. */
  fingerprint(): number;
  /** The run's virtual time, ms. */
  now(): number;
  /** How many timers and operations the run started. */
  size(): number;
  /** What the run printed, as a list. */
  output(): string;
  /** What is to be told of the run: `{ failure?, output, trace }`. */
  report(): string;
}

class KernelInRealm {
  #exercise: Factory | undefined;
  #spec: Factory | undefined;
  #exerciseFile = "exercise.ts";
  /** Used again by each run: making it anew costs as much as a tenth of a run. */
  readonly #options = new OptionList();
  #run: Run = this.#newRun(naturalPlan, 1, false);
  #marked: MarkedModules | undefined;
  readonly callees = new Callees();
  readonly frames = new StackFrames();
  #marks: Marks | undefined;
  #watch: AccessRecorder | undefined;
  /** What watched runs of one test looked at among what the world takes down. */
  #observed: { readonly test: string; readonly places: Set<number> } = { test: "", places: new Set() };

  load(exercise: Factory, spec: Factory | undefined, exerciseFile: string, marked?: MarkedModules): void {
    this.#marked = marked;
    this.#observed = { test: "", places: new Set() };
    this.#exercise = exercise;
    this.#spec = spec;
    this.#exerciseFile = exerciseFile;
  }

  list(): string {
    this.#run = this.#newRun(naturalPlan, 1, true);
    this.frames.show(this.#exerciseFile);
    const exercise = this.#caught(() => this.#evaluateExercise());
    if ("thrown" in exercise) return this.loadError("exercise", exercise.thrown);
    const tests = this.#caught(() => this.#registerTests(exercise.value).map(toListed));
    return "thrown" in tests ? this.loadError("spec", tests.thrown) : JSON.stringify({ tests: tests.value });
  }

  begin(test: string, plan: string, seed: number, recording: boolean): void {
    this.#marks = undefined;
    this.#begin(test, this.#newRun(parsePlan(plan), seed, recording));
  }

  beginWatched(test: string, plan: string, seed: number): void {
    if (this.#observed.test !== test) this.#observed = { test, places: new Set() };
    const recorder = new AccessRecorder(this.#observed.places);
    // Its properties are also read by their bare names.
    recorder.hold(globalThis);
    if (this.#marked === undefined) recorder.poison("the code has no marks");
    else this.#marks = new Marks(recorder, this.callees);
    this.#watch = recorder;
    this.#begin(test, this.#newRun(parsePlan(plan), seed, false, recorder));
  }

  #begin(test: string, run: Run): void {
    this.#run = run;
    this.frames.show(this.#exerciseFile);
    // The modules are evaluated anew for each run, inside that run's world: what one run leaves in a module's
    // variables never reaches the next.
    const exercise = this.#caught(() => this.#evaluateExercise());
    if ("thrown" in exercise) {
      run.threwOnLoad(exercise.thrown);
      return;
    }
    const tests = this.#registerTests(exercise.value);
    const found = tests.find(({ name }) => name === test);
    if (found === undefined) throw new RangeError(`no test is called ${test}`);
    this.#run.start(found.options, found.body);
  }

  beginScript(): void {
    this.#run = this.#newRun(naturalPlan, 1, true);
    this.#run.startScript(() => {
      this.#evaluateExercise();
    });
  }

  step(): number {
    if (!this.#run.step()) return 0;
    return this.#run.finding === undefined ? 1 : 2;
  }

  rejected(reason: unknown): void {
    this.#run.unhandled(reason);
  }

  broke(thrown: unknown): void {
    this.#run.broke(thrown);
  }

  get run(): Run {
    return this.#run;
  }

  fingerprint(): number {
    return this.#run.world.trace.fingerprint;
  }

  size(): number {
    return this.#run.world.size;
  }

  report(): string {
    const { finding, output, world } = this.#run;
    return JSON.stringify({ failure: finding, output, trace: world.trace.tell() });
  }

  offered(): string {
    const { offered } = this.#run;
    return offered === undefined ? "" : JSON.stringify(offered);
  }

  #newRun(plan: Plan, seed: number, recording: boolean, watch?: AccessRecorder): Run {
    return new Run({
      plan,
      seed,
      recording,
      options: this.#options,
      locate: (error) => this.frames.locate(error, this.#exerciseFile),
      watch,
    });
  }

  #evaluateExercise(): unknown {
    const exercise = this.#marks === undefined ? this.#exercise : this.#marked?.exercise;
    const marks = this.#marksOnce();
    return exercise?.((specifier) => {
      if (specifier === marksSpecifier && marks !== undefined) return marks();
      throw new TypeError(`An exercise imports nothing, but this one imports "${specifier}".`);
    });
  }

  #registerTests(exercise: unknown): RegisteredTest[] {
    const tests: RegisteredTest[] = [];
    const test = (name: string, options: TestOptions, body: RegisteredTest["body"]): void => {
      tests.push({ name, options, body });
    };
    if (this.#marks !== undefined) this.callees.trust(test);
    const spec = this.#marks === undefined ? this.#spec : this.#marked?.spec;
    const marks = this.#marksOnce();
    spec?.((specifier) => {
      if (specifier === marksSpecifier && marks !== undefined) return marks();
      if (specifier === "interleave") return { test };
      if (/^\.\/exercise(\.ts)?$/.test(specifier)) return exercise;
      throw new TypeError(`A spec imports "interleave" and "./exercise.ts" only, not "${specifier}".`);
    });
    return tests;
  }

  /** Hands out the marks to the first who asks: the line that the compiler puts before all others of a module. */
  #marksOnce(): (() => Marks) | undefined {
    let marks = this.#marks;
    if (marks === undefined) return undefined;
    return () => {
      const given = marks;
      marks = undefined;
      if (given === undefined) throw new TypeError("A module imports its marks once.");
      return given;
    };
  }

  promiseMade(promise: object, parent: object | undefined): void {
    this.#watch?.promiseMade(promise, parent);
  }

  promiseSettled(promise: object): void {
    this.#watch?.promiseSettled(promise);
  }

  watched(): string {
    const { events, blocked, outdates } = this.#run.record();
    return JSON.stringify({ events, blocked, outdates });
  }

  footprints(): string {
    return JSON.stringify(this.#watch?.footprints() ?? { events: [], outdates: false });
  }

  passed(): string {
    return JSON.stringify(this.#run.passed);
  }

  unknownReasons(): string {
    return JSON.stringify(this.#watch?.reasons().map((reason) => reason ?? null) ?? []);
  }

  #caught<T>(evaluate: () => T): { readonly value: T } | { readonly thrown: unknown } {
    try {
      return { value: evaluate() };
    } catch (thrown) {
      return { thrown };
    }
  }

  loadError(part: "exercise" | "spec", thrown: unknown): string {
    const place = this.frames.locate(thrown, part === "spec" ? "spec.ts" : this.#exerciseFile);
    return JSON.stringify({ error: { part, text: formatValue(thrown), ...place } });
  }
}

/** A spec is a stranger's too: names and titles are text of a sensible length, whatever it gave. */
function toListed({ name, options }: RegisteredTest): object {
  const asText = (text: unknown): string => (typeof text === "string" ? plainText(text, maxTitle) : formatValue(text));
  if (typeof name !== "string" || name === "" || name !== asText(name)) throw new TypeError("a test needs a name");
  const { title } = options;
  return { name, title: { en: asText(title.en), "zh-cn": asText(title["zh-cn"]) } };
}

/** Characters of a test's name and title. */
const maxTitle = 200;

/** The cheapest way across for small numbers. */
function characters(values: readonly number[]): string {
  let text = "";
  for (const value of values) text += String.fromCharCode(Math.min(value, 0xffff));
  return text;
}

function parsePlan(text: string): Plan {
  if (text.startsWith("{")) return JSON.parse(text) as Plan;
  return text === "" ? naturalPlan : { by: "decisions", decisions: text.split(",").map(Number) };
}

/** What the compiler has marked code import its marks from. */
const marksSpecifier = "interleave:marks";

/** Frames kept of a stack: enough to reach the exercise from the depths of the world, since each frame costs time. */
const stackFrames = 10;

/** Builds the kernel in a fresh realm and closes the realm's built-ins to change. */
export function createKernel(global: object): Kernel {
  Object.defineProperty(Error, "stackTraceLimit", { value: stackFrames });
  addMissingBuiltins();
  hideSource();
  const kernel = new KernelInRealm();
  const prepare = (error: unknown, frames: Parameters<StackFrames["prepare"]>[1]): string =>
    kernel.frames.prepare(error, frames);
  Object.defineProperty(Error, "prepareStackTrace", { value: prepare });
  installGlobals(global, () => kernel.run);
  const { callees } = kernel;
  addBuiltinEffects(callees);
  addPromiseEffects(callees);
  addWorldEffects(callees, global);
  callees.addBuiltins(harden(global, ourPrototypes(kernel.run.harness)));
  closeGlobal(global);
  const open: Kernel = {
    load: (exercise, spec, file, marked) => {
      kernel.load(exercise, spec, file, marked);
    },
    list: () => kernel.list(),
    begin: (test, decisions, seed, recording) => {
      kernel.begin(test, decisions, seed, recording);
    },
    beginWatched: (test, decisions, seed) => {
      kernel.beginWatched(test, decisions, seed);
    },
    promiseMade: (promise, parent) => {
      kernel.promiseMade(promise, parent);
    },
    promiseSettled: (promise) => {
      kernel.promiseSettled(promise);
    },
    watched: () => kernel.watched(),
    footprints: () => kernel.footprints(),
    passed: () => kernel.passed(),
    unknownReasons: () => kernel.unknownReasons(),
    beginScript: () => {
      kernel.beginScript();
    },
    step: () => kernel.step(),
    rejected: (reason) => {
      kernel.rejected(reason);
    },
    rejectionHidden: () => {
      kernel.run.rejectionHidden();
    },
    failure: () => kernel.run.finding?.diagnosis ?? "",
    optionCounts: () => characters(kernel.run.optionCounts),
    taken: () => characters(kernel.run.taken),
    offered: () => kernel.offered(),
    stepsDone: () => kernel.run.stepsDone,
    misfit: () => kernel.run.misfit,
    fingerprint: () => kernel.fingerprint(),
    now: () => kernel.run.now(),
    size: () => kernel.size(),
    output: () => JSON.stringify(kernel.run.output),
    report: () => kernel.report(),
  };
  return closedKernel(open, {
    broke: (thrown) => {
      kernel.broke(thrown);
    },
    list: (thrown) => kernel.loadError("spec", thrown),
  });
}
