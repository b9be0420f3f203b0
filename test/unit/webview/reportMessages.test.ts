/** What the host sends to the report's page is taken whole or not at all, in both languages. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { marketStrings } from "../../../src/core/assessment/marketStrings.ts";
import { rehearsalReport } from "../../../src/core/assessment/report.ts";
import { reportStrings } from "../../../src/core/assessment/reportStrings.ts";
import { locales } from "../../../src/protocol/words.ts";
import { parseMemory, parseToReport } from "../../../webview/report/parseMessage.ts";
import { sampleFacts } from "../core/assessment/reportSamples.ts";

const states = locales.flatMap((locale) => {
  const words = { locale, strings: reportStrings[locale], market: marketStrings[locale] };
  return [words, { ...words, report: rehearsalReport(sampleFacts(), locale) }];
});

test("a report and the market view are taken as they are", () => {
  for (const state of states) assert.deepEqual(parseToReport({ type: "state", state }), { type: "state", state });
  assert.deepEqual(parseToReport({ type: "announce", text: "Saved." }), { type: "announce", text: "Saved." });
});

test("a state from which anything is missing, or in which anything is of another kind, is refused", () => {
  const report = states[1];
  assert.ok(report !== undefined && "report" in report);
  let tried = 0;
  const damage = (value: unknown, put: (changed: unknown) => unknown): void => {
    if (typeof value !== "object" || value === null) {
      assert.equal(parseToReport({ type: "state", state: put(Symbol("other")) }), undefined);
      tried++;
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      damage(each, (changed) =>
        put(Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }),
      );
    }
  };
  // One item of each kind tells as much as all.
  const { items, radar } = report.report;
  const short = { ...report.report, items: items.slice(2, 4), radar: { ...radar, rows: radar.rows.slice(0, 1) } };
  damage({ ...report, report: short }, (changed) => changed);
  assert.ok(tried > 300);
});

test("anything else is no message, and no memory", () => {
  for (const data of [undefined, null, "state", {}, { type: "state" }, { type: "announce" }, { type: "answer" }, []]) {
    assert.equal(parseToReport(data), undefined);
    assert.equal(parseMemory(data), undefined);
  }
  assert.deepEqual(parseMemory({ rehearsal: "r", scrollTop: 3 }), { rehearsal: "r", scrollTop: 3 });
});
