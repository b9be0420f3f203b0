import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, describe, it } from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { CannotRun } from "../../../src/cli/cannotRun.ts";
import { gradeAll } from "../../../src/cli/scale/gradeAll.ts";
import { identify } from "../../../src/cli/scale/identity.ts";
import { Journal, type JournalEntry } from "../../../src/cli/scale/journal.ts";
import { meansMany } from "../../../src/cli/scale/manyArguments.ts";
import { inOrder } from "../../../src/cli/scale/mergeShards.ts";
import { parseShard, rangeOf } from "../../../src/cli/scale/shard.ts";
import type { ShardHead } from "../../../src/cli/scale/shardFile.ts";
import type { Submission } from "../../../src/cli/scale/submissions.ts";
import { parseLessonMeta } from "../../../src/core/lesson/lessonSchema.ts";
import type { GradeRequest } from "../../../src/protocol/grading.ts";
import type { Verdict } from "../../../src/protocol/verdict.ts";
import { root } from "../../../scripts/lib/paths.mjs";
import { failing } from "./verdictSamples.ts";

const folder = mkdtempSync(join(tmpdir(), "interleave-scale-"));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});
const refused = (message: RegExp) => (error: unknown) => error instanceof CannotRun && message.test(error.message);

describe("a shard", () => {
  it("is one of so many", () => {
    assert.deepEqual(parseShard("2/5"), { index: 2, of: 5 });
    assert.deepEqual(parseShard("1000/1000"), { index: 1000, of: 1000 });
    for (const wrong of ["", "2", "0/5", "6/5", "1/1001", "1/0", "-1/2", "1.5/2", "a/b", "1/2/3", " 1/2"]) {
      assert.throws(() => parseShard(wrong), refused(/is not a part of a whole/), wrong);
    }
  });

  it("holds as many items as the others, or one more, and each item is in one", () => {
    for (const items of [0, 1, 7, 16, 1000]) {
      for (const parts of [1, 2, 3, 16, 17]) {
        const ranges = Array.from({ length: parts }, (_, at) => rangeOf({ index: at + 1, of: parts }, items));
        assert.equal(ranges[0]?.start, 0);
        assert.equal(ranges.at(-1)?.end, items);
        for (const [at, { start, end }] of ranges.entries()) {
          assert.equal(start, at === 0 ? 0 : ranges[at - 1]?.end);
          assert.ok(end - start === Math.floor(items / parts) || end - start === Math.ceil(items / parts));
        }
      }
    }
  });
});

describe("the words of grade", () => {
  it("mean many submissions where they have --from, and are refused where they need it", () => {
    assert.equal(meansMany(["lesson", "--from", "people"]), true);
    assert.equal(meansMany(["--from=people"]), true);
    assert.equal(meansMany(["lesson", "file.ts", "--seed", "3"]), false);
    assert.equal(meansMany(["lesson", "--", "--from"]), false);
    for (const lone of ["--jobs=2", "--shard", "--resume", "--timings", "--output", "--file"]) {
      assert.throws(() => meansMany(["lesson", "file.ts", lone]), refused(/goes with --from DIR/));
    }
  });
});

const head = (index: number, of: number, more: Partial<ShardHead["run"]> = {}): ShardHead => {
  const { start, end } = rangeOf({ index, of }, 10);
  return {
    version: 1,
    run: {
      fingerprint: "f",
      product: "1.0.0+a",
      engine: "node 24",
      locale: "en",
      seed: 1,
      lessons: ["tiny"],
      submissions: 10,
      ...more,
    },
    shard: { index, of },
    summary: { submissions: end - start, passed: end - start, failed: 0, errors: 0 },
  };
};
const named = (...heads: ShardHead[]) =>
  heads.map((each, at) => ({ name: `${String.fromCharCode(97 + at)}.json`, head: each }));

