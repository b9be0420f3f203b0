/** The explorer on real programs in the real sandbox: what is counted, found, made small and replayed. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertPassed, createGrader, failureOf, grade, request } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

/** n independent pieces of work that may end in any order; the exercise gives the order in which they did. */
const gather = (n: number): string => `
  const names = Array.from({ length: ${String(n)} }, (_, index) => "w" + index);
  const work = (name) => t.work({ label: name, latency: [1, 100], signal: t.signal, answer: () => name });
  const call = await t.call("run", () => run(names, work), { signal: t.signal });
  const order = call.value.join(" ");`;

const collect = `export async function run(names, work) {
  const seen = [];
  await Promise.all(names.map(async (name) => { seen.push(await work(name)); }));
  return seen;
}`;

test("independent work: n pieces have n! orders, and all are run", async () => {
  for (const [n, orders] of [
    [1, 1],
    [3, 6],
    [4, 24],
    [6, 720],
  ] as const) {
    const verdict = await grade(grader, { body: gather(n), exercise: collect });
    assertPassed(verdict);
    assert.deepEqual(verdict.tests[0]?.schedules.run, orders);
    assert.equal(verdict.tests[0].schedules.total, orders);
    assert.equal(verdict.tests[0].schedules.exhaustive, true);
  }
});

test("beyond the budget it stops there and does not claim more", async () => {
  const verdict = await grade(grader, { body: gather(7), exercise: collect, schedules: 300 });
  assertPassed(verdict);
  const schedules = verdict.tests[0]?.schedules;
  assert.equal(schedules?.run, 300);
  assert.equal(schedules.total, null);
  assert.equal(schedules.exhaustive, false);
});

test("one bad order of 720 is found, made small, and replays to the identical trace", async () => {
  const body = `${gather(6)}
    t.check(order !== "w5 w4 w3 w2 w1 w0", "wrong-result", { en: "backwards", "zh-cn": "倒序" });`;
  const failure = failureOf(await grade(grader, { body, exercise: collect }));
  assert.equal(failure.diagnosis, "wrong-result");
  assert.ok(failure.schedule.length <= 40, failure.schedule);
  const signal = new AbortController().signal;
  const replay = { ...request(body, collect), test: "it", schedule: failure.schedule };
  const once = await grader.replay(replay, signal);
  const again = await grader.replay(replay, signal);
  assert.equal(once.error, undefined);
  assert.equal(once.verdict?.failure?.diagnosis, "wrong-result");
  assert.deepEqual(once.trace, failure.trace);
  assert.equal(JSON.stringify(again.trace), JSON.stringify(once.trace));
});

test("needless deviations are taken out of a failing schedule", async () => {
  const body = `${gather(5)}
    t.check(call.value.indexOf("w1") > call.value.indexOf("w0"), "order-lost", { en: "w1 before w0", "zh-cn": "w1 早于 w0" });`;
  const failure = failureOf(await grade(grader, { body, exercise: collect }));
  assert.equal(failure.schedule, "i2-00", "one deviation: w1 first");
});

test("an old, foreign or damaged schedule gets one clear sentence", async () => {
  const signal = new AbortController().signal;
  for (const [schedule, words] of [
    ["i1-01", /another version/],
    ["hello", /not a schedule/],
    ["i2-?", /damaged/],
  ] as const) {
    const { error } = await grader.replay({ ...request(gather(3), collect), test: "it", schedule }, signal);
    assert.match(error?.message.en ?? "", words);
  }
});

