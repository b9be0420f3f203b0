/** View models of the lesson panel in each of its states, made by core from a real lesson and made-up verdicts. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../scripts/lib/paths.mjs";
import type { Lesson } from "../../src/core/lesson/lessonFiles.ts";
import { type GradingState, panelState, renderLesson } from "../../src/core/lessonPanel/lessonPanelState.ts";
import { parseLessonMeta } from "../../src/core/lesson/lessonSchema.ts";
import { Progress } from "../../src/core/progress/progress.ts";
import type { LessonPanelState } from "../../src/protocol/lessonPanelMessages.ts";
import type { Trace, TraceEvent } from "../../src/protocol/trace.ts";
import type { TestVerdict, Verdict } from "../../src/protocol/verdict.ts";
import type { Locale, Words } from "../../src/protocol/words.ts";

export const situations = ["idle", "running", "failed", "error", "passed"] as const;
export type Situation = (typeof situations)[number];

export const fanOut = "fan-out-with-timeout";

const titles: Readonly<Record<string, Words>> = {
  "context-tree": { en: "A tree of contexts", "zh-cn": "上下文树" },
  [fanOut]: { en: "Fan-out with a timeout", "zh-cn": "带超时的扇出" },
  "connection-pool": { en: "A connection pool", "zh-cn": "连接池" },
};

export async function loadLesson(id: string): Promise<Lesson> {
  const read = (name: string): Promise<string> => readFile(join(root, "lessons", id, name), "utf8");
  const meta = parseLessonMeta(await read("lesson.json"), "lesson.json");
  if (!meta.ok) throw new Error(JSON.stringify(meta));
  const diagrams = meta.value.diagrams.map(async ({ file }) => ({ file, source: await read(`diagrams/${file}`) }));
  return {
    meta: meta.value,
    text: { en: await read("lesson.en.md"), "zh-cn": await read("lesson.zh-cn.md") },
    diagrams: await Promise.all(diagrams),
    original: await read("original.go"),
    exercise: "",
    solution: "",
    spec: "",
  };
}

export function makeState(
  lesson: Lesson,
  situation: Situation,
  locale: Locale = "en",
  stale = false,
): LessonPanelState {
  const { id } = lesson.meta;
  const hints = situation === "failed" ? 2 : situation === "passed" ? 3 : 0;
  const progress = Progress.of([
    { id: "1", at: 1, lesson: id, type: "opened" },
    ...(hints > 0 ? [{ id: "2", at: 2, lesson: id, type: "hint-shown" as const, hint: hints }] : []),
    ...(situation === "passed"
      ? [{ id: "3", at: 3, lesson: id, type: "graded" as const, passed: true, diagnoses: [] }]
      : []),
    { id: "4", at: 4, lesson: "context-tree", type: "graded", passed: true, diagnoses: [] },
  ]);
  return panelState({
    locale,
    catalog: {
      version: 1,
      tracks: [
        {
          id: lesson.meta.track,
          title: { en: "Fan-out and fan-in", "zh-cn": "扇出与扇入" },
          summary: { en: "", "zh-cn": "" },
          lessons: ["context-tree", fanOut, "connection-pool"],
        },
      ],
    },
    lesson,
    rendered: renderLesson(lesson, locale),
    titleOf: (each) => titles[each],
    progress,
    grading: gradingOf(id, situation, stale),
    canRestore: situation === "failed",
    canPlay: true,
    next: { lesson: "connection-pool", why: { en: "Next in this track", "zh-cn": "本方向的下一课" } },
  });
}

function gradingOf(lesson: string, situation: Situation, stale: boolean): GradingState {
  if (situation === "idle") return { kind: "none" };
  if (situation === "running") return { kind: "running", done: 2, total: 6 };
  return { kind: "graded", verdict: verdicts[situation](lesson), stale };
}

const verdicts: Readonly<Record<"failed" | "error" | "passed", (lesson: string) => Verdict>> = {
  passed: (lesson) => ({
    version: 1,
    lesson,
    passed: true,
    durationMs: 412,
    tests: [quickest, partial, abandoned, everyOrder].map(passedTest),
  }),
  failed: (lesson) => ({
    version: 1,
    lesson,
    passed: false,
    durationMs: 1380,
    tests: [timerTest, valuesTest, ...[partial, abandoned, everyOrder].map(passedTest)],
  }),
  error: (lesson) => ({
    version: 1,
    lesson,
    passed: false,
    durationMs: 31,
    tests: [],
    error: {
      code: "syntax-error",
      message: { en: "exercise.ts does not parse: ')' expected.", "zh-cn": "exercise.ts 无法解析：缺少 ')'。" },
      source: { line: 23, column: 17 },
    },
  }),
};

const quickest: Words = { en: "Every body arrives in time", "zh-cn": "所有正文都及时到达" };
const partial: Words = {
  en: "The deadline strikes: what arrived is kept, the rest is aborted",
  "zh-cn": "截止时间到：已到的保留，其余中止",
};
const abandoned: Words = { en: "The caller gives up at any moment", "zh-cn": "调用方随时放弃" };
const everyOrder: Words = {
  en: "Six servers, each may fail, in every order in which they could answer",
  "zh-cn": "六个服务，每个都可能失败，按每一种可能的应答顺序",
};

function passedTest(title: Words, index: number): TestVerdict {
  const schedules = [
    { run: 24, total: 24, exhaustive: true, deviations: 3 },
    { run: 120, total: 120, exhaustive: true, deviations: 4 },
    { run: 2000, total: null, exhaustive: false, deviations: 3 },
  ];
  const schedule = schedules[index % schedules.length];
  if (schedule === undefined) throw new Error("no schedule");
  const output = index === 0 ? ["results: 3", "error: undefined"] : [];
  return { name: `test-${String(index)}`, title, status: "passed", schedules: schedule, output };
}

type EventParts = [at: number, type: TraceEvent["type"], kind: TraceEvent["kind"], operation: number, label: string];

function event(
  [at, type, kind, operation, label]: EventParts,
  seq: number,
  line?: number,
  detail?: string,
): TraceEvent {
  return {
    ...{ seq, at, type, kind, operation, label },
    ...(line === undefined ? {} : { line }),
    ...(detail === undefined ? {} : { detail }),
  };
}

const storyOfTimer: Trace = [
  event([0, "call", "call", 1, "fanOutFetch(3 urls, 300 ms)"], 0),
  event([0, "start", "timer", 2, "300 ms"], 1, 8),
  event([0, "start", "fetch", 3, "/prices"], 2, 14),
  event([0, "start", "fetch", 4, "/stock"], 3, 14),
  event([0, "start", "fetch", 5, "/reviews"], 4, 14),
  event([30, "complete", "fetch", 4, "/stock"], 5, 14, "200"),
  event([30, "start", "body", 6, "/stock"], 6, 16),
  event([45, "fail", "fetch", 5, "/reviews"], 7, 14, "connection reset"),
  event([60, "complete", "body", 6, "/stock"], 8, 16, "412 bytes"),
  event([80, "cancel", "signal", 0, "caller"], 9, undefined, "AbortError"),
  event([80, "abort", "fetch", 3, "/prices"], 10, 14),
  event([80, "settle", "call", 1, "fanOutFetch"], 11, undefined, "1 result, AbortError"),
  event([80, "finding", "finding", 2, "timer-still-armed"], 12, 8),
];

export const timerTest: TestVerdict = {
  name: "no-timer-left",
  title: { en: "Nothing is left behind when the caller gives up", "zh-cn": "调用方放弃之后什么都不留下" },
  status: "failed",
  schedules: { run: 37, total: 148, exhaustive: false, deviations: 2 },
  failure: {
    diagnosis: "timer-still-armed",
    message: {
      en: "After fanOutFetch had settled, the timer of line 8 was still going to fire 220 ms later.",
      "zh-cn": "fanOutFetch 已经有了结果，第 8 行的计时器却还要在 220 毫秒之后触发。",
    },
    schedule: "1.0.2.c1.f2",
    at: 80,
    source: { line: 8, column: 17 },
    trace: storyOfTimer,
  },
  output: ["stock arrived", "giving up: AbortError"],
};

const valuesTest: TestVerdict = {
  name: "order-of-arrival",
  title: { en: "Results come in the order of arrival", "zh-cn": "结果按到达的先后排列" },
  status: "failed",
  schedules: { run: 2, total: 6, exhaustive: false, deviations: 1 },
  failure: {
    diagnosis: "wrong-result",
    message: {
      en: "The bodies came back in the order of the URLs, not in the order in which they arrived.",
      "zh-cn": "正文按 URL 的次序返回，而不是按到达的次序。",
    },
    schedule: "1.1",
    at: 60,
    source: { line: 31, column: 3 },
    expected: 'results: [\n  "stock",\n  "prices",\n  "reviews",\n]\nerror: undefined',
    actual: 'results: [\n  "prices",\n  "stock",\n  "reviews",\n]\nerror: undefined',
    trace: storyOfTimer.slice(0, 6),
  },
  output: [],
};
