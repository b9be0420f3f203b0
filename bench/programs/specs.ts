/** The specs that go with the programs, as text, since each is made for a number of tasks or for one order. */

function spec(body: string): string {
  return `import { test } from "interleave";\nimport { run } from "./exercise.ts";\n${body}\n`;
}

function words(text: string): string {
  return JSON.stringify({ en: text, "zh-cn": text });
}

/** @param does what the test does, with `call` for the settled call; `t`, `names` and `run` are in scope. */
function fanOutTest(name: string, tasks: number, call: string, does: string): string {
  return `test(${JSON.stringify(name)}, { title: ${words(name)} }, async (t) => {
  const names = ${JSON.stringify(taskNames(tasks))};
  const work = (name) => t.work({ label: name, latency: [1, 100], signal: t.signal, answer: () => name });
  const call = await t.call("run", () => ${call}, { signal: t.signal });
  ${does}
});`;
}

const allThere = `t.check(call.value.length === names.length, "wrong-result", ${words("a result is lost")});`;

export function taskNames(tasks: number): string[] {
  return Array.from({ length: tasks }, (_, index) => `w${String(index)}`);
}

/** One test: all orders in which so many tasks can end. */
export function fanOutSpec(tasks: number): string {
  return spec(fanOutTest("fan-out", tasks, "run(names, work)", allThere));
}

/** The same, and each run prints the order that it saw. */
export function printingSpec(tasks: number): string {
  return spec(fanOutTest("fan-out", tasks, "run(names, work)", "console.log(call.value.join());"));
}

export function plantedSpec(tasks: number, planted: string): string {
  return spec(fanOutTest("planted", tasks, `run(names, work, ${JSON.stringify(planted)})`, allThere));
}

/** A spec as a lesson has it: several tests, more than a thousand schedules in all. */
export function lessonSpec(): string {
  const order = `t.equal([...call.value].sort(), names, "wrong-result", ${words("a result is lost")});`;
  return spec(
    [
      fanOutTest("six-at-once", 6, "run(names, work)", allThere),
      fanOutTest("nothing-lost", 6, "run(names, work)", order),
      fanOutTest("five-at-once", 5, "run(names, work)", order),
      fanOutTest("one-alone", 1, "run(names, work)", allThere),
    ].join("\n"),
  );
}

/** One test, one schedule that matters: the natural order of so many events. */
export function timersSpec(events: number): string {
  const wokenAll = `t.check(call.value === ${String(events)}, "wrong-result", ${words("a sleeper is lost")});`;
  return spec(`test("timers", { title: ${words("timers")} }, async (t) => {
  const call = await t.call("run", () => run(${String(events)}));
  ${wokenAll}
});`);
}
