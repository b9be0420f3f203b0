// Windows as processes of their own, killed at random moments while they record and merge on one folder.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ProgressStore } from "../../src/vscode/progress/progressStore.ts";
import { Random } from "../../src/base/random.ts";

const seed = Number(process.env["TEST_SEED"] ?? 17);
const rounds = 70;
const windows = 3;

interface Story {
  readonly recorded: Set<string>;
  readonly saved: Set<string>;
  readonly problems: string[];
  merges: number;
}

function hear(story: Story, line: string): void {
  const [what = "", lesson = ""] = line.split(" ");
  if (what === "recording") story.recorded.add(lesson);
  else if (what === "saved") story.saved.add(lesson);
  else if (what === "merged") story.merges++;
  else story.problems.push(line);
}

/** The window as one file: it starts several times as fast. */
async function bundle(folder: string): Promise<string> {
  const outfile = join(folder, "progressWindow.mjs");
  const entry = fileURLToPath(new URL("progressWindow.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "esm" });
  return outfile;
}

interface Life {
  /** What it has said at least before it is killed. */
  readonly lines: number;
  /** It has also merged files before. */
  readonly merged: boolean;
  /** Turns of this process's event loop after that. */
  readonly turns: number;
}

async function liveAndDie(program: string, args: readonly string[], life: Life, story: Story): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on("close", (_code, signal) => resolve(signal)));
  let said = 0;
  let merged = !life.merged;
  const enough = new Promise<void>((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      hear(story, line);
      merged ||= line.startsWith("merged ");
      if (++said >= life.lines && merged) resolve();
    });
  });
  await Promise.race([enough, ended]);
  for (let turn = 0; turn < life.turns; turn++) await new Promise(setImmediate);
  child.kill("SIGKILL");
  assert.equal(await ended, "SIGKILL", "it lived until it was killed");
}

async function read(directory: string): Promise<ReadonlySet<string>> {
  const store = new ProgressStore({
    directory,
    now: () => Date.now(),
    onWriteError: () => undefined,
    onWriteRecovered: () => undefined,
    onReadError: (path, error) => assert.fail(`${path}: ${String(error)}`),
  });
  await store.load();
  return new Set(store.progress.lessons.filter((lesson) => store.progress.lesson(lesson).attempts === 1));
}

test(`windows killed ${String(rounds * windows)} times lose nothing that was saved (TEST_SEED=${String(seed)})`, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "interleave-kills-"));
  t.after(() => rm(folder, { recursive: true }));
  const directory = join(folder, "progress");
  const program = await bundle(folder);
  const random = new Random(seed);
  const story: Story = { recorded: new Set(), saved: new Set(), problems: [], merges: 0 };
  for (let round = 0; round < rounds; round++) {
    await Promise.all(
      Array.from({ length: windows }, (_, window) => {
        const args = [directory, `${String(round)}-${String(window)}`, String(seed + round * windows + window)];
        // In every other round one merges to the end. In the others two merge and may be killed in the middle; each may
        // take the other's draft for one that a crash has left.
        const toTheEnd = round % 2 === 0;
        if (window < (toTheEnd ? 1 : 2)) args.push("merge");
        const life = { lines: 1 + random.below(30), merged: toTheEnd && window === 0, turns: random.below(60) };
        return liveAndDie(program, args, life, story);
      }),
    );
    const found = await read(directory);
    const where = `round ${String(round)}`;
    assert.deepEqual([...story.saved.difference(found)], [], `lost, ${where}`);
    assert.deepEqual([...found.difference(story.recorded)], [], `never recorded, ${where}`);
  }
  assert.deepEqual(story.problems, []);
  assert.ok(story.saved.size > rounds * windows, `${String(story.saved.size)} events were saved`);
  assert.ok(story.merges >= rounds / 2, `files were merged ${String(story.merges)} times`);
  t.diagnostic(
    `${String(rounds * windows)} kills, ${String(story.saved.size)} events saved, 0 lost; ${String(story.merges)} merges, ` +
      `${String((await readdir(directory)).length)} files left`,
  );
});