describe("merging", () => {
  it("puts shards in their order", () => {
    const names = inOrder(named(head(3, 3), head(1, 3), head(2, 3))).map(({ name }) => name);
    assert.deepEqual(names, ["b.json", "c.json", "a.json"]);
  });

  const refusals: readonly [what: string, heads: readonly ShardHead[], message: RegExp][] = [
    ["nothing", [], /nothing to merge/],
    ["several missing", [head(2, 4)], /^Of 4 shards, these are missing: 1\/4, 3\/4, 4\/4\.$/],
    ["one twice", [head(1, 2), head(2, 2), head(2, 2)], /^Shard 2\/2 is there twice: b\.json and c\.json\.$/],
    [
      "another version",
      [head(1, 2), head(2, 2, { product: "1.0.1+b" })],
      /Interleave differ \(1\.0\.0\+a, 1\.0\.1\+b\)/,
    ],
    ["another Node", [head(1, 2), head(2, 2, { engine: "node 20" })], /Node differ \(node 24, node 20\)/],
    ["another language", [head(1, 2), head(2, 2, { locale: "zh-cn" })], /languages differ/],
    ["another budget", [head(1, 2), head(2, 2, { schedules: 9 })], /numbers of orders differ \(, 9\)/],
    ["other people", [head(1, 2), head(2, 2, { submissions: 11 })], /numbers of submissions differ \(10, 11\)/],
    [
      "another list",
      [head(1, 2), head(2, 2, { fingerprint: "g" })],
      /^a\.json and b\.json .* what people handed in differ/,
    ],
    [
      "too few results",
      [head(1, 2), { ...head(2, 2), summary: { submissions: 4, passed: 4, failed: 0, errors: 0 } }],
      /^b\.json has 4 results instead of 5\.$/,
    ],
  ];
  for (const [what, heads, message] of refusals) {
    it(`refuses ${what}`, () => {
      assert.throws(() => inOrder(named(...heads)), refused(message));
    });
  }
});

const entry = (key: string): JournalEntry => ({ key, durationMs: 7, result: { passed: true, tests: [] } });

describe("the journal", () => {
  it("finds each result again, also in the next run", async () => {
    const file = join(folder, "again.journal");
    const first = await Journal.open(file, false);
    await Promise.all([first.append(entry("a")), first.append(entry("b 张伟")), first.append(entry("c"))]);
    const kept = first.find("b 张伟") ?? assert.fail();
    assert.deepEqual(await first.read(kept), entry("b 张伟"));
    await first.close();
    const second = await Journal.open(file, true);
    assert.deepEqual([second.size, second.damaged], [3, 0]);
    await second.append(entry("d"));
    for (const key of ["a", "b 张伟", "c", "d"]) {
      assert.deepEqual(await second.read(second.find(key) ?? assert.fail(key)), entry(key));
    }
    await second.close();
  });

  it("outlives a line that a killed run left half written, and lines that say nothing", async () => {
    const file = join(folder, "half.journal");
    const first = await Journal.open(file, false);
    await first.append(entry("a"));
    await first.close();
    appendFileSync(file, '{"key":"x"}\nnonsense\n{"key":"b","durationMs":7,"resu');
    const second = await Journal.open(file, true);
    assert.deepEqual([second.size, second.damaged], [1, 3]);
    await second.append(entry("c"));
    await second.close();
    const third = await Journal.open(file, true);
    assert.deepEqual([third.size, third.damaged], [2, 3]);
    assert.deepEqual(await third.read(third.find("c") ?? assert.fail()), entry("c"));
    await third.close();
  });

  it("begins anew where it is not to go on, or was killed at its first line", async () => {
    const file = join(folder, "anew.journal");
    const first = await Journal.open(file, false);
    await first.append(entry("a"));
    await first.close();
    const second = await Journal.open(file, false);
    assert.equal(second.size, 0);
    await second.close();
    writeFileSync(file, '{"interl');
    const third = await Journal.open(file, true);
    await third.append(entry("b"));
    assert.deepEqual(await third.read(third.find("b") ?? assert.fail()), entry("b"));
    await third.close();
  });

  it("never writes over a file that is none, and notices when another writes into it", async () => {
    const file = join(folder, "mine.txt");
    writeFileSync(file, "my notes\n");
    for (const goOn of [true, false]) await assert.rejects(Journal.open(file, goOn), refused(/is in the way/));
    assert.equal(readFileSync(file, "utf8"), "my notes\n");
    await assert.rejects(Journal.open(join(folder, "no", "x"), false), refused(/cannot be written/));
    const shared = join(folder, "shared.journal");
    const journal = await Journal.open(shared, false);
    appendFileSync(shared, "from somebody else\n");
    const kept = await journal.append(entry("a"));
    await assert.rejects(journal.read(kept), refused(/was changed by somebody else/));
    await journal.close();
  });
});

