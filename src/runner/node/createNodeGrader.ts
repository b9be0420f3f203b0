/** The grader of hosts that have Node: compiles in a thread, runs in a process, keeps one of each warm. */
import type { Compiled } from "../../core/compiler/compile.ts";
import type {
  Explored,
  FoundLoop,
  GradeListener,
  GradeRequest,
  Grader,
  ReplayRequest,
  ReplayResult,
  Simulator,
  SpaceExplorer,
  StepRequest,
} from "../../protocol/grading.ts";
import type { CompiledModule, GradeJob, Job, ListedTest, ReplayJob } from "../../protocol/sandboxMessages.ts";
import type { SpecPlace, TestSpace } from "../../protocol/space.ts";
import { type StepResult, ownCaseTest } from "../../protocol/steps.ts";
import type { GradeError, TestVerdict, Verdict } from "../../protocol/verdict.ts";
import { type JobEnd, findSpin, supervise } from "../supervisor.ts";
import { brokenSpec, missingExport } from "./notRunnable.ts";
import { CompilerLink } from "./compilerLink.ts";
import { NodeSimulator } from "./nodeSimulator.ts";
import { type NodeProgram, findNodeProgram } from "./nodeProgram.ts";
import { Reaper } from "./reaper.ts";
import { heapMb } from "./sandboxFlags.ts";
import { SandboxProcess } from "./sandboxProcess.ts";

/** Schedules a test may run where the request names no number. */
const defaultSchedules = 2000;
/** Ms without progress after which a run counts as stuck. A verdict on an endless loop must come within 2 s. */
const silenceMs = 1000;
/** The same where a run that is stuck is run once more to see where it spins. */
const spinMs = 600;
/** Bytes that a sandbox may hold in all: its heap, and as much again for its buffers, its code and the engine. */
const memoryLimit = 2 * heapMb * 1024 * 1024;
/** Bytes that a sandbox may hold to be given another job; one that has just started holds some 70 MB. */
const memoryKept = 200 * 1024 * 1024;
/** Compiled specs that are remembered. */
const specsKept = 20;
/** From this major version on, Node knows `using`. */
const knowsUsingFrom = 24;

export interface NodeGraderOptions {
  /** The folder of sandbox.js, kernel.js and compiler.js. */
  readonly distDir: string;
  /** The Node that runs the sandboxes. Default: the best that is at hand. */
  readonly node?: NodeProgram;
  /**
   * How many jobs a sandbox may do one after another, each in a realm of its own: for files that trust each other, such as those of
   * one lesson, since starting a sandbox takes longer than most gradings. Default: 1.
   */
  readonly jobsPerSandbox?: number;
}

export interface ScriptResult {
  readonly output: readonly string[];
  readonly error?: GradeError;
}

export class NodeGrader implements Grader, SpaceExplorer {
  readonly #distDir: string;
  /** What runs the sandboxes; the same version is to run whatever else is compiled here. */
  readonly node: NodeProgram;
  readonly compiler: CompilerLink;
  readonly #reaper = new Reaper();
  #spare: SandboxProcess | undefined;
  readonly #jobsPerSandbox: number;
  /** Those that wait for another job, with the number of jobs that they have done. */
  readonly #used: { readonly sandbox: SandboxProcess; readonly jobs: number }[] = [];
  /** A host that grades again and again wants the next sandbox ready; one that grades once does not. */
  #keepsSpare = false;
  #disposed = false;
  readonly #specs = new Map<string, Compiled>();

  constructor(options: NodeGraderOptions) {
    this.#distDir = options.distDir;
    this.node = options.node ?? findNodeProgram(options.distDir);
    this.compiler = new CompilerLink(options.distDir);
    this.#jobsPerSandbox = options.jobsPerSandbox ?? 1;
  }

  warm(): void {
    this.#keepsSpare = true;
    this.compiler.warm();
    this.#spare ??= this.#spawn();
  }

