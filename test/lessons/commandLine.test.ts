// The command line's contract with people and scripts: exit statuses, what goes to stdout, and what bad input gets.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { after, before, describe, it } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { NodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { dist, interleave } from "./commandLine.ts";

const lesson = "fan-out-with-timeout";
const starter = `lessons/${lesson}/exercise.ts`;
const solution = `lessons/${lesson}/solution.ts`;

interface Graded {
  version: number;
  lesson: string;
  passed: boolean;
  durationMs: number;
  tests: { name: string; status: string; schedules: object; failure?: { diagnosis: string; schedule: string } }[];
  error?: { code: string; message: string };
}

const graded = (text: string): Graded => JSON.parse(text) as Graded;

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "interleave-cli-"));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** How many times longer than its own work a program takes here, because the machine has others to serve: 1 if none. */
function slowdown(): number {
  const [started, used] = [performance.now(), process.cpuUsage()];
  const cpuMs = () => process.cpuUsage(used).user / 1000;
  while (cpuMs() < 200);
  return (performance.now() - started) / cpuMs();
}

describe("interleave", () => {
  it("says what it can do, and its version", async () => {
    const help = await interleave(["--help"]);
    assert.equal(help.status, 0);
    assert.match(help.stdout, /interleave grade <lesson> <file>/);
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    assert.deepEqual(await interleave(["--version"]), { status: 0, stdout: `${manifest.version}\n`, stderr: "" });
    assert.equal((await interleave(["grade", "--help"])).status, 0);
  });

  for (const words of [[], ["gradd"], ["grade"], ["grade", lesson], ["grade", lesson, starter, "--sede", "1"]]) {
    it(`cannot run "${words.join(" ")}"`, async () => {
      const { status, stdout, stderr } = await interleave(words);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.notEqual(stderr, "");
    });
  }

  it("lists the lessons", async () => {
    const { status, stdout } = await interleave(["list", "--json"]);
    assert.equal(status, 0);
    const lessons = JSON.parse(stdout) as Record<string, unknown>[];
    const [first] = lessons;
    assert.deepEqual(Object.keys(first ?? {}), ["id", "track", "title", "level", "minutes", "locales"]);
    assert.deepEqual(first?.["locales"], ["en", "zh-cn"]);
    const chinese = await interleave(["list"], root, { LC_ALL: "zh_CN.UTF-8" });
    assert.match(chinese.stdout, /带超时的扇出/);
  });
});