/** People who each hand in a text of their own, graded by what is given. */
async function gradePeople(name: string, texts: readonly string[], grade: (request: GradeRequest) => Promise<Verdict>) {
  const directory = join(folder, name);
  const submissions = texts.map((text, index): Submission => {
    const person = `p${String(index).padStart(4, "0")}`;
    mkdirSync(join(directory, person), { recursive: true });
    writeFileSync(join(directory, person, "exercise.ts"), text);
    return { person, lesson: "context-tree", files: ["exercise.ts"] };
  });
  const meta = parseLessonMeta(readFileSync(join(root, "lessons/context-tree/lesson.json"), "utf8"), "lesson.json");
  if (!meta.ok) return assert.fail("the lesson cannot be read");
  const lessons = new Map([["context-tree", { meta: meta.value, spec: "" }]]);
  const options = { product: "1", engine: "node 24", locale: "en", seed: 1 } as const;
  const identity = identify(options, lessons, texts, false);
  const journal = await Journal.open(join(folder, `${name}.journal`), false);
  const { signal } = new AbortController();
  const grader = { grade, warm: () => undefined };
  const settled = await gradeAll({
    ...{ directory, submissions, lessons, identity, grader, journal, signal },
    jobs: 4,
    settled: () => undefined,
  });
  const results = await Promise.all(settled.map(async (each) => each && (await journal.read(each.kept)).result));
  await journal.close();
  return results;
}

describe("grading many", () => {
  it("grades what is the same once", async () => {
    let graded = 0;
    const results = await gradePeople("same", ["a", "b", "a", "a", "b"], (request) => {
      graded++;
      return Promise.resolve({ ...failing, passed: request.exercise === "a", tests: [] });
    });
    assert.equal(graded, 2);
    assert.deepEqual(
      results.map((result) => result?.passed),
      [true, false, true, true, false],
    );
  });

  it("lets nobody pay for the one who takes the grader down", async () => {
    // As when the compiler's thread ends: all that wait for it fail. The culprit does it each time.
    let running = 0;
    let down = false;
    const results = await gradePeople("down", ["a", "culprit", "b", "c"], async ({ exercise }) => {
      running++;
      const alone = running === 1;
      if (exercise === "culprit") down = true;
      await new Promise((resolve) => setImmediate(resolve));
      const failed = down;
      running--;
      if (running === 0) down = false;
      if (failed) throw new Error(`The compiler was stopped${alone ? "" : " by another"}.`);
      return { ...failing, passed: true, tests: [] };
    });
    assert.deepEqual(
      results.map((result) => result?.error?.code ?? result?.passed),
      [true, "sandbox-crashed", true, true],
    );
  });

  it("holds no more after 400 than after 100", async () => {
    v8.setFlagsFromString("--expose-gc");
    const collect = vm.runInNewContext("gc") as () => void;
    const heap = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const [first = assert.fail()] = failing.tests.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
    const held: number[] = [];
    let graded = 0;
    await gradePeople(
      "heap",
      Array.from({ length: 401 }, (_, index) => String(index)),
      ({ exercise }) => {
        if (++graded % 100 === 0) held.push(heap());
        // As large as a failing run's trace may be: 400 of them would be some 200 MB.
        const event = { seq: 0, at: 0, type: "call", kind: "call", operation: 1, label: "x" } as const;
        const trace = Array.from({ length: 5000 }, (_, seq) => ({
          ...event,
          seq,
          label: `${exercise} ${String(seq)}`,
        }));
        const tests = failing.tests.map((test) => ({ ...test, failure: { ...first, trace } }));
        return Promise.resolve({ ...failing, tests });
      },
    );
    const [after100 = assert.fail(), , , after400 = assert.fail()] = held;
    const grown = after400 - after100;
    assert.ok(grown < 10_000_000, `grown by ${String(grown)} bytes`);
  });
});
