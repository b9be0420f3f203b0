import assert from "node:assert/strict";
import { test } from "node:test";
import { formatCases, maxCaseName, maxCases, newCaseId, parseCases } from "../../../src/core/stepper/ownCases.ts";
import { nameOfSteps, tellStep } from "../../../src/core/stepper/stepWords.ts";
import type { OwnCase, StepName } from "../../../src/protocol/steps.ts";

const step: StepName = { what: "complete", kind: "fetch", label: "fetch https://a.example/", occurrence: 1 };
const own: OwnCase = { id: "1", name: "a 先", test: "every-order", steps: [step] };

test("what is written is read again, and people can read it", () => {
  const text = formatCases([own]);
  assert.deepEqual(parseCases(text), { ok: true, cases: [own] });
  assert.match(text, /^\{\n {2}"version": 1,\n/);
  assert.deepEqual(parseCases(formatCases([])), { ok: true, cases: [] });
});

test("a file that is none says where and why, and is not taken in part", () => {
  const file = (cases: unknown, version: unknown = 1): string => JSON.stringify({ version, cases }, null, 1);
  for (const [text, said, line] of [
    ['{\n  "version": 1,\n  "cases": [,]\n}', /not valid JSON/, 3],
    ["", /JSON/, 1],
    [file([own], 2), /another version/, 2],
    [file([own, own]), /two cases have the id "1"/, 18],
    [
      file([{ ...own, steps: [{ ...step, what: "explode" }] }]),
      /"cases\.0\.steps\.0\.what" should be .* but is "explode"/,
      10,
    ],
    [file([{ ...own, steps: [{ ...step, occurrence: 0 }] }]), /occurrence/, 13],
    [file([{ ...own, name: " " }]), /"cases\.0\.name"/, 6],
    [file([{ ...own, extra: 1 }]), /extra/, 16],
    [file(Array.from({ length: maxCases + 1 }, (_, at) => ({ ...own, id: String(at) }))), /"cases" should be/, 3],
  ] as const) {
    const read = parseCases(text);
    assert.ok(!read.ok, text);
    assert.match(read.problem.en, said);
    assert.equal(read.line, line, `${read.problem.en}\n${text}`);
    assert.notEqual(read.problem["zh-cn"], "");
  }
});

test("a new case has an id of its own", () => {
  assert.equal(newCaseId([]), "1");
  assert.equal(newCaseId([own, { ...own, id: "7" }, { ...own, id: "by-hand" }]), "8");
});

test("each kind of choice is told in both languages, with which one it is where there are several", () => {
  assert.equal(tellStep(step, "en"), "fetch https://a.example/ completes");
  assert.equal(tellStep({ ...step, what: "fail", occurrence: 2 }, "en"), "fetch https://a.example/ (no. 2) fails");
  assert.equal(tellStep({ ...step, kind: "timer", label: "300 ms" }, "en"), "timer 300 ms fires");
  assert.equal(tellStep({ ...step, what: "hang" }, "zh-cn"), "fetch https://a.example/ 永远不应答");
  const cancel: StepName = { what: "cancel", kind: "signal", label: "", occurrence: 1 };
  assert.equal(tellStep(cancel, "en"), "the caller cancels now");
  assert.match(tellStep({ ...step, what: "cancel-before" }, "zh-cn"), /抢先取消/);
});

test("an order is named after what was chosen against the natural one", () => {
  const chosen = (what: StepName["what"], natural: boolean) => ({ ...step, what, natural });
  assert.equal(nameOfSteps([chosen("complete", true)], "en"), "the natural order");
  assert.equal(
    nameOfSteps([chosen("complete", true), chosen("fail", false), chosen("slow", false)], "en"),
    "fetch https://a.example/ fails, then fetch https://a.example/ is held back",
  );
  const long = nameOfSteps(Array<ReturnType<typeof chosen>>(30).fill(chosen("fail", false)), "zh-cn");
  assert.equal(long.length, maxCaseName);
});
