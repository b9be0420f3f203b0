/** The playground's job in the real sandbox: known programs give known distributions, and what gets stuck is told. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type ChosenRun, type Distribution, type Scenario, defaultScenario } from "../../src/protocol/simulation.ts";
import type { GradeError } from "../../src/protocol/verdict.ts";
import { createGrader } from "./grading.ts";

const grader = createGrader();
grader.warm();
const simulator = grader.simulator("main.ts");
after(() => {
  simulator.dispose();
  grader.dispose();
});

interface Outcome {
  readonly played: readonly ChosenRun[];
  readonly sampled: readonly Distribution[];
  readonly error: GradeError | undefined;
}

/** Every endpoint answers after exactly 100 ms, and none fails, unless the test says otherwise. */
const plain: Scenario = {
  ...defaultScenario,
  endpoints: 4,
  latency: { minMs: 100, maxMs: 100 },
  failurePercent: 0,
  runs: 200,
};

async function simulate(program: string, change: Partial<Scenario> = {}, chosen = 0): Promise<Outcome> {
  const played: ChosenRun[] = [];
  const sampled: Distribution[] = [];
  const request = { program, scenario: { ...plain, ...change }, chosen, distribution: true };
  const error = await simulator.simulate(request, new AbortController().signal, {
    played: (run) => played.push(run),
    sampled: (distribution) => sampled.push(distribution),
  });
  return { played, sampled, error };
}

async function settled(
  program: string,
  change: Partial<Scenario> = {},
  chosen = 0,
): Promise<[ChosenRun, Distribution]> {
  const { played, sampled, error } = await simulate(program, change, chosen);
  assert.equal(error, undefined, JSON.stringify(error));
  const [run] = played;
  const all = sampled.at(-1);
  assert.ok(run && all);
  return [run, all];
}

const all = `export async function main({ urls }: Scenario) {
  return Promise.all(urls.map(async (url) => (await fetch(url)).text()));
}`;
const oneByOne = `export async function main({ urls }: Scenario) {
  const results: string[] = [];
  for (const url of urls) results.push(await (await fetch(url)).text());
  return { results };
}`;

test("fixed latencies give one time: all at once, and one after the other", async () => {
  const [run, together] = await settled(all);
  assert.deepEqual(together.settledAt, Array<number>(200).fill(100));
  assert.deepEqual(together.ends, { fulfilled: 200, rejected: 0, cancelled: 0, unsettled: 0 });
  assert.deepEqual(together.results, Array<number>(200).fill(4));
  assert.equal(together.inFlight.peak, 4);
  assert.deepEqual([run.run, run.at, run.end, run.results], [0, 100, "fulfilled", 4]);
  assert.ok(run.trace.some(({ type, kind, line }) => type === "start" && kind === "fetch" && line === 2));

  const [, apart] = await settled(oneByOne);
  assert.deepEqual(apart.settledAt, Array<number>(200).fill(400));
  assert.equal(apart.inFlight.peak, 1);
  assert.ok(apart.inFlight.median.slice(0, -1).every((count) => count === 1));
});

test("an endpoint that differs is as slow as it is said to be", async () => {
  const [, distribution] = await settled(all, { overrides: [{ endpoint: 2, minMs: 700, maxMs: 700 }] });
  assert.ok(distribution.settledAt.every((at) => at === 700));
});

test("runs differ, and are the same again for the same seed", async () => {
  const change = { latency: { minMs: 0, maxMs: 500 }, failurePercent: 20 };
  const [, once] = await settled(all, change);
  const [, again] = await settled(all, change);
  const [, other] = await settled(all, { ...change, seed: 2 });
  assert.deepEqual(again, once);
  assert.notDeepEqual(other.settledAt, once.settledAt);
  assert.ok(new Set(once.settledAt).size > 50);
  // Four requests of which one in five fails: main is rejected unless all four answer.
  const share = once.ends.rejected / once.runs;
  assert.ok(share > 0.45 && share < 0.75, `${String(share)} of the runs were rejected (seed 1)`);
  assert.equal(once.ends.fulfilled + once.ends.rejected, once.runs);
  const [rejection] = once.problems.filter(({ problem }) => "reason" in problem);
  assert.match(JSON.stringify(rejection?.problem), /fetch failed/);
});

