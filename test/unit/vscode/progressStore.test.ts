import assert from "node:assert/strict";
import {
  appendFile,
  mkdir,
  mkdtemp,
  open as openFile,
  readdir,
  readFile,
  rm,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { formatEvent, formatHeader } from "../../../src/core/progress/progressLines.ts";
import { nodeDisk, type AppendFile, type ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";
import { ProgressStore } from "../../../src/vscode/progress/progressStore.ts";
import { Random } from "../../../src/base/random.ts";
import { hookedDisk, type Operation } from "./hookedDisk.ts";
import { MemoryDisk } from "./memoryDisk.ts";

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

test("on a device that is full, what is recorded is kept, and follows once there is room", async (t) => {
  const directory = await folder(t);
  let full = true;
  const disk: ProgressDisk = {
    ...nodeDisk,
    create: async (path) => (full ? fullDevice(await nodeDisk.create(path)) : nodeDisk.create(path)),
    reopen: async (path) => (full ? fullDevice(await nodeDisk.reopen(path)) : nodeDisk.reopen(path)),
  };
  const told: Told = [];
  const store = open(directory, told, disk);
  for (const lesson of ["one", "two"]) {
    pass(store, lesson);
    await store.flush();
  }
  assert.deepEqual(told, ["unsaved"]);
  assert.equal(store.unsaved, 2);
  assert.deepEqual(await lessonsIn(directory), []);
  full = false;
  await store.load();
  assert.deepEqual(told, ["unsaved", "saved again"]);
  assert.deepEqual(await lessonsIn(directory), ["one", "two"]);
  assert.equal((await readdir(directory)).length, 1, "trying again leaves no other files behind");
  await store.close();
});

/** Linux's device that has no room for a single byte, in the place of a file. */
async function fullDevice(inPlaceOf: AppendFile): Promise<AppendFile> {
  await inPlaceOf.close();
  const file = await openFile("/dev/full", "a");
  return {
    write: async (bytes) => (await file.write(bytes)).bytesWritten,
    sync: () => file.datasync(),
    close: () => file.close(),
  };
}

test("a disk that is full after any number of bytes: the next try begins on a new line, and nothing is lost", async () => {
  const size = Buffer.byteLength(formatHeader()) + 100;
  for (let room = 0; room < size; room++) {
    const memory = new MemoryDisk();
    let left = room;
    const full = hookedDisk(memory, (operation, _path, bytes) => {
      if (operation !== "write") return Promise.resolve(undefined);
      if (left === 0) return Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
      const written = Math.min(left, bytes);
      left -= written;
      return Promise.resolve(written);
    });
    const store = open("/progress", [], full);
    pass(store, "one");
    await store.flush();
    pass(store, "two");
    await store.flush();
    left = Infinity;
    pass(store, "three");
    assert.equal(await store.close(), 0);
    const reader = open("/progress", [], memory);
    await reader.load();
    assert.deepEqual([...reader.progress.lessons].sort(), ["one", "three", "two"], `room for ${String(room)} bytes`);
    assert.deepEqual(await wholeLines(memory), ["one", "three", "two"], `room for ${String(room)} bytes`);
    for (const lesson of reader.progress.lessons) assert.equal(reader.progress.lesson(lesson).attempts, 1);
  }
});

/** Lessons of the lines that are JSON as they stand: without what reading makes of lines that were glued together. */
async function wholeLines(memory: MemoryDisk): Promise<readonly string[]> {
  const lessons = new Set<string>();
  for (const name of await memory.list("/progress")) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of memory.read(`/progress/${name}`)) chunks.push(chunk);
    for (const line of Buffer.concat(chunks).toString("utf8").split("\n")) {
      if (!line.endsWith("}")) continue;
      const { lesson } = JSON.parse(line) as { readonly lesson?: string };
      if (lesson !== undefined) lessons.add(lesson);
    }
  }
  return [...lessons].sort();
}

for (const operation of ["makeFolder", "create", "write", "sync", "syncFolder", "facts"] as const) {
  test(`an event whose ${operation} fails is not saved; it is with the next one`, async () => {
    const memory = new MemoryDisk();
    // As it is recorded, and as it is flushed.
    let failures = 2;
    const broken = hookedDisk(memory, (asked) =>
      asked === operation && failures-- > 0
        ? Promise.reject(Object.assign(new Error("broken"), { code: "EIO" }))
        : Promise.resolve(undefined),
    );
    const told: Told = [];
    const store = open("/progress", told, broken);
    pass(store, "one");
    await store.flush();
    assert.equal(store.unsaved, 1);
    pass(store, "two");
    await store.flush();
    assert.equal(store.unsaved, 0);
    assert.deepEqual(told, ["unsaved", "saved again"]);
    memory.cutPower(new Random(1));
    const reader = open("/progress", [], memory);
    await reader.load();
    assert.deepEqual([...reader.progress.lessons].sort(), ["one", "two"]);
  });
}

