// A window that does nothing but record, merge and read as fast as it can, until it is killed. A process of its own, run by
// progressKills.test.ts: `node progressWindow.js DIRECTORY NAME SEED [merge]`. Prints a line for each thing that has happened:
// "recording LESSON" before an event is recorded, "saved LESSON" once the store says that it is saved, "merged COUNT".
import { writeSync } from "node:fs";
import process from "node:process";
import { ProgressStore } from "../../src/vscode/progress/progressStore.ts";
import { Random } from "../../src/base/random.ts";

const [directory = "", name = "", seed = "0", merges] = process.argv.slice(2);
const random = new Random(Number(seed));
/** At once: a line that waits in this process would be killed with it. */
const say = (line: string): void => void writeSync(1, `${line}\n`);
const store = new ProgressStore({
  directory,
  now: () => Date.now(),
  onWriteError: (error) => say(`failed ${String(error)}`),
  onWriteRecovered: () => say("recovered"),
  onReadError: (path, error) => say(`failed ${path}: ${String(error)}`),
});

async function mergeForEver(): Promise<void> {
  for (;;) {
    // Another window may take the draft for one that a crash has left: then nothing is merged this time.
    const merged = await store.merge({ olderThan: 0, atLeast: 3 }).catch(() => 0);
    if (merged > 0) say(`merged ${String(merged)}`);
    await new Promise(setImmediate);
  }
}

async function recordForEver(): Promise<void> {
  let count = 0;
  for (;;) {
    const batch = Array.from({ length: 1 + random.below(3) }, () => `${name}-${String(count++)}`);
    for (const lesson of batch) {
      say(`recording ${lesson}`);
      store.record({ type: "graded", lesson, passed: true, diagnoses: [] });
    }
    await store.flush();
    if (store.unsaved === 0) for (const lesson of batch) say(`saved ${lesson}`);
    if (random.below(4) === 0) await store.load();
  }
}

await Promise.all([recordForEver(), ...(merges === "merge" ? [mergeForEver()] : [])]);
