// What a debugged run writes down, read while it is being written.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TraceEvent } from "../../../src/protocol/trace.ts";
import { DebugRecords } from "../../../src/runner/debugRecords.ts";

function event(seq: number, more: Partial<TraceEvent> = {}): TraceEvent {
  return { seq, at: seq, type: "start", kind: "timer", operation: seq + 1, label: "t", ...more };
}

function line(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

test("events are there as soon as their line is whole, and what is told again replaces what was told", () => {
  const records = new DebugRecords();
  const text = line({ type: "happened", event: event(0) });
  records.push(text.slice(0, 20));
  assert.deepEqual(records.trace, []);
  records.push(text.slice(20) + line({ type: "happened", event: event(1) }));
  records.push(line({ type: "happened", event: event(0, { detail: "more" }) }));
  assert.deepEqual(records.trace, [event(0, { detail: "more" }), event(1)]);
  assert.equal(records.end, undefined);
});

test("the end has the last word; what is no message is passed over", () => {
  const records = new DebugRecords();
  records.push(line({ type: "happened", event: event(0) }));
  records.push(`}\n${line({ type: "happened", event: { seq: 1 } })}${line({ type: "ran" })}`);
  assert.deepEqual(records.trace, [event(0)]);
  records.push(line({ type: "done", trace: [event(0), event(7)], output: [] }));
  assert.deepEqual(records.trace, [event(0), event(7)]);
  assert.equal(records.end?.type, "done");
});

test("of a long run the first and the last events are kept, as in its own trace", () => {
  const records = new DebugRecords();
  for (let seq = 0; seq < 6000; seq++) records.push(line({ type: "happened", event: event(seq) }));
  const seqs = records.trace.map(({ seq }) => seq);
  assert.deepEqual([seqs.length, seqs[0], seqs[999], seqs[1000], seqs.at(-1)], [5000, 0, 999, 2000, 5999]);
});
