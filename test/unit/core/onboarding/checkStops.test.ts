// Sound and decayed code stops are told apart: some hundred of each, in six languages, after everything that people do to code.
import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { findSymbols } from "../../../../src/core/compiler/symbols/findSymbols.ts";
import { checkStops } from "../../../../src/core/onboarding/checkStops.ts";
import { judgeStop, type StopReport } from "../../../../src/core/onboarding/judgeStop.ts";
import type { CodeStop } from "../../../../src/core/onboarding/onboardingSchema.ts";
import { memoryRepository, stopOf } from "./memoryRepository.ts";
import { stopCases, type StopCase } from "./stopCases.ts";

const symbols = (file: string, text: string) => Promise.resolve(findSymbols(file, text));

/** The stop as its author wrote it down. */
function written({ id, file, symbol, before }: StopCase): CodeStop {
  const found = findSymbols(file, before[file] ?? "");
  const [report] = "symbols" in found ? [judgeStop(stopOf({ id, file, symbol }), found.symbols)] : [];
  assert.ok(report?.at, id);
  return stopOf({ id, file, symbol, hash: report.at.symbol.hash });
}

const cases = stopCases();
// A repository for each: where code has gone is looked for in all of it.
const reports = new Map<string, StopReport>();
for (const each of cases) {
  const [report] = await checkStops([written(each)], { reader: memoryRepository(each.after), symbols });
  if (report !== undefined) reports.set(each.id, report);
}

test("there are at least a hundred sound and a hundred decayed stops", () => {
  const sound = cases.filter(({ state }) => state === "sound").length;
  assert.ok(sound >= 100 && cases.length - sound >= 100, `${String(sound)} of ${String(cases.length)}`);
});

describe("a code stop", () => {
  for (const each of cases) {
    it(`is ${each.state} after ${each.id}`, () => {
      const report = reports.get(each.id);
      assert.equal(report?.state, each.state, report?.problem?.en);
      assert.equal(report.problem === undefined, each.state === "sound");
      if (each.at !== undefined) assert.deepEqual([report.at?.file, report.at?.symbol.name], each.at);
    });
  }
});
