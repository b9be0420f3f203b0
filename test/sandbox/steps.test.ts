/** Choosing what happens next, and orders that are kept, in the real sandbox. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import {
  type OwnCase,
  type StepName,
  type StepOption,
  type StepResult,
  ownCaseTest,
} from "../../src/protocol/steps.ts";
import type { TestVerdict } from "../../src/protocol/verdict.ts";
import { Random } from "../../src/base/random.ts";
import { createGrader, request } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

const { signal } = new AbortController();
type Request = ReturnType<typeof request>;

function step(asked: Request, choices: readonly number[]): Promise<StepResult> {
  return grader.step({ ...asked, test: "it", choices }, signal);
}

/** Three fetches and a timer that gives up, where the caller may give up too; what it returns is the order of arrival. */
const body = `
  for (const name of ["a", "b", "c"])
    t.route("https://" + name + ".example/", { latency: [10, 90], fails: "maybe", body: "x" });
  const urls = ["https://a.example/", "https://b.example/", "https://a.example/"];
  const call = await t.call("run", () => run(urls, t.signal), { signal: t.signal });
  console.log(call.status, String(call.value));
  t.check(!String(call.value).startsWith("1"), "order-lost", { en: "the second answered first", "zh-cn": "第二个先返回了" });`;
const exercise = `export async function run(urls: string[], signal: AbortSignal): Promise<string> {
  const seen: number[] = [];
  const giveUp = setTimeout(() => {}, 95);
  await Promise.allSettled(urls.map(async (url, index) => {
    const response = await fetch(url, { signal });
    await response.text();
    seen.push(index);
  }));
  clearTimeout(giveUp);
  return seen.join("");
}`;
const asked = request(body, exercise, 'cancel: "everywhere"');

/** Chooses until the run has ended. */
async function play(
  from: Request,
  choose: (options: readonly StepOption[]) => number,
): Promise<{ readonly end: StepResult; readonly choices: readonly number[]; readonly steps: readonly StepName[] }> {
  const choices: number[] = [];
  const steps: StepName[] = [];
  for (;;) {
    const result = await step(from, choices);
    assert.equal(result.error, undefined, JSON.stringify(result.error));
    if (result.options === undefined) return { end: result, choices, steps };
    const choice = choose(result.options);
    choices.push(choice);
    const { what, kind, label, occurrence } = result.options[choice] ?? assert.fail();
    steps.push({ what, kind, label, occurrence });
  }
}

test("what may come next is told with its name, its line and its time; a fault and an abort are among it", async () => {
  const first = await step(asked, []);
  const options = first.options ?? assert.fail(JSON.stringify(first));
  assert.deepEqual(
    options.map(({ what, label, occurrence }) => `${what} ${label} ${String(occurrence)}`),
    [
      "complete fetch https://a.example/ 1",
      "complete fetch https://b.example/ 1",
      "complete fetch https://a.example/ 2",
      "fail fetch https://a.example/ 1",
      "fail fetch https://b.example/ 1",
      "fail fetch https://a.example/ 2",
      "cancel  1",
      "cancel-before fetch https://a.example/ 1",
      "cancel-within fetch https://a.example/ 1",
    ],
  );
  assert.deepEqual(options[1], {
    ...{ what: "complete", kind: "fetch", label: options[1]?.label, occurrence: 1 },
    ...{ operation: options[1]?.operation, line: 5, at: 10, natural: false },
  });
  assert.deepEqual(
    options.map(({ natural }) => natural),
    options.map((_, place) => place === 0),
  );
  assert.deepEqual(
    first.trace.map(({ type }) => type),
    ["call", "start", "start", "start", "start"],
  );
});

test("natural choices to the end give the natural run, byte for byte", async () => {
  const { end, choices } = await play(asked, () => 0);
  assert.ok(choices.length >= 3);
  assert.equal(end.schedule, "i2-");
  const natural = await grader.replay({ ...asked, test: "it", schedule: "i2-" }, signal);
  assert.equal(JSON.stringify(end.trace), JSON.stringify(natural.trace));
  assert.deepEqual(end.verdict, natural.verdict);
});

const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
console.error(`steps: SEED=${String(seed)}`);

test("however one walks, the schedule at the end replays the identical run", async () => {
  const random = new Random(seed);
  for (let walk = 0; walk < 4; walk++) {
    const { end } = await play(asked, (options) => random.below(options.length));
    const again = await grader.replay({ ...asked, test: "it", schedule: end.schedule }, signal);
    assert.equal(JSON.stringify(end.trace), JSON.stringify(again.trace), end.schedule);
    assert.deepEqual(end.verdict, again.verdict);
  }
});

