import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonPanelStrings } from "../../../../src/core/lessonPanel/lessonPanelStrings.ts";
import type { LessonPanelState } from "../../../../src/protocol/lessonPanelMessages.ts";
import { parseMemory, parseToLessonPanel } from "../../../../webview/lesson/parseMessage.ts";

const state: LessonPanelState = {
  locale: "en",
  strings: lessonPanelStrings.en,
  lesson: {
    ...{ id: "x", title: "X", summary: "", track: "", level: "", minutes: "", prerequisites: [], html: "" },
    diagrams: [{ file: "a.mmd", title: "", description: "", source: "", bound: true }],
  },
  progress: { status: "not-started", text: "" },
  result: { kind: "running", headline: "", progress: { done: 1, total: 2 } },
  hints: { shown: [], total: 3 },
  exercise: { name: "exercise.ts", canRestore: false, canPlay: true },
};

test("a whole state passes", () => {
  assert.deepEqual(parseToLessonPanel({ type: "state", state }), { type: "state", state });
  const result = { kind: "graded", passed: true, headline: "", duration: "", stale: false, tests: [] } as const;
  assert.ok(parseToLessonPanel({ type: "state", state: { ...state, result } }));
});

test("a state with a part missing or of another type does not", () => {
  for (const key of Object.keys(state)) {
    assert.equal(parseToLessonPanel({ type: "state", state: { ...state, [key]: undefined } }), undefined, key);
    assert.equal(parseToLessonPanel({ type: "state", state: { ...state, [key]: 7 } }), undefined, key);
  }
  const halfTest = { name: "a", title: "A", passed: true, orders: "" };
  const result = { kind: "graded", passed: true, headline: "", duration: "", stale: false, tests: [halfTest] };
  assert.equal(parseToLessonPanel({ type: "state", state: { ...state, result } }), undefined);
});

test("announce and reveal pass, anything else does not", () => {
  assert.deepEqual(parseToLessonPanel({ type: "announce", text: "Copied" }), { type: "announce", text: "Copied" });
  assert.deepEqual(parseToLessonPanel({ type: "reveal", part: "hints" }), { type: "reveal", part: "hints" });
  const strange = [undefined, null, 1, "state", [], {}, { type: "eval" }, { type: "reveal", part: "x" }];
  for (const data of [...strange, { type: "announce" }, { type: "reveal", part: "toString" }]) {
    assert.equal(parseToLessonPanel(data), undefined, JSON.stringify(data));
  }
});

test("a moment passes whole or not at all, and so does that there is none", () => {
  const part = { element: "a", light: "broken", count: 2, current: true };
  const diagram = { file: "a.mmd", parts: [part], previous: 1, next: 9, position: "2 of 4" };
  const moment = { title: "t", whole: false, event: "e", diagrams: [diagram] };
  assert.deepEqual(parseToLessonPanel({ type: "moment", moment }), { type: "moment", moment });
  assert.deepEqual(parseToLessonPanel({ type: "moment" }), { type: "moment" });
  for (const changed of [
    null,
    { ...moment, title: 1 },
    { ...moment, whole: undefined },
    { ...moment, diagrams: [{ ...diagram, next: -1 }] },
    { ...moment, diagrams: [{ ...diagram, parts: [{ ...part, light: "red" }] }] },
    { ...moment, diagrams: [{ ...diagram, parts: [{ ...part, count: 1.5 }] }] },
  ])
    assert.equal(parseToLessonPanel({ type: "moment", moment: changed }), undefined, JSON.stringify(changed));
});

test("the memory of an earlier page is taken only where it is whole", () => {
  const memory = { lesson: "x", scrollTop: 12, tab: "ts", anchor: { line: 3, offset: -4 }, open: { a: true } };
  assert.deepEqual(parseMemory(memory), memory);
  assert.ok(parseMemory({ lesson: "x", scrollTop: 0 }));
  for (const data of [
    undefined,
    {},
    { ...memory, tab: "c" },
    { ...memory, open: { a: 1 } },
    { ...memory, anchor: 3 },
  ]) {
    assert.equal(parseMemory(data), undefined);
  }
});
