import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnoses } from "../../../src/core/verdict/diagnoses.ts";
import { exportLine } from "../../../src/core/lesson/lessonExports.ts";
import { readCatalog, readLesson } from "../../../src/core/lesson/lessonFiles.ts";
import { messageId, parseIntent } from "../../../src/core/lessonPanel/lessonPanelIntent.ts";
import {
  type GradingState,
  longestProse,
  panelState,
  renderLesson,
} from "../../../src/core/lessonPanel/lessonPanelState.ts";
import { lessonPanelStrings } from "../../../src/core/lessonPanel/lessonPanelStrings.ts";
import { tellEvent } from "../../../src/core/verdict/lessonStory.ts";
import {
  describeOrders,
  describeStanding,
  describeVerdict,
  formatDuration,
} from "../../../src/core/verdict/lessonVerdictText.ts";
import type { LessonChanges } from "../../../src/core/packs/packChanges.ts";
import { Progress } from "../../../src/core/progress/progress.ts";
import { diagnosisIds } from "../../../src/protocol/diagnosis.ts";
import type { TraceEvent } from "../../../src/protocol/trace.ts";
import type { ScheduleCount, TestVerdict, Verdict } from "../../../src/protocol/verdict.ts";
import { type Locale, locales } from "../../../src/protocol/words.ts";
import { memoryReader } from "./lessonSamples.ts";
import { parseToLessonPanel } from "../../../webview/lesson/parseMessage.ts";

const all = (run: number): ScheduleCount => ({ run, total: run, exhaustive: true, deviations: 3 });
const event: TraceEvent = { seq: 0, at: 30, type: "complete", kind: "timer", operation: 1, label: "sleep 30", line: 4 };
const passed: TestVerdict = {
  name: "waits",
  title: { en: "waits", "zh-cn": "等待" },
  status: "passed",
  schedules: all(24),
  output: [],
};
const failed: TestVerdict = {
  ...passed,
  name: "clears",
  status: "failed",
  failure: {
    diagnosis: "timer-still-armed",
    message: { en: "One timer is armed.", "zh-cn": "还有一个定时器。" },
    schedule: "i2-00",
    at: 30,
    source: { line: 4, column: 3 },
    trace: Array.from({ length: 230 }, (_, seq) => ({ ...event, seq })),
  },
};
const verdict: Verdict = { version: 1, lesson: "sleep", passed: false, durationMs: 412, tests: [passed, failed] };

async function state(grading: GradingState, locale: Locale = "en", progress = Progress.of(), changes?: LessonChanges) {
  const [lesson, catalog] = [await readLesson(memoryReader(), "sleep"), await readCatalog(memoryReader())];
  assert.ok(lesson.ok && catalog.ok);
  return panelState({
    locale,
    catalog: catalog.value,
    lesson: lesson.value,
    rendered: renderLesson(lesson.value, locale),
    titleOf: (id) => (id === "retry" ? { en: "Retry", "zh-cn": "重试" } : undefined),
    progress,
    grading,
    canRestore: true,
    canPlay: true,
    next: { lesson: "retry", why: { en: "Next in this track", "zh-cn": "本方向的下一课" } },
    changes,
  });
}

test("what has changed since the learner passed is told in one language, and nothing where nothing has", async () => {
  const text = { en: "The reason counts.", "zh-cn": "原因也算。" };
  const changes: LessonChanges = { passed: "1.0.0", now: "1.2.0", changes: [{ version: "1.2.0", text }] };
  const view = await state({ kind: "none" }, "zh-cn", Progress.of(), changes);
  assert.deepEqual(view.changes, {
    headline: "你通过之后，这一课有改动（当时是 1.0.0 版，现在是 1.2.0 版）",
    changes: [{ version: "1.2.0", text: "原因也算。" }],
  });
  assert.notEqual(parseToLessonPanel({ type: "state", state: view }), undefined);
  assert.ok(!("changes" in (await state({ kind: "none" }))));
});

