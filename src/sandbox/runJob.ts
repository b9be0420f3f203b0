/** Carries out one job and tells of it as it goes. Runs in the sandbox process, outside the realm. */
import process from "node:process";
import type {
  CompiledModule,
  FromSandboxMessage,
  GradeJob,
  Job,
  ListedTest,
  ReplayJob,
} from "../protocol/sandboxMessages.ts";
import type { GradeError, SourcePosition } from "../protocol/verdict.ts";
import { ScheduleError } from "../world/search/schedule.ts";
import type { MarkedModules } from "./kernel/main.ts";
import { Orders } from "./orders.ts";
import type { Realm } from "./realm.ts";
import { Simulator } from "./simulate.ts";
import { GradeFault, TestRunner } from "./runTests.ts";

export type Tell = (message: FromSandboxMessage) => void;

/** Bytes of buffers, which lie outside the heap and so outside its limit; the parent also watches the process as a whole. */
const bufferLimit = 256 * 1024 * 1024;

interface KernelList {
  readonly tests?: readonly ListedTest[];
  readonly error?: { readonly part: "exercise" | "spec"; readonly text: string } & Partial<SourcePosition>;
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
    realm.kernel.load(defined(script, realm), undefined, script.fileName);
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
  tell({ type: "listed", tests });
  for (const test of tests) tell({ type: "tested", verdict: await runner.grade(test, job.budget, job.seed) });
  tell({ type: "done" });
}

async function replay(job: ReplayJob, tests: readonly ListedTest[], runner: TestRunner, tell: Tell): Promise<void> {
  const test = tests.find(({ name }) => name === job.test);
  if (test === undefined) {
    const names = tests.map(({ name }) => name).join(", ");
    throw new GradeFault({
      code: "broken-lesson",
      message: {
        en: `No test is called “${job.test}”. The tests are: ${names}.`,
        "zh-cn": `没有名为“${job.test}”的测试。现有的测试：${names}。`,
      },
    });
  }
  const { trace, ...verdict } = await runner.replay(test, job.schedule, job.seed);
  tell({ type: "done", trace, verdict, output: verdict.output });
}

/** @throws GradeFault for a program that throws as soon as it is evaluated */
function loadProgram(program: CompiledModule, realm: Realm): void {
  realm.kernel.load(defined(program, realm), undefined, program.fileName);
  const { error } = JSON.parse(realm.kernel.list()) as KernelList;
  realm.drain();
  if (error !== undefined) throw new GradeFault(loadError(error));
}

interface LoadedTests {
  readonly tests: readonly ListedTest[];
  /** Loads the code with marks too, once, and says whether there is any. */
  readonly watchable: () => boolean;
}

function loadTests(job: GradeJob | ReplayJob, realm: Realm): LoadedTests {
  const { kernel } = realm;
  const { fileName } = job.exercise;
  const [exercise, spec] = [defined(job.exercise, realm), defined(job.spec, realm)];
  kernel.load(exercise, spec, fileName);
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

function loadMarked(job: GradeJob | ReplayJob, realm: Realm, plain: MarkedModules): boolean {
  const [exercise, spec] = [realm.defineMarked(job.exercise), realm.defineMarked(job.spec)];
  if (exercise === undefined || spec === undefined) return false;
  realm.kernel.load(plain.exercise, plain.spec, job.exercise.fileName, { exercise, spec });
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
  const { part, text, line, column } = error;
  const source = line === undefined ? {} : { source: { line, column: column ?? 1 } };
  if (part === "spec") return { ...brokenLesson(`spec.ts threw ${text}`, `spec.ts 抛出了 ${text}`), ...source };
  return {
    code: "threw-on-load",
    message: {
      en: `The exercise threw ${text} while it was being loaded, before any test could call it.`,
      "zh-cn": `练习在加载时就抛出了 ${text}，还没有轮到测试来调用它。`,
    },
    ...source,
  };
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
