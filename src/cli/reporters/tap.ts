/** `--reporter tap`: Test Anything Protocol, version 14. */
import { describeGradeError } from "../../core/verdict/gradeJson.ts";
import { describeOrders } from "../../core/verdict/lessonVerdictText.ts";
import type { TestVerdict } from "../../protocol/verdict.ts";
import type { Report, Reporter } from "./reporter.ts";
import { escapeTap, yamlBlock } from "./tapLines.ts";

export const reportTap: Reporter = (report) => {
  const { tests, error } = report.verdict;
  const lines = ["TAP version 14", `1..${String(tests.length + (error === undefined ? 0 : 1))}`];
  tests.forEach((test, index) => {
    lines.push(...testPoint(test, index + 1, report));
  });
  if (error !== undefined) {
    const message = describeGradeError(error, report.locale, report.file);
    lines.push(
      `not ok ${String(tests.length + 1)} - ${escapeTap(report.file)}`,
      ...yamlBlock({ error: error.code, message }),
    );
  }
  return lines.join("\n") + "\n";
};

function testPoint(
  { name, schedules, failure, output }: TestVerdict,
  number: number,
  report: Report,
): readonly string[] {
  const { locale, file } = report;
  const console = output.map((line) => `# ${line.replaceAll("\n", "\n# ")}`);
  const point = `${failure === undefined ? "ok" : "not ok"} ${String(number)} - ${escapeTap(name)}`;
  const orders = describeOrders(schedules, locale);
  if (failure === undefined) return [point, ...yamlBlock({ orders }), ...console];
  const { diagnosis, message, schedule, source, expected, actual } = failure;
  const at = source === undefined ? file : `${file}:${String(source.line)}:${String(source.column)}`;
  const details = {
    orders,
    diagnosis,
    message: message[locale],
    at,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    schedule,
    replay: report.replayCommand(name, schedule),
  };
  return [point, ...yamlBlock(details), ...console];
}
