// The bank's linter finds what it is for, and nothing in a bank that is mixed by chance.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../../src/base/random.ts";
import { type LintedFile, lintBank, shinglesOf, similarity } from "../../../../src/core/assessment/bankLint.ts";
import type { BankQuestion } from "../../../../src/core/assessment/questionBank.ts";

const random = new Random(3);

/** Words that no other text has. */
function textOf(length: number): string {
  return Array.from({ length }, () => `w${String(random.below(1e9))}`).join(" ");
}

interface Shape {
  readonly right: number;
  /** Words of each option. */
  readonly lengths: readonly number[];
}

type DesignQuestion = Extract<BankQuestion, { readonly kind: "choose-design" }>;

function question(id: string, { right, lengths }: Shape): DesignQuestion {
  return {
    ...{ id, kind: "choose-design", level: "advanced", seconds: 60 },
    prompt: { en: textOf(12), "zh-cn": textOf(12) },
    answer: String.fromCharCode(97 + right),
    options: lengths.map((length, index) => ({
      id: String.fromCharCode(97 + index),
      text: { en: textOf(length), "zh-cn": textOf(length) },
      why: { en: "w", "zh-cn": "w" },
    })),
  };
}

function fileOf(questions: readonly BankQuestion[], file = "order.json"): LintedFile {
  return { file, questions, lineOf: (index) => 10 * (index + 1) };
}

/** Right places and longest options go round, so that neither tells the other. */
function fair(count: number, prefix: string): readonly DesignQuestion[] {
  return Array.from({ length: count }, (_, index) => {
    const longest = (index + Math.floor(index / 4)) % 4;
    const lengths = [0, 1, 2, 3].map((place) => (place === longest ? 9 : 5));
    return question(`${prefix}-${String(index)}`, { right: index % 4, lengths });
  });
}

function messages(files: readonly LintedFile[]): readonly string[] {
  return lintBank(files).map(({ file, line, message }) => `${file}:${String(line)} ${message.en}`);
}

test("a fair bank has nothing to find", () => {
  assert.deepEqual(messages([fileOf(fair(13, "a")), fileOf(fair(13, "b"), "pools.json")]), []);
});

test("a question that is nearly another one is found, in either language, with file and line", () => {
  const [first, ...rest] = fair(13, "a");
  assert.ok(first);
  const reworded: BankQuestion = {
    ...first,
    id: "again",
    prompt: { en: textOf(12), "zh-cn": first.prompt["zh-cn"].replace(/w\d+$/, "又") },
    options: first.options.map((option) => ({
      ...option,
      text: { en: textOf(5), "zh-cn": option.text["zh-cn"] },
    })),
  };
  const files = [fileOf([first, ...rest]), fileOf([...fair(12, "b"), reworded], "pools.json")];
  assert.deepEqual(messages(files), ['pools.json:130 question "again" is nearly the same as "a-0" in order.json']);
});

test("likeness is counted by shared runs of words: none, all, some", () => {
  const [a, b] = fair(2, "x");
  assert.ok(a && b);
  assert.equal(similarity(shinglesOf(a, "en"), shinglesOf(a, "en")), 1);
  assert.equal(similarity(shinglesOf(a, "en"), shinglesOf(b, "en")), 0);
  assert.equal(similarity(new Set(["1", "2", "3"]), new Set(["2", "3", "4"])), 0.5);
  assert.equal(similarity(new Set(), new Set()), 0);
});

test("Chinese is compared by characters, code by its signs", () => {
  const made: BankQuestion = {
    ...question("q", { right: 0, lengths: [1, 1] }),
    prompt: { en: "a", "zh-cn": "先检查信号" },
  };
  assert.ok(shinglesOf(made, "zh-cn").has("先 检 查"));
});

test("the longest option is the right one too often: told for the file and for the whole bank", () => {
  const telling = Array.from({ length: 13 }, (_, index) => {
    const right = index % 4;
    const longest = index < 9 ? right : (right + 1) % 4;
    return question(`t-${String(index)}`, { right, lengths: [0, 1, 2, 3].map((place) => (place === longest ? 9 : 5)) });
  });
  const found = messages([fileOf(telling)]);
  assert.equal(found.length, 4, found.join("\n"));
  assert.match(
    found[0] ?? "",
    /^order\.json:undefined the right option is the longest one in 9 of 13 questions \(English\)/,
  );
  assert.match(found[1] ?? "", /\(Chinese\)/);
  assert.match(found[2] ?? "", /^the whole bank/);
});

test("two options of the longest length give nothing away", () => {
  const even = Array.from({ length: 13 }, (_, index) =>
    question(`e-${String(index)}`, { right: index % 4, lengths: [5, 5, 5, 5] }),
  );
  // Numbers have as many digits as they like, so lengths are made the same by hand.
  const same = even.map((each) => ({
    ...each,
    options: each.options.map((option) => ({ ...option, text: { en: option.text.en.padEnd(80, "."), "zh-cn": "x" } })),
  }));
  assert.deepEqual(messages([fileOf(same)]), []);
});

test("the right option stands in one place too often", () => {
  const biased = fair(13, "p").map((each, index) => (index < 7 ? { ...each, answer: "b" } : { ...each, answer: "d" }));
  const found = messages([fileOf(biased)]).filter((each) => each.includes(" is B ") || each.includes("option is B"));
  assert.equal(found.length, 2, found.join("\n"));
});

test("of a handful no habit is told", () => {
  const few = fair(5, "f").map((each) => ({ ...each, answer: "a" }));
  assert.deepEqual(messages([fileOf(few)]), []);
});
