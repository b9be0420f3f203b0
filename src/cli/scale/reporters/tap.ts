/** `--reporter tap` of many submissions: a subtest for each. */
import { describeOrders } from "../../../core/verdict/lessonVerdictText.ts";
import { type GradedTest, type SubmissionResult, visible } from "../../../core/verdict/gradedRun.ts";
import { escapeTap, yamlBlock } from "../../reporters/tapLines.ts";
import { errorText, nameOf, replayCommand, type RunHead, type RunReporterFactory } from "./runReporter.ts";

export const reportRunTap: RunReporterFactory = (head) => {
  let number = 0;
  return {
    begin: () => `TAP version 14\n1..${String(head.summary.submissions)}\n`,
    result(result) {
      number++;
      return `${subtest(result, head, number).join("\n")}\n`;
    },
    end: () => "",
  };
};

function subtest(result: SubmissionResult, head: RunHead, number: number): readonly string[] {
  const { tests, error, passed, durationMs } = result;
  const name = escapeTap(nameOf(result));
  const points = [
    `1..${String(tests.length)}`,
    ...tests.flatMap((test, index) => testPoint(test, index + 1, result, head)),
  ];
  const about = {
    ...(error === undefined ? {} : { error: error.code, message: errorText(result, error) }),
    ...(durationMs === undefined ? {} : { durationMs: String(durationMs) }),
  };
  return [
    ...(tests.length === 0 ? [] : [`# Subtest: ${name}`, ...points.map((line) => `    ${line}`)]),
    `${passed ? "ok" : "not ok"} ${String(number)} - ${name}`,
    ...(Object.keys(about).length === 0 ? [] : yamlBlock(about)),
  ];
}

function testPoint(
  { name, schedules, failure }: GradedTest,
  number: number,
  result: SubmissionResult,
  head: RunHead,
): readonly string[] {
  const point = `${failure === undefined ? "ok" : "not ok"} ${String(number)} - ${escapeTap(name)}`;
  const orders = describeOrders(schedules, head.run.locale);
  if (failure === undefined) return [point, ...yamlBlock({ orders })];
  const { diagnosis, message, schedule, source, expected, actual } = failure;
  const file = nameOf(result);
  return [
    point,
    ...yamlBlock({
      orders,
      diagnosis,
      message: visible(message),
      at: source === undefined ? file : `${file}:${String(source.line)}:${String(source.column)}`,
      ...(expected === undefined ? {} : { expected: visible(expected) }),
      ...(actual === undefined ? {} : { actual: visible(actual) }),
      schedule: visible(schedule),
      replay: replayCommand(head, result, name, schedule),
    }),
  ];
}
