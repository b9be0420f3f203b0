/**
 * Lets a sandbox that waits for its job practise: the engine compiles what it has seen run often, and a job of a thousand
 * schedules takes a third of the time in a realm that has run some. Runs in the sandbox process, outside the realm.
 */
import type { CompiledModule } from "../protocol/sandboxMessages.ts";
import { check } from "../world/search/check.ts";
import type { Realm } from "./realm.ts";
import { RealmPlayer } from "./realmPlayer.ts";

/** Schedules to practise with: after 500 a job still takes twice as long. It is idle time, some 400 ms of it. */
const budget = 2000;
/** Real ms after which it looks whether a job has come. */
const sliceMs = 4;

const exercise: CompiledModule = {
  fileName: "practice.js",
  exports: ["run"],
  code: `async function run(names, work, signal) {
    const seen = [];
    const own = new AbortController();
    const stop = () => own.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    const timer = setTimeout(() => own.abort(new DOMException("late", "TimeoutError")), 1000);
    try {
      await Promise.all(names.map(async (name) => {
        const response = await fetch(name, { signal: own.signal });
        seen.push(await response.text(), await work(name, own.signal));
      }));
      return seen;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    }
  }
  return { run };`,
};

const spec: CompiledModule = {
  fileName: "practice-spec.js",
  exports: [],
  code: `const { test } = __import("interleave");
  const { run } = __import("./exercise");
  test("practice", { title: { en: "", "zh-cn": "" }, cancel: "everywhere" }, async (t) => {
    const names = ["a", "b", "c"];
    for (const name of names) t.route(name, { latency: [1, 9], bodyLatency: [1, 9], body: name });
    const work = (name, signal) => t.work({ label: name, latency: [1, 9], signal, answer: () => name });
    const settled = await t.call("run", () => run(names, work, t.signal), { signal: t.signal });
    t.check(settled.status === "rejected" || settled.value.length === 6, "wrong-result", { en: "", "zh-cn": "" });
  });`,
};

class JobHasCome extends Error {}

/** @param wanted whether the realm is wanted for a job: then it stops within a few ms */
export async function warmUp(realm: Realm, wanted: () => boolean): Promise<void> {
  const pause = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (wanted()) throw new JobHasCome();
  };
  realm.kernel.load(realm.define(exercise), realm.define(spec), exercise.fileName, exercise.code);
  const player = new RealmPlayer({ realm, test: "practice", seed: 1, alive: pause, sliceMs });
  try {
    await check(player, { budget, seed: 1 });
    await player.report([]);
  } catch (error) {
    if (!(error instanceof JobHasCome)) throw error;
  }
}
