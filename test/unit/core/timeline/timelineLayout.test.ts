// The picture of a run: where things are, that what cannot be seen is not drawn, and that a long run costs no more than a short one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { causesOf } from "../../../../src/core/timeline/causes.ts";
import type { Drawing, Shape } from "../../../../src/core/timeline/shapes.ts";
import { niceStep } from "../../../../src/core/timeline/timelineHeader.ts";
import { hitTimeline } from "../../../../src/core/timeline/timelineHit.ts";
import { layoutTimeline } from "../../../../src/core/timeline/timelineLayout.ts";
import { indexRows, type TimelinePicture } from "../../../../src/core/timeline/timelinePicture.ts";
import { type TimelineModel, timelineModel } from "../../../../src/core/timeline/timelineModel.ts";
import {
  contentWidth,
  deepestZoom,
  domainOf,
  eventX,
  firstWhere,
  rowY,
  scrollTo,
  showEvent,
  type TimelineScale,
  type TimelineView,
  unitAt,
  unitX,
  zoomAt,
} from "../../../../src/core/timeline/timelineView.ts";
import type { TraceEvent } from "../../../../src/protocol/trace.ts";
import { deadlineTrace } from "./traces.ts";

const words: TimelinePicture["words"] = {
  instant: (ms) => `${String(ms)} ms`,
  line: (line) => `L${String(line)}`,
  gap: (count) => `${String(count)} left out`,
  marks: { finding: "found", cancel: "cancel", deadline: "deadline", console: "console", difference: "differs" },
};

function pictureOf(model: TimelineModel, rest: Partial<TimelinePicture> = {}): TimelinePicture {
  return { model, rows: Array.from({ length: model.laneCount }, (_, lane) => lane), lines: [], words, ...rest };
}

function viewOf(model: TimelineModel, scale: TimelineScale, rest: Partial<TimelineView> = {}): TimelineView {
  const domain = domainOf([model], scale);
  return { scale, domain, zoom: 1, left: 0, top: 0, width: 756, height: 300, gutter: 200, ...rest };
}

function draw(picture: TimelinePicture, view: TimelineView): Drawing {
  return layoutTimeline(picture, indexRows(picture.model, picture.rows), view);
}

const shapesOf = (drawing: Drawing): readonly Shape[] => drawing.layers.flatMap(({ shapes }) => shapes);
const model = timelineModel(deadlineTrace);

test("true to time: ten pixels a millisecond here, and an aborted bar ends at its cause's arrow", () => {
  const view = viewOf(model, "time");
  assert.deepEqual([unitX(view, 0), unitX(view, 50)], [212, 712]);
  const shapes = shapesOf(draw(pictureOf(model), view));
  const bars = shapes.filter((shape) => shape.shape === "rect");
  assert.deepEqual(
    bars.map(({ x, width, tone, texture }) => [x, width, tone, texture]),
    [
      [212, 500, "call", "solid"],
      [212, 500, "completed", "solid"],
      [212, 200, "completed", "solid"],
      [212, 500, "aborted", "stripes"],
      [212, 500, "leaked", "cross"],
    ],
  );
  const [arrow] = shapes.filter((shape) => shape.shape === "line" && shape.arrow === true);
  assert.ok(arrow?.shape === "line");
  assert.deepEqual([arrow.x1, arrow.x2, arrow.tone], [712, 712, "deadline"]);
  assert.deepEqual([arrow.y1, arrow.y2], [rowY(view, 1), rowY(view, 3) - 7]);
});

test("one step an event: what happened in one instant is apart, under the instant's time", () => {
  const view = viewOf(model, "order");
  const places = deadlineTrace.map((_, index) => Math.round(eventX(view, model.events, index)));
  assert.equal(new Set(places).size, deadlineTrace.length);
  const times = shapesOf(draw(pictureOf(model), view)).flatMap((shape) =>
    shape.shape === "text" && shape.tone === "muted" && shape.text.endsWith(" ms") ? [shape.text] : [],
  );
  assert.deepEqual(times, ["0 ms", "20 ms", "50 ms"]);
});

test("marks: the finding, the deadline, the first difference, and the lines under the cursor", () => {
  const view = viewOf(model, "order", { width: 1400 });
  const shapes = shapesOf(draw(pictureOf(model, { difference: 5, lines: [5], current: 7 }), view));
  const texts = shapes.flatMap((shape) => (shape.shape === "text" ? [shape.text] : []));
  for (const word of ["found", "deadline", "differs", "fetch /a", "L5"]) assert.ok(texts.includes(word), word);
  const tones = (tone: string): number => shapes.filter((shape) => shape.tone === tone).length;
  assert.equal(tones("highlight"), 2);
  assert.ok(tones("current") >= 2);
  assert.equal(tones("cause"), 1);
  assert.ok(!tones("effect"));
});

