import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { KeptTexts } from "../../../src/vscode/exercise/keptTexts.ts";
import { nodeDisk, type ProgressDisk } from "../../../src/vscode/progress/progressDisk.ts";
import { Random } from "../../../src/base/random.ts";
import { hookedDisk, never } from "./hookedDisk.ts";
import { MemoryDisk } from "./memoryDisk.ts";

function texts(disk: ProgressDisk, directory = "/kept"): KeptTexts {
  let now = 1_000;
  return new KeptTexts(disk, directory, () => now++);
}

test("the newest text comes back first, and those before it are still there", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "interleave-kept-"));
  t.after(() => rm(directory, { recursive: true }));
  const kept = texts(nodeDisk, join(directory, "kept"));
  assert.equal(await kept.has("sleep"), false);
  assert.equal(await kept.newest("sleep"), undefined);
  await kept.keep("sleep", "第一版\n");
  await kept.keep("sleep", "second\r\n");
  await kept.keep("sleep", "second\r\n");
  await kept.keep("retry", "");
  assert.equal((await kept.newest("retry"))?.text, "");
  const newest = (await kept.newest("sleep")) ?? assert.fail();
  assert.equal(newest.text, "second\r\n");
  await kept.remove(newest);
  const before = (await kept.newest("sleep")) ?? assert.fail();
  assert.equal(before.text, "第一版\n");
  await kept.remove(before);
  assert.equal(await kept.has("sleep"), false);
});

test("a text that was kept before texts had files of their own is found", async (t) => {
  const directory = await mkdtemp(join(tmpdir(), "interleave-kept-"));
  t.after(() => rm(directory, { recursive: true }));
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "sleep.ts"), "old");
  const kept = texts(nodeDisk, directory);
  assert.equal(await kept.has("sleep"), true);
  const old = (await kept.newest("sleep")) ?? assert.fail();
  assert.equal(old.text, "old");
  await kept.keep("sleep", "new");
  assert.equal((await kept.newest("sleep"))?.text, "new");
  await kept.remove(old);
  assert.equal((await kept.newest("sleep"))?.text, "new");
});

test("the power fails at any step of keeping a text: it is kept whole or not at all, and the one before still is", async () => {
  let steps = 0;
  for (let last = 0; last <= steps; last++) {
    const memory = new MemoryDisk();
    await texts(memory).keep("sleep", "the text before");
    let left = last;
    steps = 0;
    const { promise: off, resolve: cut } = Promise.withResolvers<"off">();
    const mortal = hookedDisk(memory, async (operation, _path, bytes) => {
      steps++;
      if (left-- > 0) return undefined;
      if (left === -1 && operation === "write") return bytes >> 1;
      cut("off");
      return never();
    });
    const end = await Promise.race([texts(mortal).keep("sleep", "the text after"), off]);
    memory.cutPower(new Random(last));
    const found = (await texts(memory).newest("sleep"))?.text;
    if (end === "off") assert.ok(found === "the text before" || found === "the text after", String(found));
    else assert.equal(found, "the text after");
  }
  assert.ok(steps > 6, "it was cut off at every one of its steps");
});

test("where there is no room, keeping fails, and what was kept before still is", async () => {
  const memory = new MemoryDisk();
  await texts(memory).keep("sleep", "the text before");
  const full = hookedDisk(memory, (operation) =>
    operation === "write" ? Promise.reject(new Error("full")) : Promise.resolve(undefined),
  );
  await assert.rejects(texts(full).keep("sleep", "the text after"), /full/);
  assert.equal((await texts(memory).newest("sleep"))?.text, "the text before");
});

test("all that was kept is told, of that lesson alone", async () => {
  const memory = new MemoryDisk();
  for (const text of ["one", "two", "one"]) await texts(memory).keep("sleep", text);
  await texts(memory).keep("pool", "another lesson's");
  assert.deepEqual([...(await texts(memory).all("sleep"))].sort(), ["one", "one", "two"]);
  assert.deepEqual(await texts(memory).all("retry"), []);
});