describe("grade", () => {
  it("passes a solution", async () => {
    const { status, stdout, stderr } = await interleave(["grade", lesson, solution, "--json"]);
    assert.equal(status, 0);
    assert.equal(stderr, "");
    const verdict = graded(stdout);
    assert.deepEqual(Object.keys(verdict), ["version", "lesson", "passed", "durationMs", "tests"]);
    assert.equal(verdict.passed, true);
    for (const each of verdict.tests) {
      assert.deepEqual(Object.keys(each), ["name", "status", "schedules"]);
      assert.deepEqual(Object.keys(each.schedules), ["run", "total", "exhaustive"]);
    }
  });

  it("fails a starter, and replays each failure to the same end", async () => {
    const { status, stdout } = await interleave(["grade", lesson, starter, "--reporter", "json"]);
    assert.equal(status, 1);
    const failed = graded(stdout).tests.find((each) => each.failure !== undefined);
    assert.ok(failed?.failure);
    const { diagnosis, schedule } = failed.failure;
    const again = await interleave([
      "replay",
      lesson,
      starter,
      "--test",
      failed.name,
      "--schedule",
      schedule,
      "--json",
    ]);
    assert.equal(again.status, 1);
    const replayed = JSON.parse(again.stdout) as { failure: { diagnosis: string }; trace: object[] };
    assert.deepEqual(Object.keys(replayed), ["version", "lesson", "test", "schedule", "status", "failure", "trace"]);
    assert.equal(replayed.failure.diagnosis, diagnosis);
    assert.notEqual(replayed.trace.length, 0);
    const table = await interleave(["replay", lesson, starter, "--test", failed.name, "--schedule", schedule]);
    assert.match(table.stdout, /time +lane +what +line/);
  });

  const faulty: readonly [what: string, text: string, code: string, message: RegExp][] = [
    ["a syntax error", "export function fanOutFetch( {\n  return 1 1;\n}\n", "syntax-error", /:2:/],
    ["a missing export", "export const somethingElse = 1;\n", "missing-export", /“fanOutFetch”/],
    ["an enum", "export enum Kind { A }\nexport function fanOutFetch() {}\n", "not-erasable", /:1:1: .*enum/],
    [
      "a namespace",
      "namespace A { export const b = 1; }\nexport function fanOutFetch() {}\n",
      "not-erasable",
      /:1:1: .*namespace/,
    ],
    ["nothing", "", "empty-file", /empty/],
    ["an import", 'import fs from "node:fs";\nexport function fanOutFetch() {}\n', "import-not-allowed", /node:fs/],
    ["an error on load", 'throw new Error("early");\nexport function fanOutFetch() {}\n', "threw-on-load", /early/],
    ["an endless loop", "export async function fanOutFetch() {\n  for (;;);\n}\n", "endless-loop", /endless loop/],
  ];
  for (const [what, text, code, message] of faulty) {
    it(`fails a file that has ${what}`, async () => {
      const file = write(`${code}.ts`, text);
      const { status, stdout } = await interleave(["grade", lesson, file, "--json"]);
      assert.equal(status, 1);
      const { error, passed } = graded(stdout);
      assert.equal(passed, false);
      assert.equal(error?.code, code);
      assert.match(error.message, message);
      assert.ok(error.message.startsWith(file));
    });
  }

  const impossible: readonly [what: string, words: readonly string[], message: RegExp][] = [
    ["a file that is not there", [lesson, "nowhere.ts"], /^nowhere\.ts cannot be read: there is no such file\.\n$/],
    ["a folder", [lesson, "lessons"], /^lessons cannot be read: it is a folder\.\n$/],
    ["an unknown lesson", ["fan-out-with-timeuot", starter], /“fan-out-with-timeout”\?\n$/],
    ["a lesson by its path", [".", starter], /There is no lesson/],
    ["a pack that is not there", [lesson, starter, "--pack", "no/pack"], /no folder no\/pack/],
    ["no number of schedules", [lesson, starter, "--schedules", "0"], /--schedules 0/],
    ["a broken seed", [lesson, starter, "--seed", "x"], /--seed x/],
    ["an unknown language", [lesson, starter, "--locale", "tlh"], /en, zh-cn/],
    ["an unknown reporter", [lesson, starter, "--reporter", "html"], /pretty, json, junit, tap/],
  ];
  for (const [what, words, message] of impossible) {
    it(`cannot run with ${what}`, async () => {
      const { status, stdout, stderr } = await interleave(["grade", ...words]);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
    });
  }

  it("speaks the language that is asked for", async () => {
    const empty = write("empty.ts", "");
    const { stdout } = await interleave(["grade", lesson, empty, "--json", "--locale", "zh-cn"]);
    assert.match(graded(stdout).error?.message ?? "", /是空的/);
  });

  it("says within two seconds that a loop is endless", async () => {
    const grader = new NodeGrader({ distDir: dist });
    try {
      const spec = readFileSync(join(root, "lessons", lesson, "spec.ts"), "utf8");
      const { signal } = new AbortController();
      const time = async (body: string) => {
        const exercise = `export async function fanOutFetch() { ${body} }\n`;
        const request = { lesson, spec, exercise, exerciseName: "exercise.ts", exports: ["fanOutFetch"], schedules: 1 };
        return grader.grade(request, signal);
      };
      await time("");
      const slowBefore = slowdown();
      const [first, second] = [await time("for (;;);"), await time("for (;;);")];
      const allowed = 2000 * Math.max(1, slowBefore * 1.5 - 0.5, slowdown() * 1.5 - 0.5);
      assert.equal(first.error?.code, "endless-loop");
      const fastest = Math.min(first.durationMs, second.durationMs);
      assert.ok(fastest < allowed, `${String(fastest)} ms of ${String(allowed)} ms`);
    } finally {
      grader.dispose();
    }
  });
});

