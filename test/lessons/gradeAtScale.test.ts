// A folder of submissions: who gets what, and what happens to a run that is interrupted or cannot begin.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { SubmissionResult } from "../../src/core/verdict/gradedRun.ts";
import { interleave } from "./commandLine.ts";
import { lesson, signalInTheMiddle, SubmissionFolders } from "./submissionFolders.ts";

interface RunJson {
  readonly summary: { readonly submissions: number; readonly passed: number; readonly failed: number };
  readonly results: readonly SubmissionResult[];
}

const folders = new SubmissionFolders();
const at = (name: string) => join(folders.root, name);
const text = (name: string) => readFileSync(at(name), "utf8");
const grade = (...words: string[]) =>
  interleave(["grade", lesson, "--from", "people", "--pack", "pack", ...words], folders.root);

let whole = "";
before(async () => {
  await folders.makeLesson();
  folders.handInAll();
  const ran = await grade("--reporter", "json", "--output", "whole.json");
  assert.equal(ran.status, 1, ran.stderr);
  assert.equal(ran.stdout, "");
  whole = text("whole.json");
});
after(() => {
  folders.remove();
});

const results = (): ReadonlyMap<string, SubmissionResult> =>
  new Map((JSON.parse(whole) as RunJson).results.map((result) => [result.person, result]));

