/**
 * Recording a wrong answer as a known mistake of its lesson, for the command line and the editor alike. What a run tells
 * anew each time (test, order, time) is not written down, so that it cannot go stale. Pure.
 */
import type { Failure, TestVerdict, Verdict } from "../../protocol/verdict.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { parseMistake } from "../lesson/lessonFiles.ts";
import { hiddenCharacter } from "../lesson/lessonReader.ts";
import { maxMistakes } from "../lesson/lessonLimits.ts";
import { isLessonId } from "../lesson/lessonSchema.ts";

/** Characters of what the developer believed: it is one line of a list. */
const maxBelief = 200;

/** A failing test, the first of its verdict: what names the mistake's diagnosis. */
export type FailedTest = TestVerdict & { readonly failure: Failure };

export interface MistakeToRecord {
  /** Of its file, without ".ts". */
  readonly name: string;
  /** What the developer believed. */
  readonly belief: string;
  readonly code: string;
  readonly failed: FailedTest;
}

export interface RecordedMistake {
  /** In the lesson's folder. */
  readonly file: string;
  readonly text: string;
}

/** The test that a mistake is known by, or why what was graded is none. */
export function failureToRecord(verdict: Verdict): { readonly failed: FailedTest } | { readonly problem: Words } {
  const { error, tests } = verdict;
  if (error !== undefined) {
    const { en, "zh-cn": zhCn } = error.message;
    return {
      problem: {
        en: `It cannot be graded, so it shows no diagnosis. ${en}`,
        "zh-cn": `无法评判，因此得不到诊断。${zhCn}`,
      },
    };
  }
  const first = tests.find(({ failure }) => failure !== undefined);
  if (first?.failure === undefined) {
    return {
      problem: { en: "It passes every test, so it is no mistake.", "zh-cn": "它通过了所有测试，不是错误写法。" },
    };
  }
  return { failed: { ...first, failure: first.failure } };
}

/** What is wrong with a name; undefined for one that can be used. @param taken names of the lesson's mistakes */
export function mistakeNameProblem(name: string, taken: readonly string[]): Words | undefined {
  if (!isLessonId(name)) {
    return {
      en: `“${name}” cannot be the name of a mistake: use small letters, digits and single hyphens, as in “timer-not-cleared”.`,
      "zh-cn": `“${name}”不能用作错误写法的名字：请用小写字母、数字和单个连字符，例如“timer-not-cleared”。`,
    };
  }
  if (taken.includes(name)) {
    return { en: `There is a mistake “${name}” already.`, "zh-cn": `已有名为“${name}”的错误写法。` };
  }
  if (taken.length < maxMistakes) return undefined;
  const most = String(maxMistakes);
  return {
    en: `The lesson has ${most} mistakes, and takes no more.`,
    "zh-cn": `这节课已有 ${most} 个错误写法，不能再加。`,
  };
}

/** What is wrong with the words for what the developer believed. */
export function beliefProblem(belief: string): Words | undefined {
  const text = belief.trim();
  if (text === "") return { en: "Say what its developer believed.", "zh-cn": "请写下开发者当时的想法。" };
  if (text.length > maxBelief) {
    const most = String(maxBelief);
    return { en: `It has at most ${most} characters.`, "zh-cn": `最多 ${most} 个字符。` };
  }
  return /[\r\n]/.test(text) || hiddenCharacter(text) !== undefined
    ? { en: "It is one line of text.", "zh-cn": "只能是一行文字。" }
    : undefined;
}

/** @param mistake with a name and a belief that have no problem */
export function recordMistake({ name, belief, code, failed }: MistakeToRecord): RecordedMistake {
  const file = `mistakes/${name}.ts`;
  const [first = "", ...rest] = code.replace(/^\uFEFF/, "").split("\n");
  // A mistake that was changed and is recorded anew has a label, which is not its own any more.
  const own = parseMistake(file, `${name}.ts`, first).ok ? rest.join("\n") : [first, ...rest].join("\n");
  const end = own.endsWith("\n") ? "" : "\n";
  return { file, text: `// diagnosis: ${failed.failure.diagnosis} - ${belief.trim()}\n${own}${end}` };
}

/** "timer-still-armed: test “ends-with-the-signal”, schedule i2-00, at 10 ms" */
export function describeRecorded({ name, failure }: FailedTest, locale: Locale): string {
  const { diagnosis, schedule, at } = failure;
  return locale === "en"
    ? `${diagnosis}: test “${name}”, schedule ${schedule}, at ${String(at)} ms`
    : `${diagnosis}：测试“${name}”，调度 ${schedule}，第 ${String(at)} 毫秒`;
}
