import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, open as openFile, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { formatEvent, formatHeader } from "../../../src/core/progressLines.ts";
import { nodeDisk, type AppendFile, type ProgressDisk } from "../../../src/vscode/progressDisk.ts";
import { ProgressStore } from "../../../src/vscode/progressStore.ts";
import { hookedDisk, type Operation } from "./hookedDisk.ts";

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "interleave-progress-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

/** What the store told, in order. */
type Told = ("unsaved" | "saved again" | "unreadable")[];

function open(directory: string, told: Told = [], disk: ProgressDisk = nodeDisk): ProgressStore {
  let now = 1_000;
  return new ProgressStore({
    directory,
    disk,
    now: () => now++,
    onWriteError: () => told.push("unsaved"),
    onWriteRecovered: () => told.push("saved again"),
    onReadError: () => told.push("unreadable"),
  });
}

function pass(store: ProgressStore, lesson: string): void {
  store.record({ type: "graded", lesson, passed: true, diagnoses: [] });
}

/** Lessons that a window that starts now knows of. */
async function lessonsIn(directory: string, told: Told = []): Promise<readonly string[]> {
  const store = open(directory, told);
  await store.load();
  return [...store.progress.lessons].sort();
}

test("two windows write to files of their own, and each reads what both did", async (t) => {
  const directory = join(await folder(t), "deep", "progress");
  const [one, two] = [open(directory), open(directory)];
  one.record({ type: "hint-shown", lesson: "sleep", hint: 1 });
  two.record({ type: "graded", lesson: "sleep", passed: true, diagnoses: [] });
  one.record({ type: "opened", lesson: "retry" });
  await Promise.all([one.flush(), two.flush()]);
  assert.equal((await readdir(directory)).length, 2);
  for (const store of [one, two, open(directory)]) {
    await store.load();
    assert.equal(store.progress.lesson("sleep").status, "passed");
    assert.equal(store.progress.lesson("sleep").hintsShown, 1);
    assert.equal(store.progress.lesson("retry").status, "in-progress");
  }
  assert.deepEqual([await one.close(), await two.close()], [0, 0]);
});

test("a window keeps one file open, writes an event at a time, and waits for the disk before it counts as saved", async (t) => {
  const asked: Operation[] = [];
  const disk = hookedDisk(nodeDisk, (operation) => Promise.resolve(void asked.push(operation)));
  const store = open(await folder(t), [], disk);
  pass(store, "one");
  assert.equal(store.unsaved, 1);
  await store.flush();
  assert.equal(store.unsaved, 0);
  pass(store, "two");
  await store.flush();
  await store.close();
  const first = ["makeFolder", "create", "write", "sync", "syncFolder", "facts", "facts"];
  assert.deepEqual(asked, [...first, "write", "sync", "facts", "facts", "close"]);
});

test("after it was closed, a store still saves what comes late", async (t) => {
  const directory = await folder(t);
  const store = open(directory);
  pass(store, "one");
  await store.close();
  pass(store, "late");
  assert.equal(await store.close(), 0);
  assert.deepEqual(await lessonsIn(directory), ["late", "one"]);
  assert.equal((await readdir(directory)).length, 1);
});

test("cut off at any byte, a file gives all events that end before it", async (t) => {
  const directory = await folder(t);
  const store = open(directory);
  for (const lesson of ["a", "b", "c"]) pass(store, lesson);
  await store.close();
  const [name = assert.fail()] = await readdir(directory);
  const whole = await readFile(join(directory, name));
  for (let length = whole.length; length >= 0; length--) {
    await truncate(join(directory, name), length);
    const lines = whole.subarray(0, length + 1).filter((byte) => byte === 10).length;
    const expected = ["a", "b", "c"].slice(0, Math.max(0, lines - 1));
    assert.deepEqual(await lessonsIn(directory), expected, `${String(length)} bytes`);
  }
});

test("where nothing can be written, that is said once, and all is saved once it can be", async (t) => {
  const parent = await folder(t);
  const blocked = join(parent, "file");
  await writeFile(blocked, "in the way");
  const told: Told = [];
  const store = open(join(blocked, "progress"), told);
  let changes = 0;
  store.onDidChange(() => changes++);
  store.record({ type: "opened", lesson: "sleep" });
  pass(store, "sleep");
  await store.flush();
  assert.equal(changes, 2);
  await store.load();
  assert.deepEqual(told, ["unsaved", "unreadable"]);
  assert.equal(store.unsaved, 2);
  assert.equal(store.progress.lesson("sleep").status, "passed", "it counts in this window");
  assert.equal(await store.close(), 2, "what is lost with the window is known");
  await rm(blocked);
  await store.load();
  assert.deepEqual(told, ["unsaved", "unreadable", "saved again"]);
  assert.equal(store.unsaved, 0);
  assert.deepEqual(await lessonsIn(join(blocked, "progress")), ["sleep"]);
  await rm(blocked, { recursive: true });
  await writeFile(blocked, "in the way again");
  pass(store, "retry");
  await store.flush();
  assert.equal(told.at(-1), "unsaved", "another outage is another story");
  await store.close();
});

test("a real full disk: what was written counts, the rest follows", async (t) => {
  const directory = await folder(t);
  let full = true;
  const disk: ProgressDisk = {
    ...nodeDisk,
    async create(path) {
      const file = await nodeDisk.create(path);
      return full ? { ...(await fullDevice(t)), close: () => file.close() } : file;
    },
  };
  const told: Told = [];
  const store = open(directory, told, disk);
  pass(store, "one");
  await store.flush();
  pass(store, "two");
  await store.flush();
  assert.deepEqual([store.unsaved, ...told], [2, "unsaved"], "the second went to the file itself, which has no room either?");
  full = false;
  await store.close();
});

/** Linux's device that has no room for a single byte. */
async function fullDevice(t: TestContext): Promise<AppendFile> {
  const file = await openFile("/dev/full", "a");
  t.after(() => file.close());
  return { write: async (bytes) => (await file.write(bytes)).bytesWritten, sync: () => file.datasync(), close: () => file.close() };
}