describe("grade --from", () => {
  it("gives each person their own result", () => {
    const all = results();
    const told = [...all].map(([person, { passed, error, tests }]) => [
      person,
      error?.code ?? (passed ? "passed" : tests.find(({ failure }) => failure)?.failure?.diagnosis),
    ]);
    assert.deepEqual(Object.fromEntries(told), {
      "\u001b[31mred": "unreadable",
      "# 1..99": "passed",
      "-rf": "timer-still-armed",
      "Ada Lovelace": "passed",
      ben: "late-after-abort",
      "ben's twin": "late-after-abort",
      binary: "unreadable",
      cleo: "listener-left-on-signal",
      dora: "timer-still-armed",
      "eve <i>\"&']]>": "syntax-error",
      folder: "unreadable",
      early: "threw-on-load",
      large: "unreadable",
      "line\nfeed": "unreadable",
      "link to ben": "unreadable",
      linked: "unreadable",
      nothing: "missing",
      other: "missing",
      turned: "unreadable",
      张伟: "passed",
    });
    assert.equal(all.get("ben")?.file, "ben/tiny.ts");
    assert.equal(all.get("cleo")?.file, "cleo/tiny/exercise.ts");
    assert.deepEqual(all.get("ben's twin")?.tests, all.get("ben")?.tests);
    assert.match(all.get("turned")?.error?.message ?? "", /U\+202E/);
    assert.match(all.get("large")?.error?.message ?? "", /larger than/);
  });

  it("tells no times unless asked, and no character that a terminal would obey", () => {
    assert.doesNotMatch(whole, /durationMs/);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(whole, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("keeps its journal, so that only what has changed is graded again", async () => {
    const lines = () => text("whole.json.journal").trimEnd().split("\n");
    const before = lines();
    const keys = before.slice(1).map((line) => (JSON.parse(line) as { key: string }).key);
    assert.equal(new Set(keys).size, keys.length);
    folders.handIn("nothing", "exercise.ts", `${folders.own("solution.ts")}\n// late\n`);
    const ran = await grade("--reporter", "json", "--output", "whole.json", "--resume", "--timings");
    assert.match(ran.stderr, /graded 20 of 20, 4 passed, 19 known already\n$/);
    const changed = lines();
    assert.deepEqual(changed.slice(0, before.length), before);
    assert.equal(changed.length, before.length + 1);
    const timed = JSON.parse(text("whole.json")) as RunJson;
    assert.ok((timed.results.find(({ person }) => person === "nothing")?.durationMs ?? 0) > 0);
    writeFileSync(join(folders.people, "nothing", "exercise.ts"), "");
    await grade("--reporter", "json", "--output", "whole.json", "--resume");
    const empty = JSON.parse(text("whole.json")) as RunJson;
    assert.equal(empty.results.find(({ person }) => person === "nothing")?.error?.code, "empty-file");
    rmSync(join(folders.people, "nothing", "exercise.ts"));
    writeFileSync(at("whole.json"), whole);
  });

  it("writes the other reports from the same journal", async () => {
    for (const reporter of ["pretty", "junit", "tap"]) {
      writeFileSync(at(`whole.${reporter}.journal`), text("whole.json.journal"));
      const ran = await grade("--reporter", reporter, "--output", `whole.${reporter}`, "--resume");
      assert.equal(ran.status, 1);
      assert.match(ran.stderr, /20 known already\n$/);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(text(`whole.${reporter}`), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
    assert.match(text("whole.pretty"), /^✗ \\u\{1b\}\[31mred: the folder's name has characters that cannot be seen/m);
    assert.match(text("whole.pretty"), /^3 of 20 passed, 5 failed, 12 could not be graded$/m);
    assert.match(text("whole.junit"), /<testsuite name="eve &lt;i&gt;&quot;&amp;'\]\]&gt;\/exercise\.ts"/);
    assert.match(text("whole.tap"), /^ok 2 - \\# 1\.\.99\/exercise\.ts$/m);
    assert.match(text("whole.tap"), /^not ok 14 - line\\\\nfeed$/m);
  });
});

describe("a run of many", () => {
  it("keeps what was done where it is interrupted, and says how to go on", async () => {
    const words = ["--output", "interrupted.json", "--reporter", "json"];
    const { status, stderr } = await signalInTheMiddle(folders.root, "SIGINT", words);
    assert.equal(status, 130);
    assert.match(
      stderr,
      /^Stopped after \d+ of 20 submissions\. The same command with --resume goes on from there\.$/m,
    );
    assert.equal(existsSync(at("interrupted.json")), false);
    assert.ok(text("interrupted.json.journal").trimEnd().split("\n").length > 1);
  });

  it("takes several lessons from each person, and names what belongs to none", async () => {
    const class2 = new SubmissionFolders();
    try {
      await class2.makeLesson();
      await class2.makeLesson("second");
      class2.handIn("ada", "tiny.ts", class2.own("solution.ts"));
      class2.handIn("ada", "second/exercise.ts", class2.own("solution.ts", "second"));
      class2.handIn("ben", "second.ts", class2.own("solution.ts", "second"));
      class2.handIn("ben", "tny.ts");
      const run = (...words: string[]) =>
        interleave(["grade", "--from", "people", "--pack", "pack", ...words], class2.root);
      const passed = await run();
      assert.equal(passed.status, 0, passed.stderr);
      assert.match(passed.stderr, /^ben\/tny\.ts is not graded: no lesson has this name\. Should it be tiny\.ts\?$/m);
      assert.equal(
        passed.stdout,
        "✓ ada/second/exercise.ts · 2 tests\n✓ ada/tiny.ts · 2 tests\n✓ ben/second.ts · 2 tests\n\n" +
          "3 of 3 passed, 0 failed, 0 could not be graded\n",
      );
      class2.handIn("cleo", "thoughts.txt");
      writeFileSync(join(class2.pack, "second", "spec.ts"), 'import { test } from "interleave";\ntest("a" "b");\n');
      const broken = await run("--locale", "zh-cn");
      assert.equal(broken.status, 2);
      assert.match(broken.stdout, /^✓ ada\/tiny\.ts · 2 个测试$/m);
      assert.match(broken.stdout, /^✗ ada\/second\/exercise\.ts:2:\d+: 这节课有问题/m);
      assert.match(broken.stdout, /^✗ cleo: 这里没有以课程命名的文件/m);
      assert.match(broken.stdout, /^4 份中通过 1 份，未通过 0 份，无法评分 3 份$/m);
    } finally {
      class2.remove();
    }
  });

  it("takes a file by another name, and nobody suffers from another's endless loop", async () => {
    folders.handIn("../one/ada", "src/answer.ts", folders.own("solution.ts"));
    folders.handIn("../one/ben", "src/answer.ts", "export async function pause() {\n  for (;;);\n}\n");
    const words = ["grade", lesson, "--pack", "pack", "--from", "one", "--file", "src/answer.ts", "--reporter", "tap"];
    const { status, stdout } = await interleave(words, folders.root);
    assert.equal(status, 1);
    assert.match(stdout, /^not ok 2 - ben\/src\/answer\.ts\n {2}---\n {2}error: "endless-loop"$/m);
    assert.match(stdout, /^ok 1 - ada\/src\/answer\.ts$/m);
  });

  const impossible: readonly [what: string, words: readonly string[], message: RegExp][] = [
    ["a folder that is not there", [lesson, "--from", "nowhere"], /^nowhere cannot be read: there is no such file\.$/],
    ["nobody", [lesson, "--from", "pack/tiny/diagrams"], /^There is nobody in pack\/tiny\/diagrams: /],
    ["an unknown lesson", ["tinny", "--from", "people"], /There is no lesson “tinny”\. Did you mean “tiny”\?$/],
    ["a part of no whole", [lesson, "--from", "people", "--shard", "3/2"], /^--shard 3\/2 is not a part/],
    ["no jobs", [lesson, "--from", "people", "--jobs", "0"], /^--jobs 0 is not a positive/],
    ["nothing to resume", [lesson, "--from", "people", "--resume"], /^--resume needs --output FILE/],
    ["a file elsewhere", [lesson, "--from", "people", "--file", "../x.ts"], /^--file \.\.\/x\.ts is not a file in/],
    ["a file without lesson", ["--from", "people", "--file", "x.ts"], /^--file goes with a lesson/],
    [
      "no place for the report",
      [lesson, "--from", "people", "--output", "no/x.json"],
      /cannot be written: there is no/,
    ],
    ["a file and a folder", [lesson, "a.ts", "--from", "people"], /“a\.ts”/],
    ["shards of one file", [lesson, "a.ts", "--shard", "1/2"], /^--shard goes with --from DIR/],
  ];
  for (const [what, words, message] of impossible) {
    it(`cannot begin with ${what}`, async () => {
      const ran = await interleave(["grade", ...words, "--pack", "pack"], folders.root);
      assert.deepEqual([ran.status, ran.stdout], [2, ""]);
      assert.match(ran.stderr.trimEnd(), message);
    });
  }
});
