// A trace as lanes, bars and marks: of a small run in full, and of what a real world tells.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  causesOf,
  consequencesOf,
  directConsequencesOf,
  firstDifference,
} from "../../../../src/core/timeline/causes.ts";
import type { Lane } from "../../../../src/core/timeline/lane.ts";
import { placeOf, type TimelineModel, timelineModel } from "../../../../src/core/timeline/timelineModel.ts";
import { checkProgram } from "../../../../src/world/checkProgram.ts";
import { deadlineTrace, traceOf } from "./traces.ts";

function lanesOf(model: TimelineModel): readonly Lane[] {
  return Array.from({ length: model.laneCount }, (_, place) => model.lane(place)).filter((lane) => lane !== undefined);
}

const membersOf = (set: Uint8Array): readonly number[] => [...set.keys()].filter((place) => set[place] === 1);

test("each operation and call has a lane, with bars that say how they ended", () => {
  const model = timelineModel(deadlineTrace);
  assert.deepEqual(
    lanesOf(model).map(({ name, line, bars }) => ({ name, line, bars })),
    [
      { name: "load", line: undefined, bars: [{ from: 0, to: 8, ending: "completed" }] },
      { name: "timer setTimeout 50 ms", line: 3, bars: [{ from: 1, to: 6, ending: "completed" }] },
      { name: "fetch /a", line: 5, bars: [{ from: 2, to: 5, ending: "completed" }] },
      { name: "fetch /b", line: 5, bars: [{ from: 3, to: 7, ending: "aborted" }] },
      { name: "timer setTimeout 900 ms", line: 4, bars: [{ from: 4, to: 9, ending: "leaked" }] },
    ],
  );
  assert.deepEqual([...model.laneOf], [0, 1, 2, 3, 4, 2, 1, 3, 0, -1]);
  assert.deepEqual(model.marks, { finding: [9], cancel: [], deadline: [6], console: [] });
  assert.equal(model.end, 50);
  assert.equal(model.gap, undefined);
  assert.equal(model.lane(5), undefined);
});

test("an interval has a bar for each time that it was armed, and what is held is told from where", () => {
  const interval = { operation: 1, kind: "timer", label: "setInterval 5 ms" } as const;
  const model = timelineModel(
    traceOf(
      { ...interval, at: 0, type: "start" },
      { ...interval, at: 5, type: "complete", cause: 0 },
      { ...interval, at: 5, type: "start", cause: 1 },
      { at: 6, type: "start", operation: 2 },
      { at: 7, type: "hold", operation: 2, cause: 3 },
      { ...interval, at: 8, type: "clear" },
    ),
  );
  assert.deepEqual(
    lanesOf(model).map(({ bars }) => bars),
    [
      [
        { from: 0, to: 1, ending: "completed" },
        { from: 2, to: 5, ending: "cleared" },
      ],
      [{ from: 3, to: 5, ending: "running", held: 4 }],
    ],
  );
});

test("only what a finding blames has leaked: of its kind, and begun on its line", () => {
  const parts = [
    { at: 0, type: "call", operation: 1, kind: "call" },
    { at: 0, type: "start", operation: 2, line: 7 },
    { at: 0, type: "start", operation: 3, line: 8 },
    { at: 0, type: "start", operation: 4, kind: "timer" },
    { at: 0, type: "start", operation: 5, kind: "timer", line: 7 },
  ] as const;
  const leaked = (label: string, line?: number): readonly number[] => {
    const finding = { at: 1, type: "finding", kind: "finding", operation: 0, label } as const;
    const model = timelineModel(traceOf(...parts, { ...finding, ...(line === undefined ? {} : { line }) }));
    return lanesOf(model).flatMap(({ bars, operation }) => (bars[0]?.ending === "leaked" ? [operation] : []));
  };
  assert.deepEqual(leaked("work-still-running", 7), [2]);
  assert.deepEqual(leaked("signal-not-passed-on"), [2, 3]);
  assert.deepEqual(leaked("timer-still-armed", 7), [5]);
  assert.deepEqual(leaked("timer-still-armed"), [5], "a timer of the test itself is no leak");
  assert.deepEqual(leaked("never-settles", 3), [1]);
  assert.deepEqual(leaked("wrong-result", 7), []);
});

test("events that were left out leave a gap, and causes among them are none", () => {
  const trace = deadlineTrace.filter(({ seq }) => seq < 2 || seq > 5);
  const model = timelineModel(trace);
  assert.deepEqual(model.gap, { before: 2, count: 4 });
  assert.deepEqual([...model.causeOf], [-1, -1, 1, 2, 2, 2]);
  assert.deepEqual(lanesOf(model)[2]?.bars, [{ from: 3, to: 3, ending: "aborted" }]);
  assert.deepEqual([placeOf(trace, 6), placeOf(trace, 3), placeOf(trace, 99)], [2, -1, -1]);
});

test("nothing at all is a run too, and strange numbers break nothing", () => {
  assert.equal(timelineModel([]).laneCount, 0);
  const strange = timelineModel(
    traceOf({ at: 0, type: "complete", operation: 9, cause: 5 }, { at: 0, type: "abort", operation: -1, cause: 1 }),
  );
  assert.deepEqual([...strange.causeOf], [-1, -1]);
  assert.equal(strange.laneCount, 2);
});

test("causes go back to the beginning, consequences on to the end", () => {
  const model = timelineModel(deadlineTrace);
  assert.deepEqual(membersOf(causesOf(model, 9)), [1, 6, 9]);
  assert.deepEqual(membersOf(causesOf(model, 0)), [0]);
  assert.deepEqual(membersOf(consequencesOf(model, 1)), [1, 6, 7, 8, 9]);
  assert.deepEqual(membersOf(consequencesOf(model, 9)), [9]);
  assert.deepEqual(directConsequencesOf(model, 6, 2), [7, 8]);
});

test("two runs part at the first event that is not the same", () => {
  assert.equal(firstDifference(deadlineTrace, deadlineTrace), undefined);
  assert.equal(firstDifference(deadlineTrace, deadlineTrace.slice(0, 4)), 4);
  const later = deadlineTrace.map((event) => (event.seq === 5 ? { ...event, at: 21 } : event));
  assert.equal(firstDifference(deadlineTrace, later), 5);
  // A line is where it was started from, and not what happened.
  assert.equal(
    firstDifference(
      deadlineTrace,
      deadlineTrace.map((event) => ({ ...event, line: 1 })),
    ),
    undefined,
  );
});

test("of a real run: the cancel that strikes is a mark, and what it ended is aborted", async () => {
  const { failure } = await checkProgram(
    async (t) => {
      const work = (): Promise<number> => t.work({ label: "w", latency: 5, signal: t.signal, answer: () => 1 });
      const settled = await t.call("run", work, { signal: t.signal });
      t.check(settled.status === "fulfilled", "abort-swallowed", { en: "aborted", "zh-cn": "aborted" });
    },
    { drain: () => new Promise<void>((done) => setImmediate(done)), cancel: "everywhere" },
  );
  assert.ok(failure);
  const model = timelineModel(failure.trace);
  assert.equal(model.marks.cancel.length, 1);
  assert.equal(model.marks.finding.length, 1);
  const [cancel] = model.marks.cancel;
  const work = lanesOf(model).find(({ kind }) => kind === "work");
  assert.ok(work);
  const [bar] = work.bars;
  assert.ok(bar);
  assert.equal(bar.ending, "aborted");
  assert.equal(model.causeOf[bar.to], cancel);
});
