/** The world as a library, and the example in its documentation. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../../../scripts/lib/paths.mjs";
import { type Simulation, checkProgram, replayProgram } from "../../../src/world/checkProgram.ts";
import { NotDeterministicError } from "../../../src/world/search/check.ts";

const options = { drain: () => new Promise<void>((done) => setImmediate(done)) };
const words = (en: string): { readonly en: string; readonly "zh-cn": string } => ({ en, "zh-cn": en });

test("the example runs, finds the lost deposit and replays it", async () => {
  const file = join(root, "docs/examples/lostUpdate.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--no-warnings", file]);
  assert.match(stdout, /A deposit was lost\. Expected 15, got 5\./);
  assert.match(stdout, /schedule that shows it: i2-00\n/);
  assert.match(stdout, /Replayed, the trace is the same\.\n$/);
  const imports = [...(await readFile(file, "utf8")).matchAll(/from "([^"]+)"/g)].map(([, from]) => from);
  assert.deepEqual(imports, ["../../src/world/checkProgram.ts"]);
});

test("a program that keeps all rules passes under every order", async () => {
  const program = async (t: Simulation): Promise<void> => {
    const seen = await Promise.all(
      ["a", "b", "c"].map((label) => t.work({ label, latency: [1, 20], answer: () => label })),
    );
    t.equal(seen, ["a", "b", "c"], "order-lost", words("order"));
  };
  const { schedules, failure } = await checkProgram(program, options);
  assert.deepEqual(schedules, { run: 6, total: 6, exhaustive: true, deviations: 2 });
  assert.equal(failure, undefined);
});

test("the oracle watches timers and fetches of the simulation", async () => {
  const forgets = async (t: Simulation): Promise<void> => {
    t.route("https://a.example/", { latency: 5, body: "hello" });
    await t.call("get", async () => {
      t.setTimeout(() => undefined, 1000);
      return (await t.fetch("https://a.example/")).text();
    });
  };
  const { failure } = await checkProgram(forgets, options);
  assert.equal(failure?.finding.diagnosis, "timer-still-armed");
  assert.match(failure.finding.message.en, /^The timer \(setTimeout 1000 ms\) is still armed after get has settled/);
  const tolerant = await checkProgram(forgets, { ...options, oracle: { except: ["L1"] } });
  assert.equal(tolerant.failure, undefined);
});

test("an abort strikes everywhere, and the trace tells what caused what", async () => {
  const program = async (t: Simulation): Promise<void> => {
    const work = (): Promise<number> => t.work({ label: "w", latency: 5, signal: t.signal, answer: () => 1 });
    const settled = await t.call("run", work, { signal: t.signal });
    t.check(settled.status === "fulfilled", "abort-swallowed", words("aborted"));
  };
  const { failure } = await checkProgram(program, { ...options, cancel: "everywhere" });
  assert.ok(failure);
  const { trace, failure: again } = await replayProgram(program, failure.schedule, options);
  assert.equal(again, undefined, "without the strikes the same string means another run");
  assert.ok(trace.length > 0);
  const [start, cancel, abort, settle] = ["start", "cancel", "abort", "settle"].map((type) =>
    failure.trace.find((event) => event.type === type),
  );
  assert.deepEqual([abort?.cause, settle?.cause], [cancel?.seq, cancel?.seq]);
  assert.equal(start?.cause, undefined);
});

test("a program that depends on more than its world is told so", async () => {
  let runs = 0;
  const program = async (t: Simulation): Promise<void> => {
    await t.sleep(runs++);
  };
  await assert.rejects(checkProgram(program, options), NotDeterministicError);
});
