/** `--reporter junit` of many submissions: a test suite for each. */
import { describeOrders } from "../../../core/verdict/lessonVerdictText.ts";
import { type GradedTest, type SubmissionResult, visible, visibleName } from "../../../core/verdict/gradedRun.ts";
import { attributes, escapeXml } from "../../reporters/xml.ts";
import { errorText, nameOf, replayCommand, type RunHead, type RunReporterFactory } from "./runReporter.ts";

export const reportRunJUnit: RunReporterFactory = (head) => {
  const { tests, failures, summary } = head;
  const counts = attributes({ tests: tests + summary.errors, failures, errors: summary.errors });
  return {
    begin: () => `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="interleave"${counts}>\n`,
    result: (result) => suite(result, head),
    end: () => "</testsuites>\n",
  };
};

function suite(result: SubmissionResult, head: RunHead): string {
  const { tests, error, durationMs } = result;
  const counts = {
    tests: tests.length + (error === undefined ? 0 : 1),
    failures: tests.filter(({ status }) => status === "failed").length,
    errors: error === undefined ? 0 : 1,
    ...(durationMs === undefined ? {} : { time: (durationMs / 1000).toFixed(3) }),
  };
  const lines = tests.map((test) => testCase(test, result, head));
  if (error !== undefined) {
    const about = attributes({ type: error.code, message: errorText(result, error) });
    const name = attributes({ classname: visibleName(result.person), name: nameOf(result) });
    lines.push(`    <testcase${name}>\n      <error${about}/>\n    </testcase>`);
  }
  return [`  <testsuite${attributes({ name: nameOf(result), ...counts })}>`, ...lines, "  </testsuite>", ""].join("\n");
}

function testCase({ name, schedules, failure }: GradedTest, result: SubmissionResult, head: RunHead): string {
  const file = nameOf(result);
  const source = failure?.source;
  const line = source === undefined ? {} : { line: source.line };
  const about = attributes({ classname: visibleName(result.person), name, file, ...line });
  const orders = attributes({ name: "orders", value: describeOrders(schedules, head.run.locale) });
  const parts = [`      <properties>\n        <property${orders}/>\n      </properties>`];
  if (failure !== undefined) {
    const details = [
      ...(source === undefined ? [] : [`${file}:${String(source.line)}:${String(source.column)}`]),
      ...(failure.expected === undefined ? [] : [`expected: ${visible(failure.expected)}`]),
      ...(failure.actual === undefined ? [] : [`actual: ${visible(failure.actual)}`]),
      replayCommand(head, result, name, failure.schedule),
    ].join("\n");
    const kind = attributes({ type: failure.diagnosis, message: visible(failure.message) });
    parts.push(`      <failure${kind}>${escapeXml(details)}</failure>`);
  }
  return [`    <testcase${about}>`, ...parts, "    </testcase>"].join("\n");
}
