/** One sandbox for several jobs: what came before leaves nothing behind, whatever it tried. */
import assert from "node:assert/strict";
import path from "node:path";
import process from "node:process";
import { after, before, describe, test } from "node:test";
import type { Verdict } from "../../src/protocol/verdict.ts";
import { type NodeGrader, createNodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { assertPassed, grade } from "./grading.ts";
import { ChildWatch } from "./hostile/childWatch.ts";
import { escapes } from "./hostile/escapes.ts";
import { fakes } from "./hostile/fakes.ts";
import { changesOfBuiltins, patches } from "./hostile/patches.ts";
import { usualBody } from "./hostile/program.ts";

const distDir = path.join(import.meta.dirname, "../../dist");
const jobsPerSandbox = 12;

/** Two requests, one of which may fail, a timer and a console: enough to notice a world that is not fresh. */
const right = `export async function run(signal: AbortSignal): Promise<string> {
  const texts = await Promise.allSettled(
    ["https://a.example/", "https://b.example/"].map(async (url) => (await fetch(url, { signal })).text()),
  );
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  console.log(texts.length, Object.keys(globalThis).length, Math.random());
  return "right";
}`;
const rightBody = `t.route("https://a.example/", { latency: [1, 9], body: "a", mayFail: true });
t.route("https://b.example/", { latency: [1, 9], body: "b" });
${usualBody}`;

describe("a shared sandbox", () => {
  let shared: NodeGrader;
  let fresh: Verdict;
  let watch: ChildWatch;
  let gradings = 0;

  const gradeRight = (grader: NodeGrader): Promise<Verdict> => grade(grader, { body: rightBody, exercise: right });
  const comparable = ({ tests }: Verdict): string => JSON.stringify(tests);

  before(async () => {
    const single = createNodeGrader({ distDir });
    fresh = await gradeRight(single);
    single.dispose();
    watch = new ChildWatch();
    shared = createNodeGrader({ distDir, jobsPerSandbox });
  });
  after(() => {
    shared.dispose();
    watch[Symbol.dispose]();
  });

  test("is what a right exercise passes in", () => {
    assertPassed(fresh);
  });

  for (const { name, exercise, body = usualBody, options = "" } of [
    ...patches,
    ...changesOfBuiltins,
    ...fakes,
    ...escapes,
  ]) {
    test(`is fresh after ${name}`, async () => {
      const verdict = await grade(shared, { body, exercise, options, schedules: 200 });
      assert.equal(verdict.passed, false);
      const after = await gradeRight(shared);
      assert.equal(after.error, undefined, JSON.stringify(after.error));
      assert.equal(comparable(after), comparable(fresh));
      gradings += 2;
    });
  }

  test("was shared", { skip: process.platform !== "linux" }, () => {
    watch.look();
    // One that did not end as it should is not used again.
    assert.ok(watch.sandboxes.size < gradings / 3, `${String(watch.sandboxes.size)} for ${String(gradings)}`);
    assert.deepEqual(watch.started, []);
  });
});
