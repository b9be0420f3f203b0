// The bank that rehearsals draw from, as it ships: large enough over every skill, in both languages, every key confirmed by
// running its question's code, no two questions alike, no key that can be guessed.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { BankReport } from "../../src/verify/verifyBank.ts";
import { parseChecklists } from "../../src/core/assessment/checklists.ts";
import { levels } from "../../src/core/assessment/questionBank.ts";
import { skillIds } from "../../src/core/assessment/skills.ts";
import { formatFinding } from "../../src/core/lesson/lessonFinding.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import { lessonIds } from "./lessonsOnDisk.ts";
import { checkBank } from "./questions/main.ts";

let report: BankReport;

before(async () => {
  report = await checkBank([]);
});

test("every key is what running its code has shown, and the linter finds nothing", () => {
  assert.deepEqual(
    report.findings.map((finding) => formatFinding(finding, "en")),
    [],
  );
});

test("there are at least 120 questions, ten for every skill, of every level, each with its own id", () => {
  const questions = report.files.flatMap((file) => file.questions);
  assert.ok(questions.length >= 120, String(questions.length));
  assert.deepEqual(report.files.map(({ skill }) => skill).sort(), [...skillIds].sort());
  for (const { skill, questions: own } of report.files) {
    assert.ok(own.length >= 10, skill);
    assert.deepEqual([...new Set(own.map(({ level }) => level))].sort(), [...levels].sort(), skill);
  }
  assert.equal(new Set(questions.map(({ id }) => id)).size, questions.length);
});

test("every question, option and explanation is written in both languages", () => {
  for (const { prompt, options, id } of report.files.flatMap((file) => file.questions)) {
    assert.notEqual(prompt.en, prompt["zh-cn"], id);
    for (const { why } of options) assert.notEqual(why.en, why["zh-cn"], id);
  }
});

test("every lesson has a checklist of what an explanation of it speaks of", async () => {
  const checklists = parseChecklists(await readFile(join(root, "questions/explain/checklists.json"), "utf8"));
  assert.ok(checklists.ok, JSON.stringify(checklists));
  assert.deepEqual(Object.keys(checklists.value).sort(), [...lessonIds()].sort());
});
