import assert from "node:assert/strict";
import { test } from "node:test";
import { bindingsOf, lightsAt, stepsFrom, touchesOf } from "../../../src/core/lessonPanel/diagramLights.ts";
import { momentView, touchDiagrams } from "../../../src/core/lessonPanel/diagramMoment.ts";
import { parseLessonMeta } from "../../../src/core/lesson/lessonSchema.ts";
import type { ShownRun } from "../../../src/protocol/shownRun.ts";
import type { Trace, TraceEvent } from "../../../src/protocol/trace.ts";
import { meta } from "./lessonSamples.ts";

type Parts = readonly [type: TraceEvent["type"], kind: TraceEvent["kind"], label: string];

/** Numbered by tens: of a long run the numbers of events that were left out are missing too. */
function trace(...events: readonly Parts[]): Trace {
  return events.map(([type, kind, label], place) => ({ seq: place * 10, at: place, type, kind, operation: 1, label }));
}

const bindings = [
  { element: "request", on: { type: "start", kind: "fetch", label: "/prices" } },
  { element: "request", on: { type: "start", kind: "fetch" } },
  { element: "request", on: { type: "fail" } },
  { element: "timer", on: { type: "complete", kind: "timer" } },
] as const;
const run = trace(
  ["start", "fetch", "/prices"],
  ["console", "console", "x"],
  ["start", "fetch", "/stock"],
  ["complete", "timer", "300 ms"],
  ["fail", "fetch", "/stock"],
);
const touches = touchesOf(bindings, run);

test("an event touches a part when type, kind and label of a binding meet it, and once only", () => {
  assert.deepEqual(
    touches.map(({ seq, element }) => [seq, element]),
    [
      [0, "request"],
      [20, "request"],
      [30, "timer"],
      [40, "request"],
    ],
  );
});

test("at a moment a part counts what happened up to it, has the light of the last, and is current at its own event", () => {
  const request = (moment: number | undefined): unknown =>
    lightsAt(touches, moment).find(({ element }) => element === "request");
  const part = { element: "request", light: "active", count: 1, current: false };
  assert.deepEqual(request(0), { ...part, current: true });
  assert.deepEqual(request(10), part, "an event that touches nothing changes nothing");
  assert.deepEqual(request(20), { ...part, count: 2, current: true });
  assert.deepEqual(request(40), { ...part, light: "broken", count: 3, current: true });
  assert.deepEqual(request(undefined), { ...part, light: "broken", count: 3 }, "the whole run has no current event");
  assert.deepEqual(lightsAt(touches, 10).length, 1, "what comes later is dark");
});

test("steps go to the nearest events that touch the diagram, and end at both ends", () => {
  assert.deepEqual(stepsFrom(touches, undefined), { previous: 40, next: 0, passed: 4, total: 4 });
  assert.deepEqual(stepsFrom(touches, 0), { next: 20, passed: 1, total: 4 });
  assert.deepEqual(stepsFrom(touches, 10), { previous: 0, next: 20, passed: 1, total: 4 });
  assert.deepEqual(stepsFrom(touches, 40), { previous: 30, passed: 4, total: 4 });
  assert.deepEqual(stepsFrom([], 40), { passed: 0, total: 0 });
});

test("every event type has a light", () => {
  const light = (type: TraceEvent["type"]): unknown =>
    lightsAt(touchesOf([{ element: "x", on: { type } }], trace([type, "fetch", ""])), undefined)[0]?.light;
  assert.deepEqual((["start", "settle", "hold", "abort", "clear", "finding"] as const).map(light), [
    ...["active", "active", "stopped", "stopped", "stopped", "broken"],
  ]);
});

const diagrams = (() => {
  const parsed = parseLessonMeta(JSON.stringify(meta), "lesson.json");
  return parsed.ok ? parsed.value.diagrams : assert.fail();
})();

test("bindings speak the words of the trace", () => {
  assert.deepEqual(bindingsOf(diagrams[0] ?? assert.fail()), [
    { element: "timer", on: { type: "complete", kind: "timer" } },
    { element: "e1", on: { type: "abort", kind: "fetch", label: "fetch /*" } },
    { element: "leak", on: { type: "finding" } },
  ]);
});

test("a moment is told in words of the lesson's language, with what each bound diagram shows", () => {
  const shown: ShownRun = {
    ...{ lesson: "sleep", test: "t", title: { en: "Sleeps", "zh-cn": "休眠" }, exercise: "", live: false },
    ...{ origin: "replay", schedule: "i2-", trace: run },
  };
  const unbound = { ...(diagrams[0] ?? assert.fail()), file: "other.mmd", bindings: [] };
  const touched = touchDiagrams(shown, [...diagrams, unbound]);
  assert.deepEqual(momentView(touched, 30, "en"), {
    title: "Natural order · Sleeps",
    whole: false,
    event: "3 ms · timer 300 ms fires",
    diagrams: [
      {
        file: "flow.mmd",
        parts: [{ element: "timer", light: "active", count: 1, current: true }],
        position: "1 of 1",
      },
    ],
  });
  const whole = momentView(touched, undefined, "zh-cn");
  assert.deepEqual(
    [whole.title, whole.whole, whole.event, whole.diagrams[0]?.position],
    ["自然顺序 · 休眠", true, undefined, "第 1 步，共 1 步"],
  );
  assert.equal(momentView(touched, 7, "en").event, undefined, "an event that was left out has no words");
});

test("a star in a pattern stands for any text", () => {
  const meets = (label: string, text: string): boolean =>
    touchesOf([{ element: "x", on: { type: "start", label } }], trace(["start", "fetch", text])).length > 0;
  assert.ok(meets("*", ""));
  assert.ok(meets("/users/*", "/users/7"));
  assert.ok(meets("*/7", "/users/7"));
  assert.ok(meets("/a*b*c", "/a-b-b-c"));
  assert.ok(!meets("/users/*", "/orders/7"));
  assert.ok(!meets("ab*ba", "aba"), "the ends may not overlap");
  assert.ok(!meets("a.c", "abc"), "nothing but the star is special");
});
