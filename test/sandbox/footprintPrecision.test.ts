/** Footprints see that what is written apart is apart, in the styles that people write. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { conflicts } from "../../src/world/search/footprint.ts";
import { Stage, decisionsOf, specOf } from "./watchedRuns.ts";

const stage = new Stage();

/** Tasks of three steps each; `work("a1")` is the first step of task a. Each body ends when all three tasks have. */
const apart: Readonly<Record<string, string>> = {
  "chains in slots, gathered by Promise.all": `const slots = [];
    await Promise.all(names.map(async (name, index) => { let text = ""; for (const step of steps) text += await work(name + step); slots[index] = text; }));
    return slots;`,
  "promise chains": `return Promise.all(names.map((name) => work(name + 1).then(() => work(name + 2)).then((last) => work(last[0] + 3)).then((text) => ({ text }))));`,
  "objects of a class with private fields": `class Job { #name; #done = 0; constructor(name) { this.#name = name; } get done() { return this.#done; }
      async run() { for (const step of steps) { await work(this.#name + step); this.#done++; } return this; } }
    const jobs = names.map((name) => new Job(name)); await Promise.all(jobs.map((job) => job.run())); return jobs.map(({ done }) => done);`,
  "try, catch, finally and helpers": `const state = names.map(() => ({ open: false, last: "" }));
    const withOpen = async (mine, body) => { mine.open = true; try { return await body(); } finally { mine.open = false; } };
    const safely = async (body) => { try { return await body(); } catch (error) { return String(error); } };
    return await Promise.allSettled(names.map((name, index) => withOpen(state[index], async () => {
      for (const step of steps) state[index].last = await safely(() => work(name + step)); return state[index].last; })));`,
  "deferreds and callbacks": `const done = names.map(() => Promise.withResolvers());
    names.forEach((name, index) => { const next = (step) => { if (step > 3) done[index].resolve(name); else work(name + step).then(() => next(step + 1), done[index].reject); }; next(1); });
    return Promise.all(done.map(({ promise }) => promise));`,
  "events in targets of their own": `return Promise.all(names.map((name) => new Promise((resolve) => {
      const target = new EventTarget(); let step = 0;
      target.addEventListener("next", async () => { if (++step > 3) { resolve(step); return; } await work(name + step); target.dispatchEvent(new Event("next")); });
      target.dispatchEvent(new Event("next")); })));`,
};

/** Tasks that meet in one thing. */
const shared: Readonly<Record<string, string>> = {
  "one list": `const seen = []; await Promise.all(names.map(async (name) => { for (const step of steps) seen.push(await work(name + step)); })); return seen;`,
  "one variable": `let last = ""; await Promise.all(names.map(async (name) => { for (const step of steps) last = await work(name + step); })); return last;`,
  "one Map in the order of arrival": `const seen = new Map(); await Promise.all(names.map(async (name) => { for (const step of steps) seen.set(await work(name + step), 1); })); return [...seen];`,
};

/** For each pair of events of different tasks that can both come next, whether they conflict. */
function conflictsBetweenTasks(run: string): readonly boolean[] {
  const exercise = `export async function run(work, names, steps) { ${run} }`;
  const body = `
    const work = (label) => t.work({ label, latency: [0, 100], answer: () => label });
    const call = t.call("run", () => run(work, ["a", "b", "c"], [1, 2, 3]));
    await t.sleep(500);`;
  const program = stage.load(exercise, specOf(body));
  const found: boolean[] = [];
  for (const start of [[], [1, 1, 1, 1], [2, 1, 0, 2, 1]]) {
    const { events } = program.watched("it", start);
    events.forEach(({ options }, index) => {
      const footprints = options.map((_, choice) => {
        const decisions = [...decisionsOf(events.slice(0, index)), ...(options.length > 1 ? [choice] : [])];
        return program.watched("it", decisions).footprints.events[index];
      });
      options.forEach((one, first) => {
        options.forEach((other, second) => {
          const isPair =
            first < second && /^[abc]\d/.test(one) && /^[abc]\d/.test(other) && one.slice(0, 1) !== other.slice(0, 1);
          if (isPair) found.push(conflicts(footprints[first], footprints[second]));
        });
      });
    });
  }
  assert.ok(found.length > 15, `only ${String(found.length)} pairs`);
  return found;
}

describe("tasks apart never conflict", () => {
  for (const [style, run] of Object.entries(apart)) {
    test(style, () => {
      const found = conflictsBetweenTasks(run);
      assert.equal(found.filter(Boolean).length, 0, `of ${String(found.length)} pairs`);
    });
  }
});

describe("tasks that meet always conflict", () => {
  for (const [style, run] of Object.entries(shared)) {
    test(style, () => {
      const found = conflictsBetweenTasks(run);
      assert.equal(found.filter((isConflict) => !isConflict).length, 0, `of ${String(found.length)} pairs`);
    });
  }
});