test("where the folder is deleted under a window, the window writes all of its own again", async (t) => {
  const directory = await folder(t);
  const store = open(directory);
  pass(store, "one");
  await store.flush();
  await rm(directory, { recursive: true });
  pass(store, "two");
  assert.equal(await store.close(), 0);
  assert.deepEqual(await lessonsIn(directory), ["one", "two"]);
});

test("somebody who is told and throws does not keep the store from saving", async (t) => {
  const blocked = join(await folder(t), "file");
  await writeFile(blocked, "");
  const store = new ProgressStore({
    directory: blocked,
    now: () => 1,
    onWriteError: () => assert.fail("the log is closed"),
    onWriteRecovered: () => undefined,
    onReadError: () => undefined,
  });
  pass(store, "one");
  await store.load();
  assert.equal(store.unsaved, 1);
  await rm(blocked);
  pass(store, "two");
  assert.equal(await store.close(), 0);
});

test("files as this version finds them: of no version, of a newer one, torn, damaged, and not ours", async (t) => {
  const directory = await folder(t);
  const line = (lesson: string): string =>
    formatEvent({ type: "graded", lesson, passed: true, diagnoses: [], id: `x-${lesson}`, at: 5 });
  const written: Record<string, string | Buffer> = {
    "old.jsonl": line("old"),
    "newer.jsonl": `{"format":"interleave-progress","version":9}\n{"type":"dreamt","of":["locks"]}\n${line("newer")}`,
    "windows.jsonl": `\ufeff${line("crlf-1")}${line("crlf-2")}`.replaceAll("\n", "\r\n"),
    "power.jsonl": Buffer.concat([Buffer.from(line("before")), Buffer.alloc(4096), Buffer.from(line("after"))]),
    "zeros.jsonl": Buffer.alloc(100_000),
    "bytes.jsonl": Buffer.concat([
      Buffer.from(line("good")),
      Buffer.from([0xff, 0xfe, 0xc0, 10]),
      badText(line("bad")),
    ]),
    "glued.jsonl": line("torn").slice(0, 30) + line("glued"),
    "long.jsonl": `${line("first")}${"{".repeat(50 << 20)}\n${line("last")}`,
    "many.jsonl": `${line("start")}${"{}\n".repeat(1_000_000)}${line("end")}`,
    "empty.jsonl": "",
    "notes.txt": line("not-ours"),
    "draft.draft": line("not-finished"),
  };
  for (const [name, content] of Object.entries(written)) await writeFile(join(directory, name), content);
  await mkdir(join(directory, "folder.jsonl"));
  const told: Told = [];
  assert.deepEqual(
    await lessonsIn(directory, told),
    ["after", "before", "crlf-1", "crlf-2", "end", "first", "glued", "good", "last", "newer", "old", "start"].sort(),
  );
  assert.deepEqual(told, ["unreadable"], "the folder that is named like a file");
  for (const [name, content] of Object.entries(written)) {
    assert.ok((await readFile(join(directory, name))).equals(Buffer.from(content)), `${name} is as it was`);
  }
});

/** The same line with a byte in its lesson that is no UTF-8. */
function badText(line: string): Buffer {
  const bytes = Buffer.from(line);
  bytes[bytes.indexOf("bad")] = 0xff;
  return bytes;
}

test("what has not changed is not read again, and what has is", async (t) => {
  const directory = await folder(t);
  const read: string[] = [];
  const disk = hookedDisk(nodeDisk, (operation, path) => {
    if (operation === "read") read.push(path);
    return Promise.resolve(undefined);
  });
  const [writer, other, reader] = [open(directory), open(directory), open(directory, [], disk)];
  for (const store of [writer, other]) {
    pass(store, "one");
    await store.flush();
  }
  await reader.load();
  const files = new Set(read);
  assert.equal(files.size, 2);
  read.length = 0;
  await reader.load();
  assert.deepEqual(read, []);
  pass(writer, "two");
  await writer.close();
  await other.close();
  await reader.load();
  assert.equal(new Set(read).size, 1);
  assert.equal(reader.progress.lesson("two").status, "passed");
});

test("a file that is there and cannot be read is said once, and read when it can be", async (t) => {
  const directory = await folder(t);
  const writer = open(directory);
  pass(writer, "one");
  await writer.close();
  let broken = true;
  const disk = hookedDisk(nodeDisk, (operation) =>
    operation === "read" && broken ? Promise.reject(new Error("broken")) : Promise.resolve(undefined),
  );
  const told: Told = [];
  const reader = open(directory, told, disk);
  await reader.load();
  await reader.load();
  assert.deepEqual(told, ["unreadable"]);
  assert.deepEqual(reader.progress.lessons, []);
  broken = false;
  await reader.load();
  assert.deepEqual(reader.progress.lessons, ["one"]);
});

test("a line torn by a crash costs that line only", async (t) => {
  const directory = await folder(t);
  const store = open(directory);
  pass(store, "sleep");
  await store.close();
  const [name = assert.fail()] = await readdir(directory);
  await appendFile(join(directory, name), '{"id":"torn","at":5,"less');
  assert.deepEqual(await lessonsIn(directory), ["sleep"]);
});