test("the panel shows the lesson in one language, hints as far as they were revealed", async () => {
  const hint = { id: "a", at: 1, lesson: "sleep", type: "hint-shown", hint: 2 } as const;
  const view = await state({ kind: "none" }, "zh-cn", Progress.of([hint]));
  assert.equal(view.lesson.title, "Sleep（中）");
  assert.equal(view.lesson.minutes, "20 分钟");
  assert.equal(view.lesson.track, "Basics（中）");
  assert.deepEqual(view.lesson.prerequisites, [{ lesson: "retry", title: "重试", passed: false }]);
  assert.deepEqual(view.next, { lesson: "retry", title: "重试", passed: false, why: "本方向的下一课" });
  assert.equal(view.hints.shown.length, 2);
  assert.equal(view.hints.total, 3);
  assert.equal(view.progress.status, "in-progress");
});

test("a diagram says whether a run can light it, and a failure what it lights", async () => {
  const view = await state({ kind: "graded", verdict, stale: false });
  assert.equal(view.lesson.diagrams[0]?.bound, true);
  const failure = view.result.kind === "graded" ? view.result.tests[0]?.failure : undefined;
  // Of the whole trace, not only of the events that the story shows.
  assert.deepEqual(failure?.lights, [
    { file: "flow.mmd", parts: [{ element: "timer", light: "active", count: 230, current: false }] },
  ]);
});

test("failed tests come first, with their story cut to what can be read", async () => {
  const view = await state({ kind: "graded", verdict, stale: true });
  assert.ok(view.result.kind === "graded");
  assert.equal(view.result.headline, "1 of 2 tests failed");
  assert.equal(view.result.duration, "412 ms");
  assert.ok(view.result.stale);
  const [first, second] = view.result.tests;
  assert.equal(first?.name, "clears");
  assert.equal(second?.orders, "all 24 orders");
  const failure = first.failure ?? assert.fail();
  assert.equal(failure.place, "exercise.ts, line 4");
  assert.equal(failure.story.length, 200);
  assert.equal(failure.storyOmitted, 30);
  assert.deepEqual(failure.story[0], { at: "30 ms", text: "timer sleep 30 fires", line: 4, event });
});

test("a file that could not be graded shows why and where", async () => {
  const message = { en: "Unexpected token.", "zh-cn": "语法错误。" };
  const error = { code: "syntax-error", message, source: { line: 7, column: 1 } } as const;
  const view = await state({ kind: "graded", verdict: { ...verdict, tests: [], error }, stale: false }, "zh-cn");
  assert.ok(view.result.kind === "graded");
  assert.equal(view.result.headline, "语法错误。");
  assert.deepEqual(view.result.error, {
    message: "语法错误。",
    source: { line: 7, column: 1 },
    place: "exercise.ts，第 7 行",
    stuck: false,
  });
});

test("only an endless loop can be debugged where it spins", async () => {
  const message = { en: "Stuck.", "zh-cn": "死循环。" };
  const stuck = { ...verdict, tests: [], error: { code: "endless-loop", message } } as const;
  const view = await state({ kind: "graded", verdict: stuck, stale: false }, "en");
  assert.ok(view.result.kind === "graded");
  assert.deepEqual(view.result.error, { message: "Stuck.", stuck: true });
});

test("counts of orders say whether that is all of them", () => {
  assert.equal(describeOrders(all(1), "en"), "the only order");
  assert.equal(describeOrders(all(2), "en"), "both orders");
  assert.equal(describeOrders(all(5040), "en"), "all 5,040 orders");
  const some = { run: 2000, total: null, exhaustive: false, deviations: 3 };
  assert.equal(describeOrders(some, "en"), "2,000 orders, up to 3 deviations");
  assert.equal(describeOrders({ ...some, deviations: 1 }, "en"), "2,000 orders, up to 1 deviation");
  assert.equal(describeOrders(some, "zh-cn"), "2,000 种顺序，最多 3 处偏离");
  const classes = { run: 14, total: 14, exhaustive: true, reduced: true, deviations: 0 } as const;
  assert.equal(describeOrders(classes, "en"), "all 14 orders that can differ");
  assert.equal(describeOrders(classes, "zh-cn"), "全部 14 种会产生差别的顺序");
  assert.equal(describeOrders({ ...classes, run: 1 }, "en"), "one order, all others come to the same");
  const good: Verdict = { ...verdict, passed: true, tests: [passed, passed] };
  assert.equal(describeVerdict(good, "en"), "Passed: 2 tests, all 48 orders");
  assert.equal(describeStanding(good, "zh-cn"), "已通过");
  assert.equal(describeStanding(verdict, "en"), "1 failed");
  assert.equal(formatDuration(1234, "en"), "1.2 s");
});

