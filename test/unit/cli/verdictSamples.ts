// Verdicts for tests of reports.
import type { Verdict } from "../../../src/protocol/verdict.ts";

export const failing: Verdict = {
  version: 1,
  lesson: "fan-out",
  passed: false,
  durationMs: 1234,
  tests: [
    {
      name: "gathers",
      title: { en: "gathers every answer", "zh-cn": "收齐所有答复" },
      status: "passed",
      schedules: { run: 24, total: 24, exhaustive: true, deviations: 4 },
      output: [],
    },
    {
      name: "any-order",
      title: { en: "keeps the order", "zh-cn": "保持顺序" },
      status: "failed",
      schedules: { run: 2000, total: null, exhaustive: false, deviations: 3 },
      output: ["<hello> & #1"],
      failure: {
        diagnosis: "order-lost",
        message: { en: 'Not "in" the order of <arrival>.', "zh-cn": "不是到达的顺序。" },
        schedule: "i2-00~3",
        at: 30,
        source: { line: 12, column: 5 },
        expected: '["A", "B"]',
        actual: '["B", "A"]',
        trace: [
          { seq: 0, at: 0, type: "call", kind: "call", operation: 1, label: "fanOut" },
          { seq: 1, at: 0, type: "start", kind: "fetch", operation: 2, label: "fetch /a", line: 12 },
          { seq: 2, at: 30, type: "settle", kind: "call", operation: 1, label: "fanOut", detail: "fulfilled" },
        ],
      },
    },
  ],
};

export const passing: Verdict = {
  ...failing,
  passed: true,
  durationMs: 400,
  tests: failing.tests.filter(({ status }) => status === "passed"),
};

export const ungradable: Verdict = {
  version: 1,
  lesson: "fan-out",
  passed: false,
  durationMs: 5,
  tests: [],
  error: {
    code: "syntax-error",
    message: { en: "Syntax error: ';' expected.", "zh-cn": "语法错误：缺少 ';'。" },
    source: { line: 3, column: 7 },
  },
};