test("what was not asked for is faint; a row that is not there has no arrow into nowhere", () => {
  const chosen = causesOf(model, 5);
  const picture = pictureOf(model, { chosen, rows: [2, 3], current: 6 });
  const shapes = shapesOf(draw(picture, viewOf(model, "time")));
  const bars = shapes.filter((shape) => shape.shape === "rect" && shape.texture !== "solid");
  assert.ok(bars.every(({ faint }) => faint === true));
  const fetched = shapes.find((shape) => shape.shape === "rect" && shape.tone === "completed");
  assert.equal(fetched?.faint, undefined);
  for (const shape of shapes) {
    if (shape.shape === "line") assert.ok([shape.x1, shape.x2, shape.y1, shape.y2].every(Number.isFinite));
  }
});

test("zooming keeps what is under the pointer, within bounds; scrolling stops at the ends", () => {
  const view = viewOf(model, "time");
  const zoomed = zoomAt(view, 4, 400);
  assert.equal(Math.round(unitAt(zoomed, 400) * 1000), Math.round(unitAt(view, 400) * 1000));
  assert.equal(zoomAt(view, 0.1, 400).zoom, 1);
  assert.equal(zoomAt(view, 1e12, 400).zoom, deepestZoom(view));
  assert.ok(contentWidth({ ...view, zoom: deepestZoom(view) }) <= 8_000_000 + 56);
  assert.equal(scrollTo(view, 1e9, -5).left, 0);
  const last = showEvent({ ...zoomed, left: 0 }, model.events, 9, undefined);
  assert.ok(eventX(last, model.events, 9) < view.width);
});

test("a place on the screen is the event that is nearest, or the bar around it", () => {
  const view = viewOf(model, "time");
  const picture = pictureOf(model);
  const at = (unit: number, row: number) => hitTimeline(picture, view, unitX(view, unit), rowY(view, row));
  assert.deepEqual(at(20, 2), { event: 5, lane: 2 });
  assert.deepEqual(at(10, 2), { event: 2, lane: 2 });
  assert.deepEqual(at(40, 2), { event: undefined, lane: 2 });
  assert.deepEqual(hitTimeline(picture, view, 20, rowY(view, 4)), { event: 4, lane: 4 });
  assert.deepEqual(hitTimeline(picture, view, unitX(view, 50), 34), { event: 9, lane: undefined });
  assert.deepEqual(hitTimeline(picture, view, unitX(view, 50) + 16, 34), { event: 6, lane: undefined });
  assert.deepEqual(hitTimeline(picture, view, 400, 290), { event: undefined, lane: undefined });
});

/** So many events: fetches by threes, and one interval that fires all the time. */
function longRun(count: number): TimelineModel {
  const events: TraceEvent[] = [];
  for (let seq = 0; seq < count; seq++) {
    const [at, even] = [Math.floor(seq / 4), seq % 2 === 0];
    const type = even ? "start" : "complete";
    if (seq % 4 < 2) events.push({ seq, at, type, kind: "timer", operation: 1, label: "setInterval 1 ms" });
    else
      events.push({ seq, at, type, kind: "fetch", operation: 2 + Math.floor(seq / 4), label: "fetch", cause: seq - 1 });
  }
  return timelineModel(events);
}

test("a hundred thousand events are drawn with a few hundred shapes, at every zoom and place", () => {
  const long = longRun(100_000);
  const picture = pictureOf(long, { current: 50_000 });
  const rowOf = indexRows(long, picture.rows);
  for (const scale of ["time", "order"] as const) {
    let view = viewOf(long, scale, { width: 1200, height: 400 });
    for (const zoom of [1, 10, 1000, 1e9]) {
      view = zoomAt(view, zoom, 700);
      for (const top of [0, 100_000]) {
        const count = shapesOf(layoutTimeline(picture, rowOf, { ...view, top })).length;
        assert.ok(count > 10 && count < 1500, `${scale} ${String(zoom)} ${String(top)}: ${String(count)}`);
      }
    }
  }
});

test("numbers on the ruler are round", () => {
  assert.deepEqual([0.3, 1, 1.1, 3, 7, 26, 2600].map(niceStep), [0.5, 1, 2, 5, 10, 50, 5000]);
  assert.deepEqual(
    [0, 3, 9].map((from) => firstWhere(9, (place) => place >= 4, from)),
    [4, 4, 9],
  );
});
