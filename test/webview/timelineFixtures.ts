/** States of the timeline's page, of runs that the world really made. */
import assert from "node:assert/strict";
import { timelineState } from "../../src/core/timelinePanel/timelineState.ts";
import type { ShownRun } from "../../src/protocol/shownRun.ts";
import type { TimelineState } from "../../src/protocol/timelineMessages.ts";
import type { Trace, TraceEvent } from "../../src/protocol/trace.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { checkProgram, replayProgram, type Simulation } from "../../src/world/checkProgram.ts";

const options = { drain: () => new Promise<void>((done) => setImmediate(done)) };

/** Three pieces of work under a deadline: where the second is answered first, a timer is left armed. */
async function fanOut(t: Simulation): Promise<void> {
  await t.call("fanOut", async () => {
    const deadline = new t.AbortController();
    const timer = t.setTimeout(() => {
      deadline.abort(new Error("too late"));
    }, 100);
    const { signal } = deadline;
    const retry = t.setTimeout(() => undefined, 1000);
    const slow = t.work({ label: "dial c", latency: 400, signal, answer: () => "c" }).catch(() => undefined);
    const races = ["a", "b"].map((name) =>
      t.work({ label: `fetch https://${name}.example/`, latency: [10, 60], signal, answer: () => name }),
    );
    const first = await Promise.race(races);
    await Promise.all([...races, slow]);
    t.clearTimeout(timer);
    if (first === "a") t.clearTimeout(retry);
  });
}

/** The line of the exercise that each of its operations would have. */
const lines: Readonly<Record<string, number>> = { timer: 7, work: 12 };

function placed(trace: Trace): Trace {
  return trace.map((event): TraceEvent => {
    const line = event.type === "finding" ? lines["timer"] : lines[event.kind];
    return line === undefined ? event : { ...event, line };
  });
}

export async function failingRun(): Promise<ShownRun> {
  const { failure } = await checkProgram(fanOut, options);
  assert.ok(failure);
  const natural = await replayProgram(fanOut, "i2-", options);
  const { finding, schedule, trace } = failure;
  return {
    ...{ lesson: "fan-out-with-timeout", test: "any-order", origin: "failure", live: false, exercise: "" },
    title: { en: "Whichever answers first", "zh-cn": "谁先应答都成立" },
    schedule,
    trace: placed(trace),
    failure: { ...finding, schedule, at: finding.at } as ShownRun["failure"] & object,
    natural: placed(natural.trace),
  };
}

export function stateOf(
  run: ShownRun | undefined,
  locale: Locale = "en",
  rest: Partial<TimelineState> = {},
): TimelineState {
  const lesson = { en: "Fan-out with a timeout", "zh-cn": "带超时的扇出" };
  const editor = { lines: [], stale: false };
  return { ...timelineState({ locale, run, lesson, moment: undefined, editor, passed: false }), ...rest };
}

/** As many events as are asked for, with everything in it that a run can have. */
export function longTrace(count: number): Trace {
  const events: TraceEvent[] = [];
  const add = (event: Omit<TraceEvent, "seq">): number => events.push({ seq: events.length, ...event }) - 1;
  let operation = 0;
  for (let at = 0; events.length < count - 6; at += 3) {
    const started = [1, 2, 3].map(() => {
      const id = ++operation;
      const label = `fetch https://service-${String(id % 17)}.example/items/${String(id)}`;
      return { id, label, seq: add({ at, type: "start", kind: "fetch", operation: id, label, line: 5 + (id % 40) }) };
    });
    started.forEach(({ id, label, seq }, index) => {
      const type = id % 97 === 0 ? "fail" : id % 31 === 0 ? "abort" : "complete";
      add({ at: at + index, type, kind: "fetch", operation: id, label, cause: seq, line: 5 + (id % 40) });
    });
    if (operation % 300 === 0) add({ at, type: "console", kind: "console", operation: 0, label: `tick ${String(at)}` });
  }
  const end = events.at(-1)?.at ?? 0;
  while (events.length < count) {
    add({ at: end, type: "console", kind: "console", operation: 0, label: "done" });
  }
  return events;
}
