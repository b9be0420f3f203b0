import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CannotRun } from "../../../src/cli/cannotRun.ts";
import { parseCommandArguments } from "../../../src/cli/commandArguments.ts";
import { gradeShape } from "../../../src/cli/gradeCommand.ts";
import { helpEn } from "../../../src/cli/help.ts";
import { helpZhCn } from "../../../src/cli/helpZhCn.ts";
import { environmentLocale, requestedLocale } from "../../../src/cli/locale.ts";
import { chooseReporter } from "../../../src/cli/reporters/chooseReporter.ts";
import { nearest } from "../../../src/core/nearest.ts";
import { shellWord } from "../../../src/cli/shellWord.ts";
import { verifyShape } from "../../../src/cli/verifyCommand.ts";

const parse = (...words: string[]) => parseCommandArguments(gradeShape, words);
const refused = (message: RegExp) => (error: unknown) => error instanceof CannotRun && message.test(error.message);

describe("a command's words", () => {
  it("are positionals and options in any order", () => {
    const args = parse("--seed", "7", "fan-out", "--json", "a.ts", "--schedules=50");
    assert.deepEqual(args.positionals, ["fan-out", "a.ts"]);
    assert.equal(args.count("seed"), 7);
    assert.equal(args.count("schedules"), 50);
    assert.equal(args.flag("json"), true);
    assert.equal(args.text("pack"), undefined);
  });

  it("may name a file that looks like an option after --", () => {
    assert.deepEqual(parse("fan-out", "--", "-a.ts").positionals, ["fan-out", "-a.ts"]);
  });

  it("are refused where one is missing, extra or unknown", () => {
    assert.throws(() => parse("fan-out"), refused(/^grade needs <file>\. /));
    assert.throws(() => parse(), refused(/^grade needs <lesson> <file>\. /));
    assert.throws(() => parse("fan-out", "a.ts", "b.ts"), refused(/“b\.ts”/));
    assert.throws(() => parse("fan-out", "a.ts", "--loud"), refused(/^Unknown option '--loud'\. See /));
    assert.throws(() => parse("fan-out", "a.ts", "--seed"), refused(/--seed/));
  });

  it("may leave out what is optional", () => {
    assert.deepEqual(parseCommandArguments(verifyShape, []).positionals, []);
    assert.deepEqual(parseCommandArguments(verifyShape, ["dir"]).positionals, ["dir"]);
  });

  for (const value of ["0", "-3", "1.5", "ten", "", "1e3", "99999999999999999999"]) {
    it(`are refused where a count is "${value}"`, () => {
      const args = parse("fan-out", "a.ts", `--schedules=${value}`);
      assert.throws(() => args.count("schedules"), refused(/not a positive whole number/));
    });
  }
});

describe("the reporter", () => {
  it("is for people unless one is named", () => {
    assert.equal(chooseReporter(parse("l", "f")), "pretty");
    assert.equal(chooseReporter(parse("l", "f", "--json")), "json");
    assert.equal(chooseReporter(parse("l", "f", "--json", "--reporter", "json")), "json");
    assert.equal(chooseReporter(parse("l", "f", "--reporter", "tap")), "tap");
  });

  it("is refused where it is unknown or two are asked for", () => {
    assert.throws(() => chooseReporter(parse("l", "f", "--reporter", "html")), refused(/pretty, json, junit, tap/));
    assert.throws(() => chooseReporter(parse("l", "f", "--json", "--reporter", "tap")), refused(/give one/));
  });
});

describe("the language", () => {
  it("comes from the first locale variable that is set", () => {
    assert.equal(environmentLocale({ LANG: "zh_CN.UTF-8" }), "zh-cn");
    assert.equal(environmentLocale({ LC_ALL: "C", LANG: "zh_CN.UTF-8" }), "en");
    assert.equal(environmentLocale({ LC_ALL: "", LANG: "zh_CN" }), "zh-cn");
    assert.equal(environmentLocale({}), "en");
  });

  it("may be asked for in the usual spellings", () => {
    assert.equal(requestedLocale("zh-CN"), "zh-cn");
    assert.equal(requestedLocale("en"), "en");
    assert.equal(requestedLocale(undefined), undefined);
    assert.throws(() => requestedLocale("de"), refused(/en, zh-cn/));
  });
});

describe("names", () => {
  const lessons = ["context-tree", "fan-out-with-timeout", "connection-pool"];

  it("that are nearly right find the right one", () => {
    assert.deepEqual(nearest("conection-pool", lessons), ["connection-pool"]);
    assert.deepEqual(nearest("fan-out", lessons), ["fan-out-with-timeout"]);
    assert.deepEqual(nearest("Context-Tree", lessons), ["context-tree"]);
    assert.deepEqual(nearest("zzz", lessons), []);
  });

  it("are quoted for a shell only where they must be", () => {
    assert.equal(shellWord("lessons/a-b/exercise.ts"), "lessons/a-b/exercise.ts");
    assert.equal(shellWord("i2-00~3"), "'i2-00~3'");
    assert.equal(shellWord("it's"), "'it'\\''s'");
  });
});

describe("the help", () => {
  it("names the same commands and options in both languages", () => {
    const options = (text: string) => [...text.matchAll(/(?<![\w-])--[a-z]+/g)].map(([option]) => option).sort();
    assert.deepEqual(options(helpZhCn.overview), options(helpEn.overview));
    assert.deepEqual(Object.keys(helpZhCn.commands), Object.keys(helpEn.commands));
    for (const [command, text] of Object.entries(helpEn.commands)) {
      const chinese = new Set(options(helpZhCn.commands[command] ?? ""));
      assert.deepEqual([...chinese], [...new Set(options(text))], command);
    }
  });
});
