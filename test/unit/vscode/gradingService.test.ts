import assert from "node:assert/strict";
import { test } from "node:test";
import type { GradeListener, GradeRequest, Grader } from "../../../src/protocol/grading.ts";
import type { GradeError, TestVerdict, Verdict } from "../../../src/protocol/verdict.ts";
import { GradingService } from "../../../src/vscode/grading/gradingService.ts";

const request = (exercise: string): GradeRequest => ({
  lesson: "sleep",
  spec: "",
  exercise,
  exerciseName: "exercise.ts",
  exports: ["sleep"],
});
const verdictOf = (passed: boolean, error?: GradeError): Verdict => ({
  version: 1,
  lesson: "sleep",
  passed,
  durationMs: 1,
  tests: [],
  ...(error === undefined ? {} : { error }),
});
const testVerdict: TestVerdict = {
  name: "waits",
  title: { en: "waits", "zh-cn": "等待" },
  status: "passed",
  schedules: { run: 1, total: 1, exhaustive: true, deviations: 0 },
  output: [],
};

/** A grader whose runs end when the test says so, or when they are cancelled. */
function fakeGrader() {
  const runs: {
    text: string;
    finish: (verdict: Verdict) => void;
    fail: (error: unknown) => void;
    listener: GradeListener;
  }[] = [];
  const grader: Grader = {
    grade(asked, signal, listener = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
      const cancelled = { code: "cancelled", message: { en: "Cancelled.", "zh-cn": "已取消。" } } as const;
      signal.addEventListener("abort", () => {
        resolve(verdictOf(false, cancelled));
      });
      runs.push({ text: asked.exercise, finish: resolve, fail: reject, listener });
      return promise;
    },
    step: () => Promise.reject(new Error("not asked")),
    replay: () => Promise.reject(new Error("not here")),
    warm: () => undefined,
    dispose: () => undefined,
  };
  return { grader, runs };
}

function setUp() {
  const { grader, runs } = fakeGrader();
  const problems: unknown[] = [];
  const service = new GradingService(grader, (error) => problems.push(error));
  const news: string[] = [];
  service.observe({
    started: ({ text }) => news.push(`started ${text}`),
    listed: (_, tests) => news.push(`listed ${String(tests.length)}`),
    tested: (_, { name }) => news.push(`tested ${name}`),
    ended: ({ text }, { passed, error }) => news.push(`ended ${text} ${error?.code ?? String(passed)}`),
  });
  return { service, runs, news, problems };
}

test("a run is told from start to verdict, and remembered", async () => {
  const { service, runs, news } = setUp();
  const session = service.start(request("one"), "save");
  assert.deepEqual(service.stateOf("sleep"), { kind: "running", done: 0, total: undefined });
  runs[0]?.listener.listed?.([{ name: "waits", title: testVerdict.title }]);
  runs[0]?.listener.tested?.(testVerdict);
  assert.deepEqual(service.stateOf("sleep"), { kind: "running", done: 1, total: 1 });
  runs[0]?.finish(verdictOf(true));
  assert.equal((await session.verdict).passed, true);
  assert.deepEqual(service.stateOf("sleep"), { kind: "graded", verdict: verdictOf(true), stale: false });
  assert.deepEqual(news, ["started one", "listed 1", "tested waits", "ended one true"]);
});

test("a newer save ends the older run; its verdict and late news change nothing", async () => {
  const { service, runs, news } = setUp();
  const older = service.start(request("one"), "save");
  const newer = service.start(request("two"), "save");
  assert.equal((await older.verdict).error?.code, "cancelled");
  runs[0]?.listener.tested?.(testVerdict);
  assert.deepEqual(service.stateOf("sleep"), { kind: "running", done: 0, total: undefined });
  assert.equal(service.running("sleep"), newer);
  runs[1]?.finish(verdictOf(false));
  await newer.verdict;
  assert.deepEqual(service.stateOf("sleep"), { kind: "graded", verdict: verdictOf(false), stale: false });
  assert.deepEqual(
    news.filter((each) => each.startsWith("ended")),
    ["ended one cancelled", "ended two false"],
  );
});

test("asking again for the text that is being graded joins that run", () => {
  const { service, runs } = setUp();
  assert.equal(service.start(request("one"), "save"), service.start(request("one"), "command"));
  assert.equal(runs.length, 1);
});

test("a cancelled run leaves what was known, marked stale if it is about another text", async () => {
  const { service, runs } = setUp();
  const first = service.start(request("one"), "save");
  runs[0]?.finish(verdictOf(false));
  await first.verdict;
  const second = service.start(request("two"), "save");
  const third = service.start(request("three"), "save");
  service.cancel("sleep");
  await Promise.all([second.verdict, third.verdict]);
  assert.deepEqual(service.stateOf("sleep"), { kind: "graded", verdict: verdictOf(false), stale: true });
  service.edited("sleep", "one");
  assert.deepEqual(service.stateOf("sleep"), { kind: "graded", verdict: verdictOf(false), stale: false });
  assert.equal(service.running("sleep"), undefined);
});

test("a first run that is cancelled leaves nothing", async () => {
  const { service } = setUp();
  const session = service.start(request("one"), "command");
  session.cancel();
  await session.verdict;
  assert.deepEqual(service.stateOf("sleep"), { kind: "none" });
});

test("an edit makes a verdict stale, undoing it makes it fresh", async () => {
  const { service, runs } = setUp();
  const session = service.start(request("one"), "save");
  runs[0]?.finish(verdictOf(true));
  await session.verdict;
  const stale = () => {
    const state = service.stateOf("sleep");
    return state.kind === "graded" && state.stale;
  };
  service.edited("sleep", "one more");
  assert.equal(stale(), true);
  service.edited("sleep", "one");
  assert.equal(stale(), false);
});

test("a grader that breaks gives a verdict all the same, and an observer that breaks harms nobody", async () => {
  const { service, runs, news, problems } = setUp();
  service.observe({
    started: () => {
      throw new Error("observer");
    },
  });
  const session = service.start(request("one"), "save");
  runs[0]?.fail(new Error("no process"));
  const verdict = await session.verdict;
  assert.equal(verdict.error?.code, "sandbox-crashed");
  assert.match(verdict.error.message.en, /no process/);
  assert.equal(news.at(-1), "ended one sandbox-crashed");
  assert.deepEqual(
    problems.map((problem) => (problem as Error).message),
    ["observer", "no process"],
  );
});
