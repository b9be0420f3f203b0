import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { reportJUnit } from "../../../src/cli/reporters/junit.ts";
import { reportPretty } from "../../../src/cli/reporters/pretty.ts";
import type { Report } from "../../../src/cli/reporters/reporter.ts";
import { reportTap } from "../../../src/cli/reporters/tap.ts";
import { formatTable } from "../../../src/core/textTable.ts";
import { formatTrace } from "../../../src/core/verdict/traceTable.ts";
import type { Verdict } from "../../../src/protocol/verdict.ts";
import { failing, passing, ungradable } from "./verdictSamples.ts";

function report(verdict: Verdict, more: Partial<Report> = {}): Report {
  const replayCommand = (test: string, schedule: string) => `replay ${test} '${schedule}'`;
  return { verdict, title: "Fan-out", file: "src/a.ts", locale: "en", colour: false, replayCommand, ...more };
}

describe("pretty", () => {
  it("tells a failure from its kind to the command that shows it again", () => {
    assert.equal(
      reportPretty(report(failing)),
      `Fan-out · src/a.ts

  ✓  gathers    all 24 orders
  ✗  any-order  2,000 orders, up to 3 deviations

✗ any-order: keeps the order
  The order was lost (order-lost), src/a.ts:12:5, 30 ms
  Not "in" the order of <arrival>.

  expected      ["A", "B"]
  actual        ["B", "A"]
  console       <hello> & #1
  schedule      i2-00~3
  see it again  replay any-order 'i2-00~3'

   time  lane  what                       line
   0 ms     1  fanOut is called
   0 ms     2  fetch /a starts              12
  30 ms     1  fanOut settles: fulfilled

1 of 2 tests failed · 1.2 s
`,
    );
  });

  it("is short about a pass and about a file that cannot be graded", () => {
    assert.equal(
      reportPretty(report(passing)),
      "Fan-out · src/a.ts\n\n  ✓  gathers  all 24 orders\n\nPassed: 1 test, all 24 orders · 400 ms\n",
    );
    assert.equal(reportPretty(report(ungradable)), "Fan-out · src/a.ts\n\nsrc/a.ts:3:7: Syntax error: ';' expected.\n");
  });

  it("speaks Chinese, and paints only where it may", () => {
    const text = reportPretty(report(failing, { locale: "zh-cn" }));
    assert.match(text, /顺序乱了 \(order-lost\)，src\/a\.ts:12:5，30 毫秒/);
    assert.match(text, /^ {2}✗ {2}any-order {2}2,000 种顺序，最多 3 处偏离$/m);
    assert.equal(text.includes("\u001b"), false);
    assert.ok(reportPretty(report(passing, { colour: true })).includes("\u001b[32mPassed: 1 test"));
  });
});

describe("junit", () => {
  it("is XML, whatever the texts hold", () => {
    assert.equal(
      reportJUnit(report(failing)),
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="interleave" tests="2" failures="1" errors="0" time="1.234">
  <testsuite name="fan-out" tests="2" failures="1" errors="0" time="1.234">
    <testcase classname="fan-out" name="gathers" file="src/a.ts">
      <properties>
        <property name="orders" value="all 24 orders"/>
      </properties>
    </testcase>
    <testcase classname="fan-out" name="any-order" file="src/a.ts" line="12">
      <properties>
        <property name="orders" value="2,000 orders, up to 3 deviations"/>
      </properties>
      <failure type="order-lost" message="Not &quot;in&quot; the order of &lt;arrival&gt;.">src/a.ts:12:5
expected: [&quot;A&quot;, &quot;B&quot;]
actual: [&quot;B&quot;, &quot;A&quot;]
replay any-order 'i2-00~3'</failure>
      <system-out>&lt;hello&gt; &amp; #1</system-out>
    </testcase>
  </testsuite>
</testsuites>
`,
    );
  });

  it("has an error for a file that cannot be graded, and no character that XML forbids", () => {
    const text = reportJUnit(report(ungradable, { file: "a\u0000\ud800\n.ts" }));
    assert.match(text, /tests="1" failures="0" errors="1"/);
    assert.match(
      text,
      /<error type="syntax-error" message="a\ufffd\ufffd&#10;\.ts:3:7: Syntax error: ';' expected\."\/>/,
    );
  });
});

describe("tap", () => {
  it("follows version 14", () => {
    assert.equal(
      reportTap(report(failing)),
      `TAP version 14
1..2
ok 1 - gathers
  ---
  orders: "all 24 orders"
  ...
not ok 2 - any-order
  ---
  orders: "2,000 orders, up to 3 deviations"
  diagnosis: "order-lost"
  message: "Not \\"in\\" the order of <arrival>."
  at: "src/a.ts:12:5"
  expected: "[\\"A\\", \\"B\\"]"
  actual: "[\\"B\\", \\"A\\"]"
  schedule: "i2-00~3"
  replay: "replay any-order 'i2-00~3'"
  ...
# <hello> & #1
`,
    );
  });

  it("counts a file that cannot be graded as one failure", () => {
    assert.equal(
      reportTap(report(ungradable, { file: "a#b.ts" })),
      `TAP version 14
1..1
not ok 1 - a\\#b.ts
  ---
  error: "syntax-error"
  message: "a#b.ts:3:7: Syntax error: ';' expected."
  ...
`,
    );
  });
});

describe("tables", () => {
  it("line up where characters are wide", () => {
    assert.deepEqual(
      formatTable(
        [{ heading: "甲" }, { heading: "n", align: "right" }],
        [
          ["ab", "10"],
          ["中文", "5"],
        ],
      ),
      ["甲     n", "ab    10", "中文   5"],
    );
  });

  it("leave out the middle of a long trace", () => {
    const [event] = failing.tests[1]?.failure?.trace ?? [];
    assert.ok(event);
    const trace = Array.from({ length: 30 }, (_, seq) => ({ ...event, seq, at: seq }));
    const lines = formatTrace(trace, "en", 9);
    assert.equal(lines.length, 1 + 9 + 1);
    assert.match(lines[4] ?? "", /… 21 more events …/);
    assert.match(lines.at(-1) ?? "", /^29 ms/);
  });
});
