import assert from "node:assert/strict";
import { test } from "node:test";
import type { TraceEvent } from "../../../../src/protocol/trace.ts";
import { lightsFor } from "../../../../webview/lesson/lightUp.ts";

function event(type: TraceEvent["type"], kind: TraceEvent["kind"], label: string): TraceEvent {
  return { seq: 0, at: 0, type, kind, operation: 1, label };
}

test("a binding lights its element when type, kind and label meet", () => {
  const bindings = [
    { element: "request", on: { type: "start", kind: "fetch", label: "/prices" } },
    { element: "other", on: { type: "start", kind: "fetch", label: "/stock" } },
    { element: "timer", on: { type: "start", kind: "timer" } },
  ] as const;
  const lights = lightsFor(bindings, [event("start", "fetch", "/prices"), event("complete", "timer", "300 ms")]);
  assert.deepEqual([...lights], [["request", "active"]]);
});

test("the last event that meets a binding decides how its element is lit", () => {
  const bindings = [
    { element: "request", on: { type: "start" } },
    { element: "request", on: { type: "abort" } },
    { element: "request", on: { type: "fail" } },
  ] as const;
  const light = (...types: TraceEvent["type"][]): unknown =>
    lightsFor(
      bindings,
      types.map((type) => event(type, "fetch", "")),
    ).get("request");
  assert.equal(light("start"), "active");
  assert.equal(light("start", "abort"), "stopped");
  assert.equal(light("start", "fail"), "broken");
});

test("a star in a pattern stands for any text", () => {
  const meets = (label: string, text: string): boolean =>
    lightsFor([{ element: "x", on: { type: "start", label } }], [event("start", "fetch", text)]).has("x");
  assert.ok(meets("*", ""));
  assert.ok(meets("/users/*", "/users/7"));
  assert.ok(meets("*/7", "/users/7"));
  assert.ok(meets("/a*b*c", "/a-b-b-c"));
  assert.ok(!meets("/users/*", "/orders/7"));
  assert.ok(!meets("ab*ba", "aba"), "the ends may not overlap");
  assert.ok(!meets("a.c", "abc"), "nothing but the star is special");
});