  async grade(request: GradeRequest, signal: AbortSignal, listener: GradeListener = {}): Promise<Verdict> {
    const begun = performance.now();
    const compiled = await this.#compile(request);
    if ("error" in compiled) return verdictOn(request, begun, [], compiled.error);
    const job = gradeJob(request, compiled);
    const tests: TestVerdict[] = [];
    const end = await this.#run(job, signal, collect(tests, listener));
    return verdictOn(request, begun, tests, end.type === "failed" ? end.error : undefined);
  }

  async explore(request: GradeRequest, signal: AbortSignal, listener: GradeListener = {}): Promise<Explored> {
    const begun = performance.now();
    const compiled = await this.#compile(request);
    if ("error" in compiled) {
      return { verdict: verdictOn(request, begun, [], compiled.error), spaces: [], places: [] };
    }
    const { places, spec } = await this.#tellingSpec(request.spec, compiled.spec);
    const { schedules: budget = defaultSchedules, seed = 1 } = request;
    const tests: TestVerdict[] = [];
    const spaces: TestSpace[] = [];
    const tell = collect(tests, listener);
    const job: Job = { kind: "explore", exercise: compiled.exercise, spec, budget, seed };
    const end = await this.#run(job, signal, (message) => {
      if (message.type === "listed") spaces.splice(0);
      if (message.type === "explored") spaces.push(message.space);
      tell(message);
    });
    return { verdict: verdictOn(request, begun, tests, end.type === "failed" ? end.error : undefined), spaces, places };
  }

  /** In runs that are watched the spec says nothing: what it says would be taken for something that it does. */
  async #tellingSpec(
    source: string,
    plain: CompiledModule,
  ): Promise<{ readonly places: readonly SpecPlace[]; readonly spec: CompiledModule }> {
    const { text, places } = await this.compiler.places(source);
    const telling = await this.#compileSpec(text);
    if ("error" in telling) throw new Error(`The spec cannot be followed: ${telling.error.message.en}`);
    return { places, spec: { ...plain, code: telling.module.code } };
  }

  async replay(request: ReplayRequest, signal: AbortSignal): Promise<ReplayResult> {
    const compiled = await this.replayJob(request);
    if ("error" in compiled) return { trace: [], error: compiled.error };
    const end = await this.#run(compiled.job, signal);
    if (end.type === "failed") return { trace: [], error: end.error };
    return { trace: end.trace ?? [], ...(end.verdict === undefined ? {} : { verdict: end.verdict }) };
  }

  /** Grades a file that is known to get stuck once more, to tell the order that leads there. */
  async findLoop(request: GradeRequest, signal: AbortSignal): Promise<FoundLoop> {
    const compiled = await this.#compile(request);
    if ("error" in compiled) return { kind: "none", error: compiled.error };
    let tests: readonly ListedTest[] = [];
    let last: { readonly test: string; readonly schedule: string } | undefined;
    const end = await supervise(this.#take(), gradeJob(request, compiled), {
      silenceMs: spinMs,
      memoryLimit,
      signal,
      tellRuns: true,
      listen: (message) => {
        if (message.type === "listed") ({ tests } = message);
        if (message.type === "begun") last = message;
      },
      // Its line is known from the verdict.
      findSpin: () => Promise.resolve(undefined),
    });
    if (this.#keepsSpare) setImmediate(() => this.#refill());
    if (end.type === "done") return { kind: "none" };
    if (end.error.code !== "endless-loop") return { kind: "none", error: end.error };
    if (last === undefined) return { kind: "loading" };
    const { test: name, schedule } = last;
    const test = tests.find((each) => each.name === name);
    return test === undefined ? { kind: "none" } : { kind: "run", test, schedule };
  }

  /** What a replay is given to do: also for a program that is not one of our sandboxes, such as one under a debugger. */
  async replayJob(request: ReplayRequest): Promise<{ readonly job: ReplayJob } | { readonly error: GradeError }> {
    const compiled = await this.#compile(request);
    if ("error" in compiled) return compiled;
    const { schedule, seed = 1 } = request;
    return { job: { kind: "replay", ...compiled, test: testOf(request), schedule, seed } };
  }

  async step(request: StepRequest, signal: AbortSignal): Promise<StepResult> {
    const nothing = { trace: [], schedule: "" };
    const compiled = await this.#compile(request);
    if ("error" in compiled) return { ...nothing, error: compiled.error };
    const { choices, seed = 1 } = request;
    const end = await this.#run({ kind: "step", ...compiled, test: testOf(request), choices, seed }, signal);
    if (end.type === "failed") return { ...nothing, error: end.error };
    const { trace = [], schedule = "", options, verdict } = end;
    return {
      trace,
      schedule,
      ...(options === undefined ? {} : { options }),
      ...(verdict === undefined ? {} : { verdict }),
    };
  }

  /** Runs a stand-alone script in the world, for what it prints. */
  async script(source: string, fileName: string, signal: AbortSignal): Promise<ScriptResult> {
    const compiled = await this.compiler.compile(source, { fileName, mayImport: false, knowsUsing: this.#knowsUsing });
    if ("error" in compiled) return { output: [], error: compiled.error };
    const end = await this.#run({ kind: "script", script: compiled.module }, signal);
    return end.type === "failed" ? { output: [], error: end.error } : { output: end.output ?? [] };
  }

  /** @param fileName the program's name in messages */
  simulator(fileName: string): Simulator {
    return new NodeSimulator({
      silenceMs,
      memoryLimit,
      compile: (program) => this.#compileProgram(program, fileName),
      take: () => this.#take(),
      refill: () => {
        if (this.#keepsSpare) this.#refill();
      },
      findSpin: (job) =>
        findSpin(this.#take(), job, { silenceMs: spinMs, memoryLimit, signal: new AbortController().signal }),
    });
  }

  async #compileProgram(program: string, fileName: string): Promise<Compiled> {
    const compiled = await this.compiler.compile(program, {
      fileName,
      mayImport: false,
      knowsUsing: this.#knowsUsing,
    });
    if ("error" in compiled || compiled.module.exports.includes("main")) return compiled;
    return { error: missingExport(["main"], fileName) };
  }

  dispose(): void {
    this.#disposed = true;
    this.#spare?.kill();
    this.#spare = undefined;
    for (const { sandbox } of this.#used.splice(0)) sandbox.kill();
    this.#reaper.dispose();
    this.compiler.dispose();
  }

  get #knowsUsing(): boolean {
    return this.node.major >= knowsUsingFrom;
  }

  async #compile(
    request: GradeRequest,
  ): Promise<{ exercise: CompiledModule; spec: CompiledModule } | { error: GradeError }> {
    const knowsUsing = this.#knowsUsing;
    const exercise = await this.compiler.compile(request.exercise, {
      fileName: request.exerciseName,
      mayImport: false,
      knowsUsing,
    });
    if ("error" in exercise) return { error: exercise.error };
    const missing = request.exports.filter((name) => !exercise.module.exports.includes(name));
    if (missing.length > 0) return { error: missingExport(missing, request.exerciseName) };
    const spec = await this.#compileSpec(request.spec);
    if ("error" in spec) return { error: brokenSpec(spec.error) };
    return { exercise: exercise.module, spec: spec.module };
  }

  /** A spec stays the same from save to save, and is several times as long as an exercise. */
  async #compileSpec(source: string): Promise<Compiled> {
    const known = this.#specs.get(source);
    if (known !== undefined) return known;
    const compiled = await this.compiler.compile(source, {
      fileName: "spec.ts",
      mayImport: true,
      knowsUsing: this.#knowsUsing,
    });
    if (this.#specs.size >= specsKept) this.#specs.clear();
    this.#specs.set(source, compiled);
    return compiled;
  }

  async #run(
    job: Job,
    signal: AbortSignal,
    listen: Parameters<typeof supervise>[2]["listen"] = () => undefined,
  ): Promise<JobEnd> {
    const used = this.#takeUsed();
    const options = {
      silenceMs,
      memoryLimit,
      signal,
      listen,
      findSpin: () => findSpin(this.#take(), job, { silenceMs: spinMs, memoryLimit, signal }),
      leaveAlive: this.#jobsPerSandbox > 1,
    };
    const own = used?.sandbox ?? this.#take();
    const end = await supervise(own, job, options);
    if (end.type === "done") this.#keepUsed(own, (used?.jobs ?? 0) + 1);
    // What came before may be at fault: a job has failed once it has failed in a sandbox of its own.
    else if (used !== undefined && !signal.aborted)
      return supervise(this.#take(), job, { ...options, leaveAlive: false });
    if (this.#keepsSpare && this.#jobsPerSandbox === 1) setImmediate(() => this.#refill());
    return end;
  }

  #takeUsed(): { readonly sandbox: SandboxProcess; readonly jobs: number } | undefined {
    for (let used = this.#used.pop(); used !== undefined; used = this.#used.pop()) {
      const { sandbox } = used;
      if (sandbox.alive && !sandbox.spokeUnasked) {
        sandbox.ref();
        return used;
      }
      sandbox.kill();
    }
    return undefined;
  }

  /** One that has grown is not kept: what it holds would count against the next job. */
  #keepUsed(sandbox: SandboxProcess, jobs: number): void {
    if (this.#jobsPerSandbox === 1) return;
    const small = (sandbox.memory() ?? 0) < memoryKept;
    if (!this.#disposed && sandbox.alive && small && jobs < this.#jobsPerSandbox) {
      sandbox.unref();
      this.#used.push({ sandbox, jobs });
    } else sandbox.kill();
  }

  #take(): SandboxProcess {
    const spare = this.#spare;
    const sandbox = spare?.alive === true ? spare : this.#spawn();
    this.#spare = undefined;
    sandbox.ref();
    return sandbox;
  }

  /** Only once the verdict is out: starting the next sandbox takes the processor, and blocks for some 20 ms. */
  #refill(): void {
    if (!this.#disposed) this.#spare ??= this.#spawn();
  }

  #spawn(): SandboxProcess {
    const sandbox = new SandboxProcess(this.#distDir, this.node, this.#reaper);
    sandbox.unref();
    return sandbox;
  }
}

export function createNodeGrader(options: NodeGraderOptions): NodeGrader {
  return new NodeGrader(options);
}

function verdictOn(
  { lesson }: GradeRequest,
  begun: number,
  tests: readonly TestVerdict[],
  error: GradeError | undefined,
): Verdict {
  return {
    version: 1,
    lesson,
    passed: error === undefined && tests.length > 0 && tests.every(({ status }) => status === "passed"),
    durationMs: Math.round(performance.now() - begun),
    tests,
    ...(error === undefined ? {} : { error }),
  };
}

/** Keeps the verdicts as they come, and tells of them. */
function collect(tests: TestVerdict[], listener: GradeListener): Parameters<typeof supervise>[2]["listen"] {
  return (message) => {
    if (message.type === "listed") {
      // Where it is done once more, all of it is.
      tests.splice(0);
      listener.listed?.(message.tests);
    }
    if (message.type === "progress") listener.progress?.(message.test, message.schedules);
    if (message.type === "tested") {
      tests.push(message.verdict);
      listener.tested?.(message.verdict);
    }
  };
}

function gradeJob(request: GradeRequest, modules: Pick<GradeJob, "spec" | "exercise">): GradeJob {
  return {
    kind: "grade",
    ...modules,
    budget: request.schedules ?? defaultSchedules,
    seed: request.seed ?? 1,
    ...(request.cases === undefined ? {} : { cases: request.cases }),
  };
}

/** The spec's test: for a case of the learner's own, the one that it is an order of. */
function testOf({ test, cases = [] }: ReplayRequest | StepRequest): string {
  return cases.find(({ id }) => ownCaseTest(id) === test)?.test ?? test;
}
