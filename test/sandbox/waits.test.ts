/** A run that gets stuck is told as who waits for what, since when, from which line. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createGrader, failureOf, grade, request } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

/** Two tasks that each want the other's lock: stuck only where both have their first before either asks for the second. */
const deadlock = [
  "function lock() {",
  "  let held = false;",
  "  const line = [];",
  "  return {",
  "    async acquire() {",
  "      if (held) await new Promise((resolve) => line.push(resolve));",
  "      held = true;",
  "    },",
  "    release() { held = false; line.shift()?.(); },",
  "  };",
  "}",
  "async function both(first, second, work) {",
  "  await first.acquire();",
  "  await work();",
  "  await second.acquire();",
  "  second.release();",
  "  first.release();",
  "}",
  "export async function run(work) {",
  "  const left = lock(), right = lock();",
  "  const one = both(left, right, work);",
  "  await work();",
  "  await Promise.all([one, both(right, left, work)]);",
  "}",
].join("\n");

const body = `const work = () => t.work({ label: "work", latency: [10, 30], answer: () => undefined });
  await t.call("run", () => run(work));`;

test("a deadlock names who waits for what, since when, from which line", async () => {
  const failure = failureOf(await grade(grader, { body, exercise: deadlock }));
  assert.equal(failure.diagnosis, "never-settles");
  assert.match(failure.message.en, /^run never settles: nothing is left that could move it\./);
  assert.match(failure.message.en, /Waiting: line 6 in acquire has waited since \d+ ms for a promise \(2 times\)/);
  assert.match(failure.message.en, /line 15 in both has waited since \d+ ms for a promise made at line 5 in acquire/);
  assert.match(failure.message["zh-cn"], /谁在等：第 6 行（acquire）从 \d+ 毫秒起一直在等/);
  assert.equal(failure.source?.line, 6);
  const replayed = await grader.replay(
    { ...request(body, deadlock), test: "it", schedule: failure.schedule },
    new AbortController().signal,
  );
  assert.deepEqual(replayed.verdict?.failure?.message, failure.message);
});

test("what waits for work that never answers says so, and what has settled is not named", async () => {
  const exercise = [
    "export async function run(work) {",
    "  await Promise.resolve(1);",
    "  await work();",
    "  await work();",
    "}",
  ].join("\n");
  const hangs = `const work = () => t.work({ label: "work", latency: 10, mayHang: true, answer: () => undefined });
    await t.call("run", () => run(work));`;
  const failure = failureOf(await grade(grader, { body: hangs, exercise }));
  assert.match(failure.message.en, /Waiting: line 3 in run has waited since 0 ms for a promise\.$/);
  assert.equal(failure.trace.find(({ type }) => type === "hold")?.line, 3);
});
