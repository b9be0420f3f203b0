/** `--reporter pretty`: for people. */
import { diagnoses } from "../../core/verdict/diagnoses.ts";
import { describeGradeError } from "../../core/verdict/gradeJson.ts";
import { formatInstant } from "../../core/verdict/lessonStory.ts";
import { describeOrders, describeVerdict, formatDuration } from "../../core/verdict/lessonVerdictText.ts";
import type { Failure, TestVerdict } from "../../protocol/verdict.ts";
import type { Locale } from "../../protocol/words.ts";
import { createPaint, type Paint } from "../paint.ts";
import { formatTable } from "../../core/textTable.ts";
import { formatTrace } from "../../core/verdict/traceTable.ts";
import type { Report, Reporter } from "./reporter.ts";

/** Events of a failing run that are shown; `replay` shows all. */
const traceLimit = 18;

export const reportPretty: Reporter = (report) => {
  const { verdict, title, file, locale } = report;
  const paint = createPaint(report.colour);
  const { tests, error } = verdict;
  const duration = formatDuration(verdict.durationMs, locale);
  const headline = error === undefined ? describeVerdict(verdict, locale) : describeGradeError(error, locale, file);
  const summary = `${headline}${error === undefined ? ` · ${duration}` : ""}`;
  return [
    `${paint("bold", title)} · ${file}`,
    "",
    ...testTable(tests, locale, paint),
    ...(tests.length > 0 ? [""] : []),
    ...tests.flatMap((test) =>
      test.failure === undefined ? [] : [...tellFailure(test, test.failure, report, paint), ""],
    ),
    paint(verdict.passed ? "green" : "red", summary),
    "",
  ].join("\n");
};

function testTable(tests: readonly TestVerdict[], locale: Locale, paint: Paint): readonly string[] {
  const rows = tests.map(({ name, status, schedules }) => [
    status === "passed" ? "✓" : "✗",
    name,
    describeOrders(schedules, locale),
  ]);
  return formatTable([{}, {}, {}], rows).map(
    (line) => `  ${paint(line.startsWith("✓") ? "green" : "red", line.slice(0, 1))}${line.slice(1)}`,
  );
}

const labels = {
  en: { expected: "expected", actual: "actual", schedule: "schedule", console: "console", again: "see it again" },
  "zh-cn": { expected: "期望", actual: "实际", schedule: "调度", console: "控制台", again: "重放" },
} as const;

function tellFailure(test: TestVerdict, failure: Failure, report: Report, paint: Paint): readonly string[] {
  const { locale, file } = report;
  const { diagnosis, source } = failure;
  const place = source === undefined ? file : `${file}:${String(source.line)}:${String(source.column)}`;
  const comma = locale === "en" ? ", " : "，";
  const label = labels[locale];
  const facts = [
    ...fact(label.expected, failure.expected),
    ...fact(label.actual, failure.actual),
    ...fact(label.console, test.output.length === 0 ? undefined : test.output.join("\n")),
    ...fact(label.schedule, failure.schedule),
    ...fact(label.again, report.replayCommand(test.name, failure.schedule)),
  ];
  return [
    `${paint("red", "✗")} ${paint("bold", test.name)}: ${test.title[locale]}`,
    `  ${paint("red", diagnoses[diagnosis].title[locale])} (${diagnosis})${comma}${paint("cyan", place)}${comma}${formatInstant(failure.at, locale)}`,
    ...failure.message[locale].split("\n").map((line) => `  ${line}`),
    "",
    ...formatTable([{}, {}], facts).map((line) => `  ${line}`),
    "",
    ...formatTrace(failure.trace, locale, traceLimit).map(
      (line, index) => `  ${index === 0 ? paint("dim", line) : line}`,
    ),
  ];
}

/** A row for each line of the text; the label stands before the first. */
function fact(label: string, text: string | undefined): readonly (readonly string[])[] {
  return text === undefined ? [] : text.split("\n").map((line, index) => [index === 0 ? label : "", line]);
}
