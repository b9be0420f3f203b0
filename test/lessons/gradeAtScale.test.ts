// A folder of submissions: who gets what, in shards, with one of them killed, and put together again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, it } from "node:test";
import type { SubmissionResult } from "../../src/core/gradedRun.ts";
import { dist, interleave } from "./commandLine.ts";
import { lesson, SubmissionFolders } from "./submissionFolders.ts";

interface RunJson {
  readonly summary: { readonly submissions: number; readonly passed: number; readonly failed: number };
  readonly results: readonly SubmissionResult[];
}

const folders = new SubmissionFolders();
const at = (name: string) => join(folders.root, name);
const text = (name: string) => readFileSync(at(name), "utf8");
const grade = (...words: string[]) =>
  interleave(["grade", lesson, "--from", "people", "--pack", "pack", ...words], folders.root);
const merge = (...words: string[]) => interleave(["merge", ...words], folders.root);
/** The command that grades one shard, and its report's name. */
const shard = (index: number, of: number) => {
  const output = `shard-${String(index)}-of-${String(of)}.json`;
  return { output, words: ["--shard", `${String(index)}/${String(of)}`, "--reporter", "json", "--output", output] };
};

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
    assert.match(text("whole.tap"), /^not ok 13 - line\\\\nfeed$/m);
  });
});

/** Starts a run and sends it a signal as soon as it has told of some results. */
async function signalInTheMiddle(
  signal: NodeJS.Signals,
  words: readonly string[],
): Promise<{ readonly status: number | null; readonly signal: string | null; readonly stderr: string }> {
  const child = spawn(
    process.execPath,
    [join(dist, "cli.js"), "grade", lesson, "--from", "people", "--pack", "pack", ...words, "--jobs", "1"],
    { cwd: folders.root, stdio: ["ignore", "ignore", "pipe"] },
  );
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr === "") child.kill(signal);
    stderr += text;
  });
  return new Promise((resolve) => {
    child.once("close", (status, endedBy) => {
      resolve({ status, signal: endedBy, stderr });
    });
  });
}

describe("shards", () => {
  it(
    "come to what one run comes to, byte by byte, also where one was killed and went on",
    { timeout: 170_000 },
    async () => {
      const of = 3;
      for (const index of [1, 3]) await grade(...shard(index, of).words);
      const { output, words } = shard(2, of);
      assert.equal((await signalInTheMiddle("SIGKILL", words)).signal, "SIGKILL");
      assert.equal(existsSync(at(output)), false);
      const kept = text(`${output}.journal`).trimEnd().split("\n").length - 1;
      assert.ok(kept > 0, "it was killed before it had kept anything");
      const missing = await merge("shard-1-of-3.json", "shard-3-of-3.json");
      assert.deepEqual([missing.status, missing.stdout], [2, ""]);
      assert.equal(missing.stderr, "Of 3 shards, this one is missing: 2/3.\n");
      const resumed = await grade(...words, "--resume");
      assert.match(resumed.stderr, /[1-9]\d* known already\n$/);
      const merged = await merge(...[3, 1, 2].map((index) => shard(index, of).output), "--json");
      assert.deepEqual([merged.status, merged.stderr], [1, ""]);
      assert.equal(merged.stdout, whole);
      for (const reporter of ["pretty", "junit", "tap"]) {
        const files = [1, 2, 3].map((index) => shard(index, of).output);
        await merge(...files, "--reporter", reporter, "--output", `merged.${reporter}`);
        assert.equal(text(`merged.${reporter}`), text(`whole.${reporter}`));
      }
      assert.deepEqual(
        readdirSync(folders.root).filter((name) => name.startsWith(".")),
        [],
      );
    },
  );

  it("come to what one run comes to where there is only one", async () => {
    const merged = await merge("whole.json", "--reporter", "json");
    assert.deepEqual(merged, { status: 1, stdout: whole, stderr: "" });
  });

  for (const parts of [2, 16]) {
    it(
      `come to what one run comes to, byte by byte, also if there are ${String(parts)}`,
      { timeout: 170_000 },
      async () => {
        const all = Array.from({ length: parts }, (_, place) => shard(place + 1, parts));
        // Two at a time, one submission at a time in each: in an order that no other run has.
        const queue = [...all].reverse();
        const worker = async () => {
          for (let next = queue.pop(); next !== undefined; next = queue.shift())
            await grade(...next.words, "--jobs", "1");
        };
        await Promise.all([worker(), worker()]);
        const merged = await merge(...all.map(({ output }) => output), "--reporter", "json");
        assert.equal(merged.stderr, "");
        assert.equal(merged.stdout, whole);
      },
    );
  }

  it("are refused where they do not belong together, and it is said why", async () => {
    const [first, second] = [shard(1, 2).output, shard(2, 2).output];
    const other = shard(1, 3).output;
    writeFileSync(at("seed.json"), text(second).replace('"seed":1', '"seed":2'));
    writeFileSync(at("people.json"), text(second).replace(/"fingerprint":"../, '"fingerprint":"zz'));
    writeFileSync(at("cut.json"), text(second).split("\n").slice(0, -4).join("\n"));
    writeFileSync(at("fewer.json"), text(second).split("\n").toSpliced(7, 1).join("\n"));
    writeFileSync(at("better.json"), text(second).replace('"passed":false', '"passed":true'));
    writeFileSync(at("windows.json"), text(second).replaceAll("\n", "\r\n"));
    writeFileSync(at("verdict.json"), '{ "version": 1, "lesson": "tiny", "passed": true }');
    const refusals: readonly [files: readonly string[], message: RegExp][] = [
      [[first], /^Of 2 shards, this one is missing: 2\/2\.$/],
      [[first, first, second], /^Shard 1\/2 is there twice: shard-1-of-2\.json and shard-1-of-2\.json\.$/],
      [[first, other], /not of the same run: the numbers of shards differ \(2, 3\)\.$/],
      [[first, "seed.json"], /not of the same run: the seeds differ \(1, 2\)\.$/],
      [[first, "people.json"], /not of the same run: the lessons, the options or what people handed in differ/],
      [[first, "cut.json"], /^cut\.json: this is not a whole report any more\./],
      [[first, "fewer.json"], /^fewer\.json: its summary is not that of its results\./],
      [[first, "better.json"], /^better\.json: its summary is not that of its results\./],
      [[first, "verdict.json"], /^verdict\.json is not what .interleave grade --from/],
      [[first, "nowhere.json"], /^nowhere\.json cannot be read: there is no such file\.$/],
      [[], /^merge needs <file>\./],
    ];
    for (const [files, message] of refusals) {
      const ran = await merge(...files, "--output", "refused.json");
      assert.deepEqual([ran.status, ran.stdout], [2, ""], ran.stderr);
      assert.match(ran.stderr.trimEnd(), message);
    }
    assert.equal(existsSync(at("refused.json")), false);
    const windows = await merge(first, "windows.json", "--json");
    assert.equal(windows.stdout, whole);
  });
});

describe("a run of many", () => {
  it("keeps what was done where it is interrupted, and says how to go on", async () => {
    const words = ["--output", "interrupted.json", "--reporter", "json"];
    const { status, stderr } = await signalInTheMiddle("SIGINT", words);
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