test("every event, diagnosis and word of the panel is there in both languages", () => {
  const types: readonly TraceEvent["type"][] = [
    "call",
    "settle",
    "start",
    "complete",
    "fail",
    "abort",
    "clear",
    "cancel",
    "console",
    "finding",
  ];
  for (const locale of locales) {
    for (const type of types) assert.match(tellEvent({ ...event, type, detail: "why" }, locale), /\S/);
    for (const id of diagnosisIds) assert.match(diagnoses[id].explanation[locale], /[.。]$/);
    for (const word of Object.values<string>({ ...lessonPanelStrings[locale] })) assert.match(word, /\S/);
  }
  for (const [key, english] of Object.entries<string>({ ...lessonPanelStrings.en })) {
    const chinese = lessonPanelStrings["zh-cn"][key as keyof typeof lessonPanelStrings.en];
    assert.deepEqual(chinese.match(/\{\d\}/g)?.sort(), english.match(/\{\d\}/g)?.sort(), key);
  }
});

test("only intents come through from the page", () => {
  assert.deepEqual(parseIntent({ type: "run", id: 1 }), { type: "run", id: 1 });
  const source = { line: 3, column: 1 };
  assert.deepEqual(parseIntent({ type: "revealSource", id: 2, source }), { type: "revealSource", id: 2, source });
  const bad: readonly unknown[] = [
    null,
    "run",
    { type: "run" },
    { type: "run", id: 0 },
    { type: "run", id: 1, command: "workbench.action.quit" },
    { type: "executeCommand", id: 1 },
    { type: "revealSource", id: 1, source: { line: 0, column: 1 } },
    { type: "setLanguage", id: 1, language: "fr" },
    { type: "openLesson", id: 1, lesson: "x".repeat(201) },
  ];
  for (const message of bad) assert.equal(parseIntent(message), undefined, JSON.stringify(message));
  assert.equal(messageId({ type: "executeCommand", id: 4 }), 4);
  assert.equal(messageId({ type: "run" }), undefined);
});

test("finds where an exercise declares what it exports", () => {
  const text = "import x\n\nexport interface Scope {}\nexport async function sleep() {}\nexport class Pool {}\n";
  assert.equal(exportLine(text, ["sleep"]), 4);
  assert.equal(exportLine(text, ["Pool"]), 5);
  assert.equal(exportLine(text, ["Missing"]), 1);
  assert.equal(exportLine("", ["sleep"]), 1);
});

test("a text, a diagram or code that is far too long is not rendered, and the text says so", async () => {
  const read = await readLesson(memoryReader(), "sleep");
  assert.ok(read.ok);
  const long = "[x](x.ts) *a* ".repeat(400_000);
  for (const locale of locales) {
    const { html, hints } = renderLesson({ ...read.value, text: { en: long, "zh-cn": long } }, locale);
    assert.match(html, locale === "en" ? /^<p>.*too long.*<\/p>$/ : /^<p>.*太长.*<\/p>$/);
    assert.deepEqual(hints, []);
  }
  const text = `# T\n\n![x](original.go)\n\n${"a ".repeat(10)}`;
  const code = renderLesson({ ...read.value, text: { en: text, "zh-cn": text }, original: long }, "en").html;
  assert.ok(code.length < longestProse && code.includes("…"));
});