test("undo is the same question with one choice less, whatever was asked in between", async () => {
  const before = await step(asked, [1]);
  await step(asked, [1, 0]);
  await step(asked, [1, 5]);
  assert.deepEqual(await step(asked, [1]), before);
});

test("each step only adds to what has happened, and the first choice was taken", async () => {
  const [none, one] = [await step(asked, []), await step(asked, [1])];
  assert.deepEqual(one.trace.slice(0, none.trace.length), none.trace);
  const next = one.trace[none.trace.length];
  assert.deepEqual([next?.type, next?.operation], ["complete", none.options?.[1]?.operation]);
});

test("choices that do not fit the code are refused in words", async () => {
  const { error } = await step(asked, [40]);
  assert.equal(error?.code, "schedule-unusable");
  assert.match(error.message.en, /does not fit this code/);
  const unknown = await grader.step({ ...asked, test: "nobody", choices: [] }, signal);
  assert.match(unknown.error?.message.en ?? "", /No test is called “nobody”/);
});

test("code that cannot run says why, and an endless loop ends the step", async () => {
  const broken = await step({ ...asked, exercise: "export const run = (" }, []);
  assert.equal(broken.error?.code, "syntax-error");
  const endless = await step({ ...asked, exercise: "export async function run() { for (;;); }" }, []);
  assert.equal(endless.error?.code, "endless-loop");
});

/** An order in which the second answers first, found by choosing. */
async function findBadOrder(): Promise<OwnCase> {
  let chosen = false;
  const { end, steps } = await play(asked, (options) => {
    const place = options.findIndex(({ what, label }) => what === "complete" && label.includes("b.example"));
    if (place >= 0) {
      chosen = true;
      return place;
    }
    return 0;
  });
  assert.ok(chosen);
  assert.equal(end.verdict?.failure?.diagnosis, "order-lost");
  return { id: "1", name: "b first", test: "it", steps };
}

async function gradeCase(own: OwnCase, changed: string): Promise<TestVerdict> {
  const verdict = await grader.grade({ ...asked, exercise: changed, cases: [own], schedules: 1 }, signal);
  assert.equal(verdict.error, undefined, JSON.stringify(verdict.error));
  assert.deepEqual(
    verdict.tests.map(({ name }) => name),
    ["it", ownCaseTest(own.id)],
  );
  return verdict.tests[1] ?? assert.fail();
}

test("a kept order fails on the code in which it was found, passes once that is right, and survives other changes", async () => {
  const own = await findBadOrder();
  const wrong = await gradeCase(own, exercise);
  assert.equal(wrong.failure?.diagnosis, "order-lost");
  assert.deepEqual(wrong.title, { en: "Your order: b first", "zh-cn": "你的顺序：b first" });
  assert.equal(wrong.schedules.run, 1);

  const right = exercise.replace('seen.join("")', 'seen.sort().join("")');
  assert.equal((await gradeCase(own, right)).status, "passed");

  // Another operation begins first, so that places in the list of options mean something else.
  const changed = exercise.replace(
    "const seen",
    'void fetch("https://c.example/").then((r) => r.text());\n  const seen',
  );
  const survived = await gradeCase(own, changed);
  assert.equal(survived.failure?.diagnosis, "order-lost");
  const replayed = await grader.replay(
    { ...asked, exercise: changed, cases: [own], test: survived.name, schedule: survived.failure.schedule },
    signal,
  );
  assert.deepEqual(replayed.trace, survived.failure.trace, "its schedule replays under the case's own name");
});

test("a kept order that no longer fits says how far it went, and one of a test that is gone is left out", async () => {
  const own = await findBadOrder();
  const alone =
    "export async function run(urls: string[]) { const r = await fetch(urls[0]); await r.text(); return '0'; }";
  const verdict = await gradeCase(own, alone);
  assert.equal(verdict.status, "passed");
  assert.match(verdict.title.en, /^Your order: b first \(\d of \d steps still fit\)$/);
  const gone = await grader.grade({ ...asked, cases: [{ ...own, test: "gone" }], schedules: 1 }, signal);
  assert.deepEqual(
    gone.tests.map(({ name }) => name),
    ["it"],
  );
});
