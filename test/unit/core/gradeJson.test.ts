import assert from "node:assert/strict";
import { test } from "node:test";
import { toGradeJson } from "../../../src/core/verdict/gradeJson.ts";
import { failing, passing, ungradable } from "../cli/verdictSamples.ts";

test("gives the keys of the contract and no others", () => {
  assert.deepEqual(toGradeJson(failing, "en", "a.ts"), {
    version: 1,
    lesson: "fan-out",
    passed: false,
    durationMs: 1234,
    tests: [
      { name: "gathers", status: "passed", schedules: { run: 24, total: 24, exhaustive: true } },
      {
        name: "any-order",
        status: "failed",
        schedules: { run: 2000, total: null, exhaustive: false },
        failure: {
          diagnosis: "order-lost",
          message: 'Not "in" the order of <arrival>.',
          schedule: "i2-00~3",
          at: 30,
          source: { line: 12, column: 5 },
        },
      },
    ],
  });
});

test("has an error only where there is one, with its place in the file", () => {
  assert.equal("error" in toGradeJson(passing, "en", "a.ts"), false);
  assert.deepEqual(toGradeJson(ungradable, "zh-cn", "dir/a.ts").error, {
    code: "syntax-error",
    message: "dir/a.ts:3:7: 语法错误：缺少 ';'。",
  });
});
