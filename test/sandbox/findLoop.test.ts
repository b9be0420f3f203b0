/** An exercise that gets stuck is run once more to tell the order that leads there; that order alone leads there again. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { FoundLoop } from "../../src/protocol/grading.ts";
import { createGrader, request } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});
const never = new AbortController().signal;

/** n independent pieces of work that may end in any order. */
const gather = (n: number): string => `
  const names = Array.from({ length: ${String(n)} }, (_, index) => "w" + index);
  const work = (name) => t.work({ label: name, latency: [1, 100], answer: () => name });
  await t.call("run", () => run(names, work), { signal: t.signal });`;

/** Gets stuck as soon as that is true of the names that have ended so far. */
const stuckWhen = (condition: string, loop = "for (;;);"): string => `export async function run(names, work) {
  const seen = [];
  await Promise.all(names.map(async (name) => {
    seen.push(await work(name));
    if (${condition}) { ${loop} }
  }));
}`;

interface Stuck {
  readonly body: string;
  readonly exercise: string;
  readonly schedules?: number;
}

const stuck: Readonly<Record<string, Stuck>> = {
  "in the natural order": { body: gather(3), exercise: stuckWhen("true") },
  "in one of a few orders": { body: gather(4), exercise: stuckWhen('seen.join() === "w3,w0"') },
  "through promises alone": { body: gather(4), exercise: stuckWhen('seen[0] === "w2"', "for (;;) await null;") },
  "in an order that only random priorities come to": {
    body: gather(8),
    exercise: stuckWhen("seen.length === 4 && seen.every((name) => Number(name[1]) > 3)"),
    schedules: 200,
  },
  "in a run that is watched": { body: gather(8), exercise: stuckWhen('seen[0] === "w6"'), schedules: 100 },
  "in the callback of a timer, in an order that only random priorities come to": {
    body: gather(7),
    exercise: `export async function run(names, work) {
      const seen = [];
      const fire = () => { while (seen.length === 3 && seen.every((name) => Number(name[1]) > 2)); };
      await Promise.all([
        new Promise((resolve) => setTimeout(() => { fire(); resolve(undefined); }, 50)),
        ...names.map(async (name) => { seen.push(await work(name)); }),
      ]);
    }`,
    schedules: 800,
  },
};

for (const [where, { body, exercise, schedules = 2000 }] of Object.entries(stuck)) {
  test(`an endless loop ${where}: the order found leads to it`, async () => {
    const asked = { ...request(body, exercise), schedules };
    const found = await grader.findLoop(asked, never);
    assert.equal(found.kind, "run", JSON.stringify(found));
    assert.deepEqual(found.test, { name: "it", title: { en: "it", "zh-cn": "它" } });
    const { error } = await grader.replay({ ...asked, test: "it", schedule: found.schedule }, never);
    assert.equal(error?.code, "endless-loop", found.schedule);
    if (where === "in the natural order") assert.equal(found.schedule, "i2-");
    else {
      const natural = await grader.replay({ ...asked, test: "it", schedule: "i2-" }, never);
      assert.equal(natural.error, undefined, "the natural order does not lead there");
    }
  });
}

const others: Readonly<Record<string, readonly [exercise: string, found: (found: FoundLoop) => boolean]>> = {
  "while it is being loaded": ["while (true); export async function run() {}", ({ kind }) => kind === "loading"],
  nowhere: ["export async function run() {}", ({ kind }) => kind === "none"],
  "nowhere, since it is no TypeScript": [
    "export async function run( {",
    (found) => found.kind === "none" && found.error?.code === "syntax-error",
  ],
};

for (const [where, [exercise, expected]] of Object.entries(others)) {
  test(`an exercise that gets stuck ${where}`, async () => {
    const found = await grader.findLoop(request('await t.call("run", () => run());', exercise), never);
    assert.ok(expected(found), JSON.stringify(found));
  });
}

test("looking for a loop can be cancelled", async () => {
  const cancelled = AbortSignal.abort();
  const found = await grader.findLoop(request(gather(3), stuckWhen("true")), cancelled);
  assert.equal(found.kind === "none" && found.error?.code, "cancelled");
});
