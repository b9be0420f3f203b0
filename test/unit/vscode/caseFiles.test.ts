import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { maxCases } from "../../../src/core/stepper/ownCases.ts";
import { BrokenCasesError, CaseFiles, TooManyCasesError } from "../../../src/vscode/exercise/caseFiles.ts";
import { nodeDisk, type ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";

const order = { name: "b first", test: "it", steps: [] };

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "interleave-cases-"));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

function filesIn(folder: string, disk: ProgressDisk = nodeDisk): CaseFiles {
  return new CaseFiles(disk, (lesson) => join(folder, lesson, "exercise.ts"));
}

test("orders are kept beside the exercise, renamed, deleted, and put back in their place", async (t) => {
  const files = filesIn(await folderOf(t));
  assert.deepEqual(await files.read("sleep"), []);
  // All at once: none gets lost.
  await Promise.all(["a", "b", "c"].map((name) => files.add("sleep", { ...order, name })));
  const names = async (): Promise<readonly string[]> => (await files.read("sleep")).map(({ id, name }) => id + name);
  assert.deepEqual(await names(), ["1a", "2b", "3c"]);
  await files.rename("sleep", "2", "乙");
  const putBack = await files.remove("sleep", "2");
  assert.deepEqual(await names(), ["1a", "3c"]);
  await putBack();
  await putBack();
  assert.deepEqual(await names(), ["1a", "2乙", "3c"]);
  assert.deepEqual(await files.read("retry"), [], "each exercise has its own");
});

test("a file that cannot be understood is not written over", async (t) => {
  const folder = await folderOf(t);
  const files = filesIn(folder);
  await files.add("sleep", order);
  await writeFile(files.pathOf("sleep"), '{\n "version": 1,\n oops');
  for (const change of [
    () => files.read("sleep"),
    () => files.add("sleep", order),
    () => files.rename("sleep", "1", "x"),
    () => files.remove("sleep", "1"),
  ]) {
    await assert.rejects(change, (error) => error instanceof BrokenCasesError && error.broken.line === 3);
  }
  assert.equal(await readFile(files.pathOf("sleep"), "utf8"), '{\n "version": 1,\n oops');
});

test("a write that fails leaves the old file whole, and the next one works", async (t) => {
  const folder = await folderOf(t);
  let full = false;
  const disk: ProgressDisk = {
    ...nodeDisk,
    rename: (from, to) => (full ? Promise.reject(new Error("ENOSPC")) : nodeDisk.rename(from, to)),
  };
  const files = filesIn(folder, disk);
  await files.add("sleep", order);
  full = true;
  await assert.rejects(files.add("sleep", order), /ENOSPC/);
  assert.equal((await files.read("sleep")).length, 1);
  full = false;
  await files.add("sleep", order);
  assert.equal((await files.read("sleep")).length, 2);
  assert.deepEqual(await readdir(join(folder, "sleep")), ["cases.json"], "no draft is left");
});

test("there is an end to how many may be kept", async (t) => {
  const folder = await folderOf(t);
  const files = filesIn(folder);
  await files.add("sleep", order);
  const cases = Array.from({ length: maxCases }, (_, at) => ({ id: String(at), ...order }));
  await writeFile(files.pathOf("sleep"), JSON.stringify({ version: 1, cases }));
  await assert.rejects(files.add("sleep", order), TooManyCasesError);
});
