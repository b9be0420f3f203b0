// Rehearsals on disk: nothing that was done is lost, whatever fails, and one window at a time records one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../src/base/random.ts";
import type { RehearsalPlan } from "../../../src/core/assessment/rehearsal.ts";
import { heartbeatMs } from "../../../src/core/assessment/session.ts";
import { summaryOf } from "../../../src/core/assessment/verdictSummary.ts";
import type { Verdict } from "../../../src/protocol/verdict.ts";
import type { ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";
import { RehearsalStore } from "../../../src/vscode/rehearsal/rehearsalStore.ts";
import type { RehearsalWriter } from "../../../src/vscode/rehearsal/rehearsalWriter.ts";
import { type Before, hookedDisk } from "./hookedDisk.ts";
import { MemoryDisk } from "./memoryDisk.ts";

const directory = "/storage/rehearsals";
const plan: RehearsalPlan = {
  version: 1,
  id: "r-1",
  seed: 7,
  profile: "experienced",
  minutes: 40,
  items: [
    { id: "1", kind: "choose-design", skill: "pools", level: "advanced", seconds: 90, question: "q" },
    { id: "2", kind: "coding", skill: "fan-out", level: "intermediate", seconds: 660, lesson: "fan-out-with-timeout" },
  ],
};

interface Window {
  readonly store: RehearsalStore;
  readonly errors: unknown[];
  readonly clock: { now: number };
}

function openWindow(disk: ProgressDisk, clock = { now: 1_000_000 }): Window {
  const errors: unknown[] = [];
  const note = (error: unknown): void => void errors.push(error);
  const store = new RehearsalStore({
    directory,
    disk,
    now: () => clock.now++,
    onWriteError: note,
    onReadError: (_, error) => {
      note(error);
    },
  });
  return { store, errors, clock };
}

function taken(writer: RehearsalWriter | "elsewhere" | undefined): RehearsalWriter {
  assert.ok(writer !== undefined && writer !== "elsewhere");
  return writer;
}

test("what is recorded is what another window reads, the latest rehearsal first", async () => {
  const disk = new MemoryDisk();
  const { store, errors } = openWindow(disk);
  const writer = await store.start(plan);
  writer.record({ type: "answered", item: "1", choice: "c" });
  writer.write("2", "code", "export {};");
  writer.write("2", "code", "export { };");
  await writer.flush();
  assert.equal(writer.unsaved, 0);
  const later = await store.start({ ...plan, id: "r-2" });
  await later.flush();
  const other = openWindow(disk);
  const records = await other.store.list();
  assert.deepEqual(
    records.map((record) => record.plan.id),
    ["r-2", "r-1"],
  );
  assert.deepEqual(records[1], writer.session.record);
  assert.deepEqual(await other.store.read("r-1"), writer.session.record);
  assert.equal(await other.store.read("r-3"), undefined);
  assert.equal(await other.store.read("../r-1"), undefined);
  assert.deepEqual([...errors, ...other.errors], []);
});

test("while a write is under way, many keys in one text become one event", async () => {
  const disk = new MemoryDisk();
  const gate = Promise.withResolvers<undefined>();
  let writes = 0;
  const slow: Before = async (operation, path) => {
    if (operation === "sync" && path.endsWith("r-1.jsonl") && ++writes === 2) await gate.promise;
    return undefined;
  };
  const { store } = openWindow(hookedDisk(disk, slow));
  const writer = await store.start(plan);
  let text = "";
  writer.write("2", "explanation", (text += "a"));
  // Until that write waits for the disk.
  while (writes < 2) await Promise.resolve();
  for (let key = 0; key < 100; key++) writer.write("2", "explanation", (text += "b"));
  assert.equal(writer.unsaved, 1);
  gate.resolve(undefined);
  await writer.flush();
  assert.equal((await openWindow(disk).store.read("r-1"))?.items["2"]?.explanation, text);
});

test("what cannot be saved is said once, kept, and saved with the next answer", async () => {
  const disk = new MemoryDisk();
  let full = false;
  const before: Before = (operation, path, bytes) => {
    if (!full || !path.endsWith("r-1.jsonl") || operation !== "write") return Promise.resolve(undefined);
    // A part of it may be there before there is no room.
    if (bytes > 10) return Promise.resolve(7);
    return Promise.reject(new Error("no room"));
  };
  const torn: Before = async (operation, path, bytes) => {
    if (full && operation === "sync" && path.endsWith("r-1.jsonl")) throw new Error("no room");
    return before(operation, path, bytes);
  };
  const { store, errors } = openWindow(hookedDisk(disk, torn));
  const writer = await store.start(plan);
  writer.write("2", "code", "one");
  await writer.flush();
  full = true;
  writer.write("2", "code", "one two");
  await writer.flush();
  writer.record({ type: "answered", item: "1", choice: "a" });
  await writer.flush();
  assert.equal(errors.length, 1);
  assert.equal(writer.unsaved, 2);
  full = false;
  writer.write("2", "code", "one two three");
  await writer.flush();
  assert.equal(writer.unsaved, 0);
  const record = await openWindow(disk).store.read("r-1");
  assert.equal(record?.items["2"]?.code, "one two three");
  assert.equal(record.items["1"]?.choice, "a");
});

test("after a power cut at any moment all that was saved is there, and it goes on from there", async () => {
  for (let seed = 0; seed < 150; seed++) {
    const random = new Random(seed);
    const disk = new MemoryDisk();
    const first = openWindow(disk);
    const writer = await first.store.start(plan);
    let text = "";
    let saved = "";
    for (let key = random.below(12); key > 0; key--) {
      writer.write("2", "code", (text += String(random.below(10))));
      await writer.flush();
      saved = text;
    }
    // One more key, which the disk may not have.
    writer.write("2", "code", `${text}!`);
    for (let turn = random.below(12); turn > 0; turn--) await Promise.resolve();
    disk.cutPower(random);
    const second = openWindow(disk, { now: first.clock.now + 10 * heartbeatMs });
    const next = taken(await second.store.takeUp("r-1", { fromOthers: true }));
    const found = next.session.record.items["2"]?.code ?? "";
    assert.ok(found === saved || found === `${text}!`, `seed ${String(seed)}: ${found} instead of ${saved}`);
    next.record({ type: "resumed" });
    next.write("2", "code", `${found}?`);
    await next.flush();
    const record = await openWindow(disk).store.read("r-1");
    assert.equal(record?.items["2"]?.code, `${found}?`, `seed ${String(seed)}`);
  }
});

test("one window at a time: another is told, may take it over, and then the first one stops", async () => {
  const disk = new MemoryDisk();
  const clock = { now: 1_000_000 };
  const [first, second] = [openWindow(disk, clock), openWindow(disk, clock)];
  const writer = await first.store.start(plan);
  assert.equal(await second.store.takeUp("r-1", { fromOthers: false }), "elsewhere");
  const next = taken(await second.store.takeUp("r-1", { fromOthers: true }));
  let told = 0;
  first.store.onDidChange(() => told++);
  await writer.beat();
  assert.equal(writer.taken, true);
  assert.ok(told > 0);
  writer.record({ type: "answered", item: "1", choice: "of the first" });
  await writer.flush();
  next.record({ type: "answered", item: "1", choice: "of the second" });
  await next.flush();
  assert.equal((await openWindow(disk).store.read("r-1"))?.items["1"]?.choice, "of the second");
});

test("a window that let go, or was not heard of for a while, holds nothing up", async () => {
  const disk = new MemoryDisk();
  const clock = { now: 1_000_000 };
  const first = openWindow(disk, clock);
  await first.store.start(plan);
  await first.store.close();
  const second = openWindow(disk, clock);
  taken(await second.store.takeUp("r-1", { fromOthers: false }));
  clock.now += 4 * heartbeatMs;
  taken(await openWindow(disk, clock).store.takeUp("r-1", { fromOthers: false }));
});

test("verdicts are kept without their traces; of a file that is none there are none", async () => {
  const disk = new MemoryDisk();
  const { store } = openWindow(disk);
  const verdict: Verdict = {
    ...{ version: 1, lesson: "fan-out-with-timeout", passed: false, durationMs: 12 },
    tests: [
      {
        ...{ name: "a", title: { en: "A", "zh-cn": "甲" }, status: "failed", output: [] },
        schedules: { run: 1, total: null, exhaustive: false, deviations: 0 },
        failure: {
          ...{ diagnosis: "wrong-result", message: { en: "m", "zh-cn": "m" }, schedule: "s", at: 3 },
          trace: { events: [] } as unknown as NonNullable<Verdict["tests"][number]["failure"]>["trace"],
        },
      },
    ],
  };
  const verdicts = { "2": summaryOf(verdict) };
  await store.saveVerdicts("r-1", verdicts);
  assert.deepEqual(await openWindow(disk).store.verdicts("r-1"), verdicts);
  assert.ok(!JSON.stringify(verdicts).includes("trace"));
  assert.deepEqual(await store.verdicts("r-2"), {});
  const file = await disk.create(`${directory}/r-3.verdicts.json`);
  await file.write(new TextEncoder().encode('{"version":1,"verdicts":{"2":{}}}'));
  assert.deepEqual(await store.verdicts("r-3"), {});
});