test("any run can be chosen, and is the one of the distribution", async () => {
  const [run, distribution] = await settled(all, { latency: { minMs: 0, maxMs: 500 } }, 77);
  assert.equal(run.run, 77);
  assert.equal(run.at, distribution.settledAt[77]);
});

test("a deadline, a limit and a caller who gives up reach the program", async () => {
  const program = `export async function main({ signal, deadlineMs, limit }: Scenario) {
    console.log(deadlineMs, limit);
    await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
  }`;
  const [run, distribution] = await settled(program, { cancelAtMs: 130, deadlineMs: 250, limit: 7 });
  assert.deepEqual(run.output, ["250 7"]);
  assert.equal(run.end, "cancelled");
  assert.equal(distribution.ends.cancelled, 200);
  assert.ok(distribution.settledAt.every((at) => at === 130));
  assert.equal(distribution.problemRuns, 0);
});

test("what is left behind is counted, with its line", async () => {
  const program = `export async function main({ urls }: Scenario) {
  setTimeout(() => {}, 10_000);
  return [await (await fetch(urls[0])).text()];
}`;
  const [, distribution] = await settled(program);
  assert.equal(distribution.problemRuns, 200);
  const [counted] = distribution.problems;
  assert.ok(counted && "diagnosis" in counted.problem);
  assert.deepEqual(
    [counted.problem.diagnosis, counted.problem.line, counted.runs, counted.first],
    ["timer-still-armed", 2, 200, 0],
  );
});

test("a main that never settles is told as such", async () => {
  const [run, distribution] = await settled("export async function main() { await new Promise(() => {}); }");
  assert.equal(run.end, "unsettled");
  assert.equal(distribution.ends.unsettled, 200);
  assert.equal(run.problem?.diagnosis, "never-settles");
});

test("what main returns can be anything", async () => {
  for (const value of [
    "undefined",
    "null",
    "7",
    "new Proxy([], { get() { throw 1; } })",
    "{ get results() { throw 1; } }",
  ]) {
    const [run] = await settled(`export async function main() { return (${value}); }`, { runs: 100 });
    assert.equal(run.results, null, value);
  }
});

test("endless loops are stopped and named by their line, and the next program runs", async () => {
  for (const loop of ["for (;;);", "for (;;) await null;"]) {
    const { error } = await simulate(`export async function main() {\n  ${loop}\n}`);
    assert.deepEqual([error?.code, error?.source?.line], ["endless-loop", 2], loop);
  }
  const [run] = await settled(all);
  assert.equal(run.at, 100);
});

test("a loop in a late run is stopped too", async () => {
  const program = `export async function main() {\n  if (Math.random() > 0.98) for (;;);\n}`;
  const { error } = await simulate(program);
  assert.equal(error?.code, "endless-loop");
});

test("what cannot be run says why, at its place", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["export async function main( {", "syntax-error"],
    ["export const other = 1;", "missing-export"],
    ['import fs from "node:fs"; export async function main() {}', "import-not-allowed"],
    ["throw new Error('at once'); export async function main() {}", "threw-on-load"],
  ];
  for (const [program, code] of cases) assert.equal((await simulate(program)).error?.code, code, program);
});

test("a newer request ends the one before it, and an abort any", async () => {
  const first = simulate(all, { runs: 5000 });
  const second = simulate(all, { latency: { minMs: 50, maxMs: 50 } });
  assert.equal((await first).error?.code, "cancelled");
  assert.ok((await second).sampled.at(-1)?.settledAt.every((at) => at === 50));

  const controller = new AbortController();
  const request = { program: all, scenario: { ...plain, runs: 5000 }, chosen: 0, distribution: true };
  const error = await simulator.simulate(request, controller.signal, {
    played: () => {
      controller.abort();
    },
    sampled: () => undefined,
  });
  assert.equal(error?.code, "cancelled");
  const [run] = await settled(all);
  assert.equal(run.at, 100);
});
