/** Small traces for the tests of the timeline. */
import type { Trace, TraceEvent } from "../../../../src/protocol/trace.ts";

type Part = Omit<TraceEvent, "seq" | "label" | "kind"> & Partial<Pick<TraceEvent, "label" | "kind">>;

/** Numbers the events; a kind and a label where the test does not care. */
export function traceOf(...parts: readonly Part[]): Trace {
  return parts.map((part, seq) => ({ kind: "fetch", label: `op ${String(part.operation)}`, ...part, seq }));
}

/** A call with a deadline that aborts one of two fetches; another timer is left armed, and found. */
export const deadlineTrace = traceOf(
  { at: 0, type: "call", operation: 1, kind: "call", label: "load" },
  { at: 0, type: "start", operation: 2, kind: "timer", label: "setTimeout 50 ms", line: 3 },
  { at: 0, type: "start", operation: 3, label: "fetch /a", line: 5 },
  { at: 0, type: "start", operation: 4, label: "fetch /b", line: 5 },
  { at: 0, type: "start", operation: 5, kind: "timer", label: "setTimeout 900 ms", line: 4 },
  { at: 20, type: "complete", operation: 3, label: "fetch /a", cause: 2, line: 5 },
  { at: 50, type: "complete", operation: 2, kind: "timer", label: "setTimeout 50 ms", cause: 1, line: 3 },
  { at: 50, type: "abort", operation: 4, label: "fetch /b", cause: 6, line: 5 },
  { at: 50, type: "settle", operation: 1, kind: "call", label: "load", cause: 6, detail: "fulfilled" },
  { at: 50, type: "finding", operation: 0, kind: "finding", label: "timer-still-armed", cause: 6, line: 4 },
);
