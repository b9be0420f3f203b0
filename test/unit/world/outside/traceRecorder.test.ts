// Whoever follows a run hears of each event when it happens, and once more when more of it is known.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TraceEvent } from "../../../../src/protocol/trace.ts";
import { TraceRecorder } from "../../../../src/world/outside/traceRecorder.ts";

test("events are told as they happen, and again as they become known; what is told last is what is told at the end", () => {
  const trace = new TraceRecorder(true);
  const told: TraceEvent[] = [];
  trace.introduce(1, { kind: "fetch", label: "a", line: 3 });
  trace.add(0, "start", 1);
  trace.follow((event) => told.push(event));
  assert.deepEqual(told, trace.tell(), "what has happened already is told at once");

  trace.turn(0);
  const end = trace.add(5, "complete", 1);
  assert.deepEqual(told.at(-1), {
    seq: 1,
    at: 5,
    type: "complete",
    kind: "fetch",
    operation: 1,
    label: "a",
    cause: 0,
    line: 3,
  });
  trace.note({ detail: "200" });
  assert.equal(told.at(-1)?.detail, "200");
  trace.reviseAsFailure(end);
  assert.equal(told.at(-1)?.type, "fail");
  trace.reviseAsFailure(0);
  assert.deepEqual(
    told.map(({ seq }) => seq),
    [0, 1, 1, 1],
    "what has not changed is not told again",
  );
  assert.deepEqual([told[0], told.at(-1)], trace.tell());
});
