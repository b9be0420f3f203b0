/** Carries out one job and tells of it as it goes. Runs in the sandbox process, outside the realm. */
import process from "node:process";
import type {
  CompiledModule,
  ExploreJob,
  FromSandboxMessage,
  GradeJob,
  Job,
  ListedTest,
  ReplayJob,
  StepJob,
} from "../protocol/sandboxMessages.ts";
import type { GradeError, SourcePosition } from "../protocol/verdict.ts";
import type { TraceEvent } from "../protocol/trace.ts";
import type { Words } from "../protocol/words.ts";
import { explained, type Explanation } from "../world/run/explanation.ts";
import { ScheduleError } from "../world/search/schedule.ts";
import type { MarkedModules } from "./kernel/kernel.ts";
import { Orders } from "./orders.ts";
import type { Realm } from "./realm.ts";
import { GradeFault, TestRunner, listedCase } from "./runTests.ts";
import { Simulator } from "./simulate.ts";

export type Tell = (message: FromSandboxMessage) => void;

/** Bytes of buffers, which lie outside the heap and so outside its limit; the parent also watches the process as a whole. */
const bufferLimit = 256 * 1024 * 1024;

interface KernelList {
  readonly tests?: readonly ListedTest[];
  readonly error?: {
    readonly part: "exercise" | "spec";
    readonly text: string;
    readonly explanation?: Explanation;
  } & Partial<SourcePosition>;
}

/**
 * Never rejects: whatever goes wrong is told as `failed`.
 * @param orders what else the playground wants of its program
 */
export async function runJob(job: Job, realm: Realm, tell: Tell, orders = new Orders()): Promise<void> {
  try {
    await carryOut(job, realm, tell, orders);
  } catch (error) {
    tell({ type: "failed", error: toGradeError(error) });
  }
}

async function carryOut(job: Job, realm: Realm, tell: Tell, orders: Orders): Promise<void> {
  const alive = async (test: string, schedules: number): Promise<void> => {
    if (process.memoryUsage().arrayBuffers > bufferLimit) throw new GradeFault(tooManyBuffers);
    tell({ type: "progress", test, schedules });
    await new Promise((resolve) => setImmediate(resolve));
  };
  if (job.kind === "script") {
    const { script } = job;
    realm.kernel.load(defined(script, realm), undefined, script.fileName, script.code);
    const { output, trace } = await new TestRunner({ realm, exerciseFile: script.fileName, alive }).script();
    tell({ type: "done", output, trace });
    return;
  }
  if (job.kind === "simulate") {
    loadProgram(job.program, realm);
    const simulator = new Simulator({ realm, orders, tell, alive: (runs) => alive("", runs) });
    return simulator.carryOut(job.order);
  }
  const { tests, watchable } = loadTests(job, realm);
  const runner = new TestRunner({ realm, exerciseFile: job.exercise.fileName, alive, watchable });
  if (job.kind === "replay") {
    await replay(job, tests, runner, tell);
    return;
  }
  if (job.kind === "step") {
    tell({ type: "done", ...(await runner.step(testOf(job, tests), job.choices, job.seed)) });
    return;
  }
  if (job.kind === "explore") {
    await explore(job, tests, runner, tell);
    return;
  }
  // A case of a test that the spec no longer has is not played; it stays where it is kept.
  const cases = (job.cases ?? []).filter(({ test }) => tests.some(({ name }) => name === test));
  tell({ type: "listed", tests: [...tests, ...cases.map(listedCase)] });
  for (const test of tests) tell({ type: "tested", verdict: await runner.grade(test, job.budget, job.seed) });
  for (const each of cases) tell({ type: "tested", verdict: await runner.gradeCase(each, job.seed) });
  tell({ type: "done" });
}

async function explore(job: ExploreJob, tests: readonly ListedTest[], runner: TestRunner, tell: Tell): Promise<void> {
  tell({ type: "listed", tests });
  for (const test of tests) {
    const { verdict, space } = await runner.explore(test, job.budget, job.seed);
    tell({ type: "tested", verdict });
    tell({ type: "explored", space });
  }
  tell({ type: "done" });
}

async function replay(job: ReplayJob, tests: readonly ListedTest[], runner: TestRunner, tell: Tell): Promise<void> {
  const { trace, ...verdict } = await runner.replay(testOf(job, tests), job.schedule, job.seed);
  tell({ type: "done", trace, verdict, output: verdict.output });
}

/** Plays the schedule of a job in one run, for a debugger; each event is told as it happens. Never rejects, as `runJob`. */
export async function runOnce(job: ReplayJob, title: Words, realm: Realm, tell: Tell): Promise<void> {
  const { fileName } = job.exercise;
  // Time that a person spends at a breakpoint is nobody's fault: nothing watches this run.
  const alive = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
  };
  try {
    realm.kernel.load(defined(job.exercise, realm), defined(job.spec, realm), fileName, job.exercise.code);
    realm.kernel.follow(follower(tell));
    const runner = new TestRunner({ realm, exerciseFile: fileName, alive });
    const { trace, ...verdict } = await runner.playOnce({ name: job.test, title }, job.schedule, job.seed);
    tell({ type: "done", trace, verdict, output: verdict.output });
  } catch (error) {
    tell({ type: "failed", error: toGradeError(error) });
  }
}

