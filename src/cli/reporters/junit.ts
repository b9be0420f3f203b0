/** `--reporter junit`: JUnit's XML, as continuous integration servers read it. */
import { describeGradeError } from "../../core/verdict/gradeJson.ts";
import { describeOrders } from "../../core/verdict/lessonVerdictText.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { Report, Reporter } from "./reporter.ts";
import { attributes, escapeXml } from "./xml.ts";

export const reportJUnit: Reporter = (report) => {
  const { verdict, locale, file } = report;
  const { tests, error, lesson } = verdict;
  const failures = tests.filter(({ status }) => status === "failed").length;
  const counts = attributes({
    tests: tests.length + (error === undefined ? 0 : 1),
    failures,
    errors: error === undefined ? 0 : 1,
    time: (verdict.durationMs / 1000).toFixed(3),
  });
  const lines = tests.map((test) => testCase(test, report));
  if (error !== undefined) {
    const type = attributes({ type: error.code, message: describeGradeError(error, locale, file) });
    lines.push(
      `    <testcase${attributes({ classname: lesson, name: file })}>\n      <error${type}/>\n    </testcase>`,
    );
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="interleave"${counts}>`,
    `  <testsuite${attributes({ name: lesson })}${counts}>`,
    ...lines,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
};

function testCase({ name, schedules, failure, output }: TestVerdict, report: Report): string {
  const { verdict, locale, file } = report;
  const line = failure?.source?.line;
  const head = attributes({ classname: verdict.lesson, name, file, ...(line === undefined ? {} : { line }) });
  const orders = `      <properties>\n        <property${attributes({ name: "orders", value: describeOrders(schedules, locale) })}/>\n      </properties>`;
  const parts = [orders];
  if (failure !== undefined) {
    const source = failure.source;
    const details = [
      ...(source === undefined ? [] : [`${file}:${String(source.line)}:${String(source.column)}`]),
      ...(failure.expected === undefined ? [] : [`expected: ${failure.expected}`]),
      ...(failure.actual === undefined ? [] : [`actual: ${failure.actual}`]),
      report.replayCommand(name, failure.schedule),
    ].join("\n");
    const about = attributes({ type: failure.diagnosis, message: failure.message[locale] });
    parts.push(`      <failure${about}>${escapeXml(details)}</failure>`);
  }
  if (output.length > 0) parts.push(`      <system-out>${escapeXml(output.join("\n"))}</system-out>`);
  return [`    <testcase${head}>`, ...parts, "    </testcase>"].join("\n");
}
