import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ProgressStore } from "../../../src/vscode/progressStore.ts";

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "interleave-progress-"));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

function open(directory: string, errors: unknown[] = []): ProgressStore {
  let now = 1_000;
  return new ProgressStore({ directory, now: () => now++, onWriteError: (error) => errors.push(error) });
}

test("two windows write to files of their own, and each reads what both did", async (t) => {
  const directory = join(await folder(t), "progress");
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
});

test("a line torn by a crash costs that line only", async (t) => {
  const directory = await folder(t);
  const store = open(directory);
  store.record({ type: "graded", lesson: "sleep", passed: true, diagnoses: [] });
  await store.flush();
  const [name = assert.fail()] = await readdir(directory);
  await appendFile(join(directory, name), '{"id":"torn","at":5,"less');
  await writeFile(join(directory, "notes.txt"), "not ours");
  const again = open(directory);
  await again.load();
  assert.equal(again.progress.lesson("sleep").status, "passed");
});

test("where nothing can be written, that is said once and the window goes on", async (t) => {
  const blocked = join(await folder(t), "file");
  await writeFile(blocked, "in the way");
  const errors: unknown[] = [];
  const store = open(join(blocked, "progress"), errors);
  let changes = 0;
  store.onDidChange(() => changes++);
  store.record({ type: "opened", lesson: "sleep" });
  store.record({ type: "graded", lesson: "sleep", passed: true, diagnoses: [] });
  await store.flush();
  await store.load();
  assert.equal(errors.length, 1);
  assert.equal(store.progress.lesson("sleep").status, "passed");
  assert.equal(changes, 3);
});