/** The one function of this process that the kernel of a realm holds. It has no prototype, so that nothing hangs on it. */
function follower(tell: Tell): (event: string) => void {
  const follow = (event: string): void => {
    tell({ type: "happened", event: JSON.parse(event) as TraceEvent });
  };
  return Object.setPrototypeOf(follow, null) as typeof follow;
}

/** @throws GradeFault where the spec has no such test */
function testOf({ test: wanted }: ReplayJob | StepJob, tests: readonly ListedTest[]): ListedTest {
  const test = tests.find(({ name }) => name === wanted);
  if (test !== undefined) return test;
  const names = tests.map(({ name }) => name).join(", ");
  throw new GradeFault({
    code: "broken-lesson",
    message: {
      en: `No test is called “${wanted}”. The tests are: ${names}.`,
      "zh-cn": `没有名为“${wanted}”的测试。现有的测试：${names}。`,
    },
  });
}

type TestJob = GradeJob | ExploreJob | ReplayJob | StepJob;

/** @throws GradeFault for a program that throws as soon as it is evaluated */
function loadProgram(program: CompiledModule, realm: Realm): void {
  realm.kernel.load(defined(program, realm), undefined, program.fileName, program.code);
  const { error } = JSON.parse(realm.kernel.list()) as KernelList;
  realm.drain();
  if (error !== undefined) throw new GradeFault(loadError(error));
}

interface LoadedTests {
  readonly tests: readonly ListedTest[];
  /** Loads the code with marks too, once, and says whether there is any. */
  readonly watchable: () => boolean;
}

function loadTests(job: TestJob, realm: Realm): LoadedTests {
  const { kernel } = realm;
  const { fileName, code } = job.exercise;
  const [exercise, spec] = [defined(job.exercise, realm), defined(job.spec, realm)];
  kernel.load(exercise, spec, fileName, code);
  const list = JSON.parse(kernel.list()) as KernelList;
  realm.drain();
  if (list.error !== undefined) throw new GradeFault(loadError(list.error));
  const tests = list.tests ?? [];
  if (tests.length === 0) throw new GradeFault(brokenLesson("spec.ts registers no test", "spec.ts 没有登记任何测试"));
  let watchable: boolean | undefined;
  return {
    tests,
    watchable: () => {
      watchable ??= loadMarked(job, realm, { exercise, spec });
      return watchable;
    },
  };
}

type ModuleFactory = ReturnType<Realm["define"]>;

/** @throws GradeFault for what only the engine finds wrong, e.g. a name that is declared twice. */
function defined(module: CompiledModule, realm: Realm): ModuleFactory {
  try {
    return realm.define(module);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { fileName } = module;
    const words = { en: `Syntax error: ${error.message}`, "zh-cn": `语法错误：${error.message}` };
    if (fileName === "spec.ts")
      throw new GradeFault(brokenLesson(`spec.ts: ${words.en}`, `spec.ts：${words["zh-cn"]}`));
    throw new GradeFault({ code: "syntax-error", message: words, ...lineOf(error, fileName) });
  }
}

/** The engine puts the place before all else of such an error's stack: "exercise.ts:3". */
function lineOf(error: SyntaxError, fileName: string): { readonly source?: SourcePosition } {
  const [place] = error.stack?.split("\n") ?? [];
  if (place?.startsWith(`${fileName}:`) !== true) return {};
  return { source: { line: Number.parseInt(place.slice(fileName.length + 1), 10), column: 1 } };
}

function loadMarked(job: TestJob, realm: Realm, plain: MarkedModules): boolean {
  const [exercise, spec] = [realm.defineMarked(job.exercise), realm.defineMarked(job.spec)];
  if (exercise === undefined || spec === undefined) return false;
  const { fileName, code } = job.exercise;
  realm.kernel.load(plain.exercise, plain.spec, fileName, code, { exercise, spec });
  return true;
}

const tooManyBuffers: GradeError = {
  code: "out-of-memory",
  message: {
    en: "The exercise holds more than 256 MB in buffers, so it was stopped.",
    "zh-cn": "练习的缓冲区占用了超过 256 MB 的内存，已被终止。",
  },
};

function loadError(error: NonNullable<KernelList["error"]>): GradeError {
  const { part, text, explanation, line, column } = error;
  const source = line === undefined ? {} : { source: { line, column: column ?? 1 } };
  if (part === "spec") return { ...brokenLesson(`spec.ts threw ${text}`, `spec.ts 抛出了 ${text}`), ...source };
  const message = {
    en: `The exercise threw ${text} while it was being loaded, before any test could call it.`,
    "zh-cn": `练习在加载时就抛出了 ${text}，还没有轮到测试来调用它。`,
  };
  return { code: "threw-on-load", message: explained(message, explanation), ...source };
}

function brokenLesson(en: string, zhCn: string): GradeError {
  return {
    code: "broken-lesson",
    message: { en: `This lesson is broken: ${en}.`, "zh-cn": `这节课有问题：${zhCn}。` },
  };
}

function toGradeError(error: unknown): GradeError {
  if (error instanceof GradeFault) return error.error;
  if (error instanceof ScheduleError) return { code: "schedule-unusable", message: error.words };
  // An error of the realm is never read here: it may be anything.
  const text = error instanceof Error ? error.message : "the realm threw something";
  return { code: "sandbox-crashed", message: { en: `The run broke off: ${text}.`, "zh-cn": `运行中断了：${text}。` } };
}
