// `interleave report` as a team lead runs it: which files count, what is said of the others, where page and table go, and the
// exit status.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { helpEn } from "../../src/cli/help.ts";
import { helpZhCn } from "../../src/cli/helpZhCn.ts";
import { day, exportOf, fileOf, graded, learner, monday } from "../unit/core/teamReport/teams.ts";
import { interleave, type Ran } from "./commandLine.ts";

const lessons = ["context-tree", "cancellable-sleep", "semaphore"];

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "interleave-report-"));
  const write = (name: string, text: string | Uint8Array): void => {
    writeFileSync(join(folder, name), text);
  };
  const ada = fileOf(exportOf("Ada", monday + day, [monday, graded("context-tree", true)]));
  write("ada.json", ada);
  write("ada-before.json", fileOf(exportOf("ada", monday, [monday, graded("context-tree", false, "stampede")])));
  write("ben.json", `\ufeff${fileOf(learner("Ben", lessons, 3)).replaceAll("\n", "\r\n")}`);
  write("wang.json", fileOf(learner("王小明", lessons, 4)));
  write("edited.json", ada.replace('"attempts": 1', '"attempts": 9'));
  write("newer.json", ada.replace('"version": 1', '"version": 2'));
  write("broken.json", ada.slice(0, 100));
  write("bytes.json", Uint8Array.of(0x7b, 0xff, 0x7d));
  write("package.json", "{}");
  write("huge.json", " ".repeat(4_000_001));
  mkdirSync(join(folder, "all"));
  for (let index = 0; index < 20; index++) {
    writeFileSync(join(folder, "all", `${String(index)}.json`), fileOf(learner(`P${String(index)}`, lessons, index)));
  }
  mkdirSync(join(folder, "none"));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const report = (...words: readonly string[]): Promise<Ran> => interleave(["report", ...words], folder);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

describe("interleave report", () => {
  it("writes the page to stdout where no file is named, and the same bytes for any order", async () => {
    const one = await report("ada.json", "ben.json", "wang.json");
    assert.equal(one.status, 0, one.stderr);
    assert.match(one.stdout, /^<!DOCTYPE html>[\s\S]*<bdi>Ada<\/bdi>[\s\S]*<bdi>王小明<\/bdi>[\s\S]*<\/html>\n$/);
    assert.match(one.stdout, /A tree of scopes/);
    assert.match(one.stderr, /^A report on 3 people\.\n$/);
    assert.equal((await report("wang.json", "./ada.json", "ben.json")).stdout, one.stdout);
  });

  it("writes page and table where they are wanted, of a folder too, in either language", async () => {
    const ran = await report("all", "ada.json", "--html", "team.html", "--csv", "team.csv", "--locale", "zh-cn");
    assert.deepEqual(ran, { status: 0, stdout: "", stderr: "已写入 team.html、team.csv：21 人。\n" });
    assert.match(read("team.html"), /<html lang="zh-CN">[\s\S]*作用域之树/);
    assert.match(read("team.csv"), /^\ufeff姓名,路线,[\s\S]*\r\n$/);
    const both = await report("ada.json", "--html", "one.html", "--csv", "-");
    assert.match(
      both.stdout,
      /^\ufeffPerson,Track,[^\r]*\r\nAda,Cancellation,context-tree,A tree of scopes,Passed on their own,1,1,/,
    );
  });

  it("lets the newer of two exports of one person count, and says so", async () => {
    const ran = await report("ada.json", "ada-before.json");
    assert.equal(ran.status, 0);
    assert.match(
      ran.stderr,
      /^ada-before\.json: not counted, for ada\.json is a newer export by “Ada”\nA report on 1 person\.\n$/,
    );
    assert.doesNotMatch(ran.stdout, /A stampede/);
  });

  it("names each file that cannot be used with the reason, goes on with the others, and ends with 1", async () => {
    const bad = [
      "edited.json",
      "newer.json",
      "broken.json",
      "bytes.json",
      "package.json",
      "huge.json",
      "missing.json",
      "none",
    ];
    const ran = await report("ada.json", ...bad, "--html", "some.html");
    assert.equal(ran.status, 1);
    const lines = ran.stderr.trimEnd().split("\n");
    const reasons = [
      /^edited\.json: its checksum does not fit, so it was changed after it was exported: ask for a new export$/,
      /^newer\.json: it has version 2 of the format, .* update it$/,
      /^broken\.json: it is not JSON$/,
      /^bytes\.json: it is not UTF-8$/,
      /^package\.json: it is no export of somebody's progress$/,
      /^huge\.json: it is larger than 4000000 bytes$/,
      /^missing\.json: there is no such file$/,
    ];
    assert.match(lines[0] ?? "", /^none: there is no \*\.json in this folder$/);
    for (const [index, reason] of reasons.entries()) assert.match(lines[index + 1] ?? "", reason);
    assert.match(lines.at(-1) ?? "", /^Wrote some\.html: 1 person\.$/);
    assert.equal(lines.length, bad.length + 1);
  });

  it("ends with 2 and writes nothing where none can be used", async () => {
    const ran = await report("edited.json", "missing.json", "--html", "nothing.html");
    assert.equal(ran.status, 2);
    assert.equal(ran.stdout, "");
    assert.match(ran.stderr, /None of the files could be read, so there is no report\.\n$/);
    assert.ok(!existsSync(join(folder, "nothing.html")));
  });

  for (const words of [
    [],
    ["--html", "a.html"],
    ["ada.json", "--html", "ben.json"],
    ["ada.json", "--csv", ""],
    ["ada.json", "--html", "x", "--csv", "x"],
    ["ada.json", "--html", "no/such/folder.html"],
    ["ada.json", "--pack", "none"],
    ["ada.json", "--locale", "de"],
  ]) {
    it(`cannot run "report ${words.join(" ")}"`, async () => {
      const kept = read("ben.json");
      const ran = await report(...words);
      assert.equal(ran.status, 2, ran.stderr);
      assert.equal(ran.stdout, "");
      assert.notEqual(ran.stderr, "");
      assert.equal(read("ben.json"), kept);
    });
  }
});

describe("help", () => {
  it("is there in the language of the environment", async () => {
    const chinese = await interleave(["report", "--help"], folder, { LANG: "zh_CN.UTF-8" });
    assert.match(chinese.stdout, /校验和/);
    assert.match(
      (await interleave(["--help"], folder, { LANG: "zh_CN.UTF-8" })).stdout,
      /在运行中学并发[\s\S]*interleave report FILES/,
    );
    assert.match((await report("--help")).stdout, /no proof of who wrote/);
  });

  it("names the same options in both languages", () => {
    const optionsOf = (text: string): readonly string[] => [...new Set(text.match(/^ {2}--[a-z]+/gm) ?? [])].sort();
    for (const [command, text] of Object.entries(helpZhCn.commands)) {
      assert.deepEqual(optionsOf(text), optionsOf(helpEn.commands[command] ?? ""), command);
    }
  });
});