test("cancel everywhere strikes at every choice point, on both sides of a completion", async () => {
  const exercise = `export async function run(work) { await work("a"); await work("b"); return "done"; }`;
  const body = `
    const work = (name) => t.work({ label: name, latency: 10, signal: t.signal, answer: () => name });
    const settled = await t.call("run", () => run(work), { signal: t.signal });
    console.log(String(t.abortedAt), settled.status);
    t.check(!(t.abortedAt === 10 && t.works.length === 1), "wrong-result", { en: "struck right at the end of a", "zh-cn": "正好在 a 结束时" });`;
  const struck = failureOf(await grade(grader, { body, exercise, options: 'cancel: "everywhere"' }));
  assert.equal(struck.at, 10);
  const all = await grade(grader, {
    body: body.slice(0, body.indexOf("t.check")),
    exercise,
    options: 'cancel: "everywhere"',
  });
  assertPassed(all);
  // Never; at 0; just before a; with a; at 10 after a; just before b; with b.
  assert.equal(all.tests[0]?.schedules.run, 7);
});

test("a fault that may happen is a choice like any other", async () => {
  const exercise = `export async function run(work) { try { return await work(); } catch { return "failed"; } }`;
  const body = `
    const work = () => t.work({ label: "w", latency: 5, answer: () => "fine", mayFailWith: new Error("down") });
    const { value } = await t.call("run", () => run(work));
    t.check(value === "fine", "wrong-result", { en: "it failed", "zh-cn": "失败了" });`;
  const failure = failureOf(await grade(grader, { body, exercise }));
  assert.equal(failure.schedule, "i2-00");
});

test("a fault may also be that no answer comes, or a slow one", async () => {
  const exercise = `export async function run(work) {
    const limit = AbortSignal.timeout(50);
    try { return await work(limit); } catch (error) { return error.name; }
  }`;
  const body = (faults: string): string => `
    const work = (signal) => t.work({ label: "w", latency: 5, signal, answer: () => "fine", ${faults} });
    const { value, at } = await t.call("run", () => run(work));
    console.log(value, String(at));
    t.check(value === "fine", "deadline-missed", { en: "no answer", "zh-cn": "没有回答" });`;
  const hung = failureOf(await grade(grader, { body: body("mayHang: true"), exercise }));
  assert.deepEqual([hung.schedule, hung.at], ["i2-00", 50]);
  assert.deepEqual(
    hung.trace.filter(({ type }) => type === "hold").map(({ at, detail }) => [at, detail]),
    [[5, "never answers"]],
  );
  const slow = failureOf(await grade(grader, { body: body("maySlowBy: 60"), exercise }));
  assert.equal(slow.at, 50);
  const notSlowEnough = await grade(grader, { body: body("maySlowBy: 20"), exercise });
  assertPassed(notSlowEnough);
  assert.equal(notSlowEnough.tests[0]?.schedules.total, 2);
});

test("a schedule that was made for other code gets one clear sentence", async () => {
  const signal = new AbortController().signal;
  for (const schedule of ["i2-09", "i2-90"]) {
    const { error } = await grader.replay({ ...request(gather(3), collect), test: "it", schedule }, signal);
    assert.match(error?.message.en ?? "", /does not fit this code/, schedule);
    assert.match(error?.message["zh-cn"] ?? "", /调度/, schedule);
  }
});

test("what depends on more than its input is called not deterministic", async () => {
  // What is left to it is how deep the call stack is, which changes as the engine makes the code faster.
  const exercise = `let deepest = 0;
    function dig(depth: number, end: number): void { deepest = depth; if (depth < end) dig(depth + 1, end); }
    export async function run() {
      try { dig(0, Infinity) } catch {}
      const ms = deepest;
      for (let i = 0; i < 1e5; i++) dig(0, 20);
      await new Promise((r) => setTimeout(r, ms));
    }`;
  const verdict = await grade(grader, { body: 'await t.call("run", () => run());', exercise });
  assert.equal(verdict.error?.code, "not-deterministic");
});

test("each run begins with fresh modules", async () => {
  const exercise = `let calls = 0; export async function run() { return ++calls; }`;
  const body = `await t.work({ label: "w", latency: [1, 2], answer: () => 0 });
    const { value } = await t.call("run", () => run());
    t.equal(value, 1, "wrong-result", { en: "state was left over", "zh-cn": "残留了状态" });`;
  assertPassed(await grade(grader, { body, exercise }));
});
