// Windows that record, merge and read at the same time, on one folder, in random orders of what they ask of the disk: with
// failures, with windows killed in the middle, with power cuts. The names of lessons tell which events were recorded.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProgressDisk } from "../../src/vscode/progress/progressDisk.ts";
import { ProgressStore } from "../../src/vscode/progress/progressStore.ts";
import { Random } from "../../src/base/random.ts";
import { hookedDisk, never } from "../unit/vscode/hookedDisk.ts";
import { MemoryDisk } from "../unit/vscode/memoryDisk.ts";

const seed = Number(process.env["TEST_SEED"] ?? 5);
const directory = "/progress";

/** Lets things happen one by one, in an order of its own. */
class Turns {
  readonly #random: Random;
  #waiting: { readonly window: number; readonly go: () => void }[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  wait(window: number): Promise<void> {
    return new Promise((go) => this.#waiting.push({ window, go }));
  }

  /** What the window asked for never happens. */
  kill(window: number): void {
    this.#waiting = this.#waiting.filter((each) => each.window !== window);
  }

  /** False when nobody waits. */
  async next(): Promise<boolean> {
    const [chosen] = this.#waiting.splice(this.#random.below(this.#waiting.length), 1);
    chosen?.go();
    // What follows from it has happened, up to the next thing that is asked of the disk.
    await new Promise(setImmediate);
    return chosen !== undefined;
  }
}

interface Story {
  /** Lessons whose events were said to be saved. */
  readonly saved: Set<string>;
  readonly recorded: Set<string>;
}

function open(disk: ProgressDisk): ProgressStore {
  return new ProgressStore({
    directory,
    disk,
    now: () => 1_000,
    onWriteError: () => undefined,
    onWriteRecovered: () => undefined,
    onReadError: () => undefined,
  });
}

/** Records a few events and merges whatever is there, its own living files too. */
async function live(store: ProgressStore, window: string, story: Story): Promise<void> {
  for (let count = 0; count < 3; count++) {
    const lesson = `${window}-${String(count)}`;
    story.recorded.add(lesson);
    store.record({ type: "graded", lesson, passed: true, diagnoses: [] });
    const merging = store.merge({ olderThan: 0, atLeast: 1 }).catch(() => 0);
    await store.flush();
    if (store.unsaved === 0) for (let one = 0; one <= count; one++) story.saved.add(`${window}-${String(one)}`);
    await merging;
  }
}

/** How many events that were said to be saved are missing; throws where one is there that nobody recorded. */
async function missing(disk: ProgressDisk, story: Story): Promise<readonly string[]> {
  const reader = open(disk);
  await reader.load();
  for (const lesson of reader.progress.lessons) assert.ok(story.recorded.has(lesson), lesson);
  return [...story.saved].filter((lesson) => reader.progress.lesson(lesson).status !== "passed");
}

interface Chances {
  /** One in so many things asked of the disk fails, or writes only a part. */
  readonly failure?: number;
  /** One in so many turns ends a window. */
  readonly kill?: number;
  /** One in so many turns ends them all, and what is not on the disk for certain. */
  readonly powerCut?: number;
}

/** Two generations of three windows each on one folder; resolves with what was lost. */
async function play(random: Random, chances: Chances, base: (disk: MemoryDisk) => ProgressDisk = (disk) => disk) {
  const memory = new MemoryDisk();
  const disk = base(memory);
  const story: Story = { saved: new Set(), recorded: new Set() };
  const strikes = (chance: number | undefined): boolean => chance !== undefined && random.below(chance) === 0;
  for (let generation = 0; generation < 2; generation++) {
    const turns = new Turns(random);
    const dead = new Set<number>();
    for (let window = 0; window < 3; window++) {
      const hooked = hookedDisk(disk, async (operation, _path, bytes) => {
        if (dead.has(window)) await never();
        await turns.wait(window);
        if (!strikes(chances.failure)) return undefined;
        if (operation === "write" && bytes > 1 && random.below(2) === 0) return 1 + random.below(bytes - 1);
        throw Object.assign(new Error("EIO"), { code: "EIO" });
      });
      void live(open(hooked), `${String(generation)}-${String(window)}`, story);
    }
    while (await turns.next()) {
      const cut = strikes(chances.powerCut);
      for (let window = 0; window < 3; window++) {
        if (!cut && !strikes(chances.kill)) continue;
        dead.add(window);
        turns.kill(window);
      }
      if (cut) memory.cutPower(random);
    }
  }
  return { lost: await missing(memory, story), saved: story.saved.size };
}

const situations: readonly (readonly [string, number, Chances])[] = [
  ["with nothing in the way", 20, {}],
  ["with failures of the disk", 80, { failure: 12 }],
  ["with windows killed", 150, { kill: 60 }],
  ["with power cuts", 200, { powerCut: 50 }],
  ["with all of it", 100, { failure: 40, kill: 150, powerCut: 150 }],
];

for (const [situation, rounds, chances] of situations) {
  test(`windows record and merge at once ${situation}: nothing saved is lost (TEST_SEED=${String(seed)})`, async () => {
    let saved = 0;
    for (let round = 0; round < rounds; round++) {
      const result = await play(new Random(seed + round), chances);
      assert.deepEqual(result.lost, [], `seed ${String(seed + round)}`);
      saved += result.saved;
    }
    // Each round records 18; killed windows record fewer.
    assert.ok(saved > rounds * 3, `${String(saved)} events were saved`);
  });
}

const lies: readonly (readonly [string, Chances, (disk: MemoryDisk) => Partial<ProgressDisk>])[] = [
  ["does not sync folders", { powerCut: 50 }, () => ({ syncFolder: () => Promise.resolve() })],
  [
    "does not sync files",
    { powerCut: 50 },
    (disk) => ({ create: async (path) => ({ ...(await disk.create(path)), sync: () => Promise.resolve() }) }),
  ],
  [
    "hides claims",
    {},
    (disk) => ({ facts: (path) => (path.endsWith(".claim") ? Promise.resolve(undefined) : disk.facts(path)) }),
  ],
];

for (const [lie, chances, of] of lies) {
  test(`a disk that ${lie} is found out, so the rounds above look closely enough (TEST_SEED=${String(seed)})`, async () => {
    let lost = 0;
    for (let round = 0; round < 200 && lost === 0; round++) {
      const lying = (disk: MemoryDisk): ProgressDisk => ({
        makeFolder: () => disk.makeFolder(),
        list: (folder) => disk.list(folder),
        facts: (path) => disk.facts(path),
        create: (path) => disk.create(path),
        reopen: (path) => disk.reopen(path),
        read: (path) => disk.read(path),
        rename: (from, to) => disk.rename(from, to),
        remove: (path) => disk.remove(path),
        syncFolder: (path) => disk.syncFolder(path),
        ...of(disk),
      });
      lost = (await play(new Random(seed + round), chances, lying)).lost.length;
    }
    assert.ok(lost > 0);
  });
}
