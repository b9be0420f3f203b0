/** `--reporter pretty` of many submissions: a line for each, one more for each test that fails, and what shows most often. */
import { diagnoses } from "../../../core/verdict/diagnoses.ts";
import type { GradedFailure, SubmissionResult } from "../../../core/verdict/gradedRun.ts";
import { formatDuration } from "../../../core/verdict/lessonVerdictText.ts";
import type { Diagnosis } from "../../../protocol/diagnosis.ts";
import type { Locale } from "../../../protocol/words.ts";
import { createPaint, type Paint } from "../../paint.ts";
import { errorText, nameOf, type RunHead, type RunReporterFactory } from "./runReporter.ts";

/** Kinds of bugs that are named at the end. */
const kindsTold = 5;

export const reportRunPretty: RunReporterFactory = (head, colour) => {
  const paint = createPaint(colour);
  const { locale } = head.run;
  const shown = new Map<Diagnosis, number>();
  return {
    begin: () => "",
    result(result) {
      // What fails first is what the lesson's order of tests means to show; the rest often follows from it.
      const first = result.tests.find(({ failure }) => failure !== undefined)?.failure;
      if (first !== undefined) shown.set(first.diagnosis, (shown.get(first.diagnosis) ?? 0) + 1);
      return `${lines(result, locale, paint).join("\n")}\n`;
    },
    end: () => `\n${summary(head, shown, paint).join("\n")}\n`,
  };
};

function lines(result: SubmissionResult, locale: Locale, paint: Paint): readonly string[] {
  const { tests, error, passed, durationMs } = result;
  const name = nameOf(result);
  if (error !== undefined) return [`${paint("red", "✗")} ${errorText(result, error)}`];
  const failed = tests.flatMap(({ name: test, failure }) => (failure === undefined ? [] : [{ test, failure }]));
  const en = passed
    ? `${String(tests.length)} tests`
    : `${String(failed.length)} of ${String(tests.length)} tests failed`;
  const zhCn = passed
    ? `${String(tests.length)} 个测试`
    : `${String(tests.length)} 个测试中有 ${String(failed.length)} 个未通过`;
  const lesson = result.lesson === null || name.includes(result.lesson) ? "" : ` · ${result.lesson}`;
  const took = durationMs === undefined ? "" : ` · ${formatDuration(durationMs, locale)}`;
  const mark = passed ? paint("green", "✓") : paint("red", "✗");
  return [
    `${mark} ${name}${lesson} · ${locale === "en" ? en : zhCn}${took}`,
    ...failed.map(({ test, failure }) => `    ${failureLine(name, test, failure, locale)}`),
  ];
}

function failureLine(file: string, test: string, { diagnosis, source }: GradedFailure, locale: Locale): string {
  const comma = locale === "en" ? ", " : "，";
  const place = source === undefined ? "" : `${comma}${file}:${String(source.line)}:${String(source.column)}`;
  return `${test}: ${diagnoses[diagnosis].title[locale]} (${diagnosis})${place}`;
}

function summary(head: RunHead, shown: ReadonlyMap<Diagnosis, number>, paint: Paint): readonly string[] {
  const { summary: counts, shard, run } = head;
  const { submissions, passed, failed, errors } = counts;
  const part = { en: "", "zh-cn": "" };
  if (shard.of > 1) {
    part.en = `Shard ${String(shard.index)} of ${String(shard.of)}: `;
    part["zh-cn"] = `分片 ${String(shard.index)}/${String(shard.of)}：`;
  }
  const text = {
    en: `${String(passed)} of ${String(submissions)} passed, ${String(failed)} failed, ${String(errors)} could not be graded`,
    "zh-cn": `${String(submissions)} 份中通过 ${String(passed)} 份，未通过 ${String(failed)} 份，无法评分 ${String(errors)} 份`,
  };
  const { locale } = run;
  const most = [...shown].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, kindsTold);
  const kinds = most.map(([id, times]) => `  ${String(times)} × ${diagnoses[id].title[locale]} (${id})`);
  const heading = locale === "en" ? "What shows first most often:" : "最常先暴露的问题：";
  return [
    ...(kinds.length === 0 ? [] : [heading, ...kinds, ""]),
    paint(passed === submissions ? "green" : "red", `${part[locale]}${text[locale]}`),
  ];
}
