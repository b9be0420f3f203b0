/** What a spec sees of the outside's work: each look shows it as it is at that moment, and stays so. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { assertPassed, createGrader, grade } from "./grading.ts";

const grader = createGrader();
after(() => {
  grader.dispose();
});

test("a look at the works stays as it was, and the next one tells what has changed since", async () => {
  const body = `
    const looks = [];
    const look = () => looks.push(t.works.map(({ label, state, endedAt }) => label + " " + state + " " + endedAt).join(", "));
    void t.work({ label: "long", latency: 50, answer: () => undefined });
    // In the very moment of its answer a piece of work is completed, until that answer turns out to be a failure.
    const short = t.work({ label: "short", latency: 10, answer: () => { look(); throw new Error("refused"); } });
    look();
    const before = t.works;
    await short.catch(look);
    await t.sleep(5);
    look();
    await t.sleep(50);
    look();
    t.equal(looks, [
      "long running undefined, short running undefined",
      "long running undefined, short completed 10",
      "long running undefined, short failed 10",
      "long running undefined, short failed 10",
      "long completed 50, short failed 10",
    ], "wrong-result", { en: "", "zh-cn": "" });
    t.equal(before.map(({ state }) => state), ["running", "running"], "wrong-result", { en: "", "zh-cn": "" });
    t.check(t.works.length === 2 && before.length === 2, "wrong-result", { en: "", "zh-cn": "" });`;
  const verdict = await grade(grader, { body, exercise: "export async function run() {}" });
  assertPassed(verdict);
  assert.equal(verdict.tests[0]?.schedules.run, 1);
});