describe("replay", () => {
  const impossible: readonly [what: string, words: readonly string[], message: RegExp][] = [
    ["an unknown test", ["--test", "nobody", "--schedule", "i2-"], /“nobody”.*no-urls/],
    ["no test", ["--schedule", "i2-"], /--test NAME/],
    ["no schedule", ["--test", "no-urls"], /--schedule STRING/],
    ["another version's schedule", ["--test", "no-urls", "--schedule", "i9-01"], /another version/],
    ["something that is no schedule", ["--test", "no-urls", "--schedule", "hello"], /is not a schedule/],
    ["a damaged schedule", ["--test", "no-urls", "--schedule", "i2-0!"], /damaged/],
  ];
  for (const [what, words, message] of impossible) {
    it(`cannot run with ${what}`, async () => {
      const { status, stdout, stderr } = await interleave(["replay", lesson, solution, ...words]);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
  }
});

describe("new and verify", () => {
  it("writes a lesson that passes the gate, and overwrites nothing", { timeout: 170_000 }, async () => {
    const made = await interleave(["new", "my-lesson", "--pack", "pack"], folder);
    assert.deepEqual([made.status, made.stdout], [0, `${join("pack", "my-lesson")}\n`]);
    const verified = await interleave(["verify", "pack", "--json"], folder);
    assert.deepEqual(JSON.parse(verified.stdout), { version: 1, passed: true, lessons: ["my-lesson"], findings: [] });
    assert.equal(verified.status, 0);
    const again = await interleave(["new", "my-lesson", "--pack", "pack"], folder);
    assert.deepEqual([again.status, again.stdout], [2, ""]);
    assert.equal((await interleave(["new", "My Lesson", "--pack", "pack"], folder)).status, 2);
  });

  it("names file and line of whatever is wrong", { timeout: 170_000 }, async () => {
    const pack = join(folder, "broken");
    await interleave(["new", "one", "--pack", pack]);
    const at = (name: string) => join(pack, "one", name);
    const change = (name: string, from: string, to: string) => {
      const text = readFileSync(at(name), "utf8");
      assert.ok(text.includes(from), `${name} has ${from}`);
      writeFileSync(at(name), text.replace(from, to));
    };
    change("lesson.zh-cn.md", "## 练习规则", "### 练习规则");
    change("lesson.en.md", "Why the pattern", "[Why](http://example.com) the pattern");
    change("lesson.json", '"element": "abort"', '"element": "nobody"');
    change("diagrams/architecture.mmd", "  accTitle: A pause and its two endings\n", "");
    change("solution.ts", "ms: number", "ms: strin");
    change("mistakes/listener-kept.ts", "listener-left-on-signal", "permit-lost");
    change("quiz.json", '"answer": "a"', '"answer": "b"');
    writeFileSync(at("notes.txt"), "left behind");
    cpSync(at("solution.ts"), at("mistakes/none.ts"));
    mkdirSync(join(pack, "unlisted"));
    const { status, stdout } = await interleave(["verify", "broken"], folder);
    assert.equal(status, 1);
    const found = stdout.trimEnd().split("\n");
    const expected = [
      /^broken\/one\/diagrams\/architecture\.mmd:1: has no accTitle$/,
      /^broken\/one\/lesson\.en\.md:3: "http:\/\/example\.com" is not a link/,
      /^broken\/one\/lesson\.json:\d+: architecture\.mmd has no element "nobody"$/,
      /^broken\/one\/lesson\.zh-cn\.md:\d+: heading 4 differs/,
      /^broken\/one\/mistakes\/listener-kept\.ts:1: the diagnosis is "listener-left-on-signal" but should be "permit-lost"/,
      /^broken\/one\/mistakes\/none\.ts:1: the first line should read/,
      /^broken\/one\/notes\.txt: does not belong to a lesson$/,
      /^broken\/one\/quiz\.json:4: question "what-comes-first": the answer should be "b" alone/,
      /^broken\/one\/solution\.ts:1: Cannot find name 'strin'/,
      /^broken\/unlisted: the catalog does not list this folder$/,
    ];
    for (const pattern of expected)
      assert.ok(
        found.some((line) => pattern.test(line)),
        `${String(pattern)}\n${stdout}`,
      );
    assert.deepEqual(found, [...found].sort());
  });

  it("grades orders of the learner's own with the rest, and says what is wrong with their file", async () => {
    const pack = join(folder, "own");
    await interleave(["new", "one", "--pack", pack]);
    const file = join(pack, "one", "solution.ts");
    const list = JSON.parse((await interleave(["grade", "one", file, "--json", "--pack", "own"], folder)).stdout) as {
      readonly tests: readonly { readonly name: string }[];
    };
    const test = list.tests[0]?.name ?? assert.fail();
    const cases = [{ id: "7", name: "mine", test, steps: [] }];
    writeFileSync(join(folder, "cases.json"), JSON.stringify({ version: 1, cases }));
    const grade = () => interleave(["grade", "one", file, "--pack", "own", "--json", "--cases", "cases.json"], folder);
    let ran = await grade();
    assert.equal(ran.status, 0, ran.stderr);
    const { tests } = JSON.parse(ran.stdout) as typeof list;
    assert.deepEqual(tests.at(-1)?.name, "own-7");
    assert.equal(tests.length, list.tests.length + 1);
    const replayed = ["replay", "one", file, "--pack", "own", "--test", "own-7", "--schedule", "i2-"];
    assert.equal((await interleave([...replayed, "--cases", "cases.json"], folder)).status, 0);
    writeFileSync(join(folder, "cases.json"), '{ "version": 1,\n  "cases": 3 }');
    ran = await grade();
    assert.deepEqual([ran.status, ran.stdout], [2, ""]);
    assert.match(ran.stderr, /^cases\.json:2: "cases" should be Array but is 3\.$/m);
  });

  it("cannot grade with a broken lesson, and says where it is broken", async () => {
    const pack = join(folder, "bad");
    await interleave(["new", "one", "--pack", pack]);
    const file = join(pack, "one", "solution.ts");
    const grade = () => interleave(["grade", "one", file, "--json", "--pack", "bad"], folder);
    writeFileSync(join(pack, "one", "spec.ts"), 'import { test } from "interleave";\ntest("a" "b");\n');
    let ran = await grade();
    assert.deepEqual([ran.status, ran.stdout], [2, ""]);
    assert.match(ran.stderr, /^bad\/one\/spec\.ts:2:\d+: /);
    writeFileSync(join(pack, "one", "lesson.json"), '{\n  "id": "one",\n}\n');
    ran = await grade();
    assert.deepEqual([ran.status, ran.stdout], [2, ""]);
    assert.match(ran.stderr, /^bad\/one\/lesson\.json:3: not valid JSON/);
    assert.equal((await interleave(["verify", "bad"], folder)).status, 1);
    assert.equal((await interleave(["verify", "not-there"], folder)).status, 2);
  });
});
