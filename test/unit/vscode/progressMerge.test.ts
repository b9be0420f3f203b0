import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { formatEvent, formatHeader } from "../../../src/core/progress/progressLines.ts";
import { nodeDisk, type ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";
import { ProgressStore } from "../../../src/vscode/progress/progressStore.ts";
import { hookedDisk, never } from "./hookedDisk.ts";
import { MemoryDisk } from "./memoryDisk.ts";

const now = 1_800_000_000_000;
const day = 24 * 3_600_000;
const atOnce = { olderThan: 0, atLeast: 2 };

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "interleave-progress-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

function open(directory: string, disk: ProgressDisk = nodeDisk): ProgressStore {
  return new ProgressStore({
    directory,
    disk,
    now: () => now,
    onWriteError: (error) => assert.fail(String(error)),
    onWriteRecovered: () => undefined,
    onReadError: (path) => assert.fail(path),
  });
}

function pass(store: ProgressStore, lesson: string): void {
  store.record({ type: "graded", lesson, passed: true, diagnoses: [] });
}

async function ended(directory: string, disk: ProgressDisk, ...lessons: readonly string[]): Promise<void> {
  const store = open(directory, disk);
  for (const lesson of lessons) pass(store, lesson);
  assert.equal(await store.close(), 0);
}

async function lessonsIn(directory: string, disk = nodeDisk): Promise<readonly string[]> {
  const store = open(directory, disk);
  await store.load();
  for (const lesson of store.progress.lessons) assert.equal(store.progress.lesson(lesson).attempts, 1, lesson);
  return [...store.progress.lessons].sort();
}

test("files of windows that have ended long ago become one; younger ones, and few, stay", async (t) => {
  const directory = await folder(t);
  for (let window = 0; window < 16; window++) await ended(directory, nodeDisk, `old-${String(window)}`);
  const young = open(directory);
  pass(young, "young");
  await young.close();
  const names = await readdir(directory);
  const contents = await Promise.all(names.map((name) => readFile(join(directory, name), "utf8")));
  const old = names.filter((_, index) => contents[index]?.includes("old-"));
  const age = async (of: readonly string[], days: number): Promise<void> => {
    for (const name of of) await utimes(join(directory, name), (now - days * day) / 1000, (now - days * day) / 1000);
  };
  await age(names, 13);
  assert.equal(await open(directory).merge(), 0, "none is old enough");
  await age(old.slice(1), 14);
  assert.equal(await open(directory).merge(), 0, "fifteen are too few");
  await age(old, 15);
  assert.equal(await open(directory).merge(), 16);
  assert.equal((await readdir(directory)).length, 2);
  assert.equal((await lessonsIn(directory)).length, 17);
});

test("lines go over as they are: torn, unknown, damaged; each once", async (t) => {
  const directory = await folder(t);
  const known = formatEvent({ type: "opened", lesson: "sleep", id: "x-1", at: 5 });
  const unknown = '{"type":"dreamt","of":["locks"],"id":"z-1"}\n';
  const damaged = Buffer.from([0xff, 0, 0xfe, 13, 10]);
  const torn = known.slice(0, 30);
  await writeFile(join(directory, "a.jsonl"), Buffer.concat([Buffer.from(formatHeader() + known + unknown), damaged]));
  await writeFile(join(directory, "b.jsonl"), formatHeader() + known + torn);
  await writeFile(join(directory, "c.jsonl"), "");
  assert.equal(await open(directory).merge(atOnce), 2);
  const [name = assert.fail()] = (await readdir(directory)).filter((each) => each.startsWith("merged-"));
  const expected = Buffer.concat([Buffer.from(formatHeader() + known + unknown), damaged, Buffer.from(`${torn}\n`)]);
  assert.deepEqual(await readFile(join(directory, name)), expected);
});

test("files of no version and of a newer one are left alone", async (t) => {
  const directory = await folder(t);
  const line = formatEvent({ type: "opened", lesson: "sleep", id: "x-1", at: 5 });
  const newer = `{"format":"interleave-progress","version":2}\n${line}`;
  for (const [name, text] of Object.entries({ "a.jsonl": line, "b.jsonl": line, "c.jsonl": newer, "d.jsonl": newer })) {
    await writeFile(join(directory, name), text);
  }
  assert.equal(await open(directory).merge(atOnce), 0);
  assert.deepEqual((await readdir(directory)).sort(), ["a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl"]);
});

test("a window whose file was merged under it goes on in another, and nothing counts twice", async (t) => {
  const directory = await folder(t);
  const living = open(directory);
  pass(living, "before");
  await living.flush();
  await ended(directory, nodeDisk, "other");
  assert.equal(await open(directory).merge(atOnce), 2);
  assert.equal((await readdir(directory)).length, 1);
  pass(living, "after");
  assert.equal(await living.close(), 0);
  assert.deepEqual(await lessonsIn(directory), ["after", "before", "other"]);
});

test("a window that merges is killed after any step, while another one lives: nothing saved is lost", async () => {
  const directory = "/progress";
  let steps = 0;
  for (let last = 0; last <= steps; last++) {
    const memory = new MemoryDisk();
    await ended(directory, memory, "one", "two");
    await ended(directory, memory, "two-b", "three");
    const living = open(directory, memory);
    pass(living, "living");
    await living.flush();
    let left = last;
    steps = 0;
    const { promise: killed, resolve: kill } = Promise.withResolvers<number>();
    const mortal = hookedDisk(memory, async (operation, _path, bytes) => {
      steps++;
      if (left-- > 0) return undefined;
      if (left === -1 && operation === "write") return bytes >> 1;
      kill(0);
      return never();
    });
    await Promise.race([open(directory, mortal).merge(atOnce), killed]);
    pass(living, "later");
    assert.equal(await living.close(), 0);
    const expected = ["later", "living", "one", "three", "two", "two-b"];
    assert.deepEqual(await lessonsIn(directory, memory), expected, `killed after ${String(last)} steps`);
    await open(directory, memory).merge(atOnce);
    assert.deepEqual(await lessonsIn(directory, memory), expected, `merged after that, ${String(last)}`);
    assert.ok((await memory.list(directory)).length <= 2, "a crash leaves nothing for ever");
  }
  assert.ok(steps > 20, "it was killed at every one of its steps");
});

test("where the merged file cannot be written, all stays as it is", async (t) => {
  const directory = await folder(t);
  await ended(directory, nodeDisk, "one");
  await ended(directory, nodeDisk, "two");
  const before = (await readdir(directory)).sort();
  for (const failing of ["create", "write", "sync", "rename"] as const) {
    const disk = hookedDisk(nodeDisk, (operation, path) =>
      operation === failing && !path.endsWith(".claim")
        ? Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }))
        : Promise.resolve(undefined),
    );
    await assert.rejects(open(directory, disk).merge(atOnce), /full/);
    const left = (await readdir(directory)).filter((name) => name.endsWith(".jsonl")).sort();
    assert.deepEqual(left, before, failing);
    assert.deepEqual(await lessonsIn(directory), ["one", "two"]);
  }
  assert.equal(await open(directory).merge(atOnce), 2);
  assert.deepEqual(await lessonsIn(directory), ["one", "two"]);
});

test("a file that cannot be read to its end stays, and so does what only it holds", async (t) => {
  const directory = await folder(t);
  await ended(directory, nodeDisk, "one");
  await ended(directory, nodeDisk, "two");
  // The same line twice: in the file that fails and in one that does not.
  const [first = assert.fail(), second = assert.fail()] = (await readdir(directory)).sort();
  await appendFile(join(directory, second), await readFile(join(directory, first)));
  let reads = 0;
  const disk: ProgressDisk = {
    ...nodeDisk,
    async *read(path) {
      yield* nodeDisk.read(path);
      // The first time only its version is asked for.
      if (path.endsWith(first) && ++reads === 1) throw new Error("broken");
    },
  };
  assert.equal(await open(directory, disk).merge(atOnce), 1);
  assert.ok((await readdir(directory)).includes(first));
  await rm(join(directory, first));
  assert.deepEqual(await lessonsIn(directory), ["one", "two"]);
});
