/** Holds the modules and the run that is under way. Runs inside the realm. */
import type { TraceEvent } from "../../protocol/trace.ts";
import { OptionList } from "../../world/outside/options.ts";
import { type Plan, naturalPlan } from "../../world/search/plan.ts";
import { formatValue } from "../../world/run/formatValue.ts";
import type { Callees } from "../../world/accesses/callee.ts";
import { Marks } from "../../world/accesses/marks.ts";
import { AccessRecorder } from "../../world/accesses/recorder.ts";
import { BuiltinChanges } from "./builtinChanges.ts";
import { StackFrames } from "./stackFrames.ts";
import { Simulation } from "./simulation.ts";
import type { Explanation } from "../../world/run/explanation.ts";
import type { TestHarness } from "../../world/run/harness.ts";
import { Run } from "../../world/run/run.ts";
import { SpaceTally } from "../../world/run/spaceTally.ts";
import type { TestOptions } from "../../world/run/specApi.ts";
import { toListed } from "./toListed.ts";
import type { Factory, Kernel, MarkedModules } from "./kernel.ts";

interface RegisteredTest {
  readonly name: string;
  readonly options: TestOptions;
  readonly body: (t: TestHarness) => Promise<void>;
}

export class KernelInRealm {
  #exercise: Factory | undefined;
  #spec: Factory | undefined;
  #exerciseFile = "exercise.ts";
  /** Used again by each run: making it anew costs as much as a tenth of a run. */
  readonly #options = new OptionList();
  #run: Run = this.#newRun(naturalPlan, 1, false);
  #marked: MarkedModules | undefined;
  /** What marked code may call; looked up once there is such code, which most jobs do without. */
  #callees: Callees | undefined;
  readonly #knownCallees: () => Callees;
  readonly frames = new StackFrames();
  readonly #changes: BuiltinChanges;
  #marks: Marks | undefined;
  #watch: AccessRecorder | undefined;
  #follower: ((event: TraceEvent) => void) | undefined;
  #simulation: Simulation | undefined;
  #tally: SpaceTally | undefined;
  /** What watched runs of one test looked at among what the world takes down. */
  #observed: { readonly test: string; readonly places: Set<number> } = { test: "", places: new Set() };

  constructor(global: object, knownCallees: () => Callees) {
    this.#knownCallees = knownCallees;
    this.#changes = new BuiltinChanges(global);
  }

  load(...[exercise, spec, exerciseFile, exerciseCode, marked]: Parameters<Kernel["load"]>): void {
    this.#marked = marked;
    if (marked !== undefined) this.#callees ??= this.#knownCallees();
    this.#observed = { test: "", places: new Set() };
    this.#exercise = exercise;
    this.#spec = spec;
    this.#exerciseFile = exerciseFile;
    this.#changes.show(exerciseCode);
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
    const run = this.#newRun(parsePlan(plan), seed, recording);
    if (recording && this.#follower !== undefined) run.world.trace.follow(this.#follower);
    this.#begin(test, run);
  }

  /** What the follower throws, as it may where the call stack is full, is no error of the exercise's. */
  follow(follower: (event: string) => void): void {
    this.#follower = (event) => {
      try {
        follower(JSON.stringify(event));
      } catch {
        // The report at the end tells of all events.
      }
    };
  }

  beginWatched(test: string, plan: string, seed: number): void {
    if (this.#observed.test !== test) this.#observed = { test, places: new Set() };
    const recorder = new AccessRecorder(this.#observed.places);
    // Its properties are also read by their bare names.
    recorder.hold(globalThis);
    if (this.#callees === undefined || this.#marked === undefined) recorder.poison("the code has no marks");
    else this.#marks = new Marks(recorder, this.#callees);
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

  explore(test: string): void {
    this.#run = this.#newRun(naturalPlan, 1, false);
    const found = this.#registerTests(this.#evaluateExercise()).find(({ name }) => name === test);
    this.#tally = found === undefined ? undefined : new SpaceTally(test, found.options);
  }

  countOrder(): void {
    this.#tally?.add(this.#run);
  }

  space(): string {
    return JSON.stringify(this.#tally?.space() ?? null);
  }

  beginScript(): void {
    this.#run = this.#newRun(naturalPlan, 1, true);
    this.#run.startScript(() => {
      this.#evaluateExercise();
    });
  }

  simulate(scenario: string): void {
    this.#simulation = new Simulation(scenario);
  }

  beginSimulated(index: number, recording: boolean): void {
    const simulation = this.#simulation;
    const run = this.#newRun(naturalPlan, (simulation?.seed ?? 0) + index, recording);
    this.#run = run;
    this.frames.show(this.#exerciseFile);
    const exercise = this.#caught(() => this.#evaluateExercise());
    if ("thrown" in exercise) run.threwOnLoad(exercise.thrown);
    else simulation?.start(run, (exercise.value as { readonly main?: unknown }).main, index);
  }

  sample(): string {
    return JSON.stringify(this.#simulation?.sample(this.#run));
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
    const { told, output, world } = this.#run;
    return JSON.stringify({ failure: told, output, trace: world.trace.tell() });
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
      explain: (thrown) => this.#explain(thrown),
      watch,
    });
  }

  #explain(thrown: unknown): Explanation | undefined {
    return this.#changes.explain(thrown, () => this.frames.locate(thrown, this.#exerciseFile));
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
    const reached = (place: number): void => {
      this.#tally?.reach(place);
    };
    this.#marks?.callees.trust(test);
    const spec = this.#marks === undefined ? this.#spec : this.#marked?.spec;
    const marks = this.#marksOnce();
    spec?.((specifier) => {
      if (specifier === marksSpecifier && marks !== undefined) return marks();
      if (specifier === "interleave") return { test };
      if (specifier === reachedSpecifier) return { reached };
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
    const explanation = part === "exercise" ? this.#explain(thrown) : undefined;
    return JSON.stringify({ error: { part, text: formatValue(thrown), explanation, ...place } });
  }
}

function parsePlan(text: string): Plan {
  if (text.startsWith("{")) return JSON.parse(text) as Plan;
  return text === "" ? naturalPlan : { by: "decisions", decisions: text.split(",").map(Number) };
}

/** What the compiler has marked code import its marks from. */
const marksSpecifier = "interleave:marks";
/** What a spec whose places are counted imports (src/core/compiler/specPlaces.ts); elsewhere it does nothing. */
const reachedSpecifier = "interleave:reached";
