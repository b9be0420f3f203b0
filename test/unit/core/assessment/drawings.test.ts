/** The drawings of a report: where the points of the radar and of the small charts lie. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { layoutRadar } from "../../../../src/core/assessment/radar.ts";
import { layoutMultiple } from "../../../../src/core/assessment/smallMultiples.ts";

const axes = ["top", "right", "bottom", "left"].map((label) => ({ label }));
const options = { radius: 100, margin: 50, wrapAt: 10 };

test("axes go clockwise from the top, and values outward from the middle", () => {
  const { width, height, areas, spokes } = layoutRadar(axes, [{ values: [1, 0.5, 0.25, 0] }], options);
  assert.deepEqual([width, height], [300, 250]);
  assert.equal(areas[0]?.path, "M150 25L200 125L150 150L150 125Z");
  assert.deepEqual(
    spokes.map(({ to }) => [to.x, to.y]),
    [
      [150, 25],
      [250, 125],
      [150, 225],
      [50, 125],
    ],
  );
});

test("values beyond the ends stay at the ends", () => {
  const { areas } = layoutRadar(axes, [{ values: [7, -1, 1, 1] }], options);
  assert.equal(areas[0]?.path, "M150 25L150 125L150 225L50 125Z");
});

test("what is not known is a gap: its neighbours are not joined across it", () => {
  const [area] = layoutRadar(axes, [{ values: [1, 1, undefined, 1] }], options).areas;
  assert.equal(area?.closed, false);
  assert.equal(area.dots.length, 3);
  assert.equal(area.path, "M150 25L250 125M50 125L150 25");
  const [alone] = layoutRadar(axes, [{ values: [1, undefined, undefined, undefined] }], options).areas;
  assert.deepEqual([alone?.path, alone?.dots.length, alone?.closed], ["", 1, false]);
  const [none] = layoutRadar(axes, [{ values: [] }], options).areas;
  assert.deepEqual([none?.path, none?.dots, none?.closed], ["", [], false]);
});

test("rings stand for quarters, and labels stand outside of the last one", () => {
  const { rings, labels } = layoutRadar([...axes, { label: "a long label of words" }], [], options);
  assert.deepEqual(
    rings.map(({ value }) => value),
    [0.25, 0.5, 0.75, 1],
  );
  assert.deepEqual(labels.at(-1)?.lines, ["a long", "label of", "words"]);
  assert.equal(labels[0]?.anchor, "middle");
  assert.equal(labels[1]?.anchor, "start");
  assert.equal(labels.at(-1)?.anchor, "end");
  for (const { at } of labels) assert.ok(Math.hypot(at.x - 150, at.y - 125) > 90);
});

const size = { width: 100, height: 50, inset: 5 };

test("small multiples have the same axes whatever is drawn in them", () => {
  const low = layoutMultiple({ values: [0, 0.1] }, size);
  const high = layoutMultiple({ values: [0.9, 1] }, size);
  assert.deepEqual(low.guides, high.guides);
  assert.deepEqual(low.guides, [45, 25, 5]);
  assert.equal(low.line, "M5 45L95 41");
  assert.equal(high.line, "M5 9L95 5");
});

test("a missing value breaks the line, and only the last rehearsal is the latest", () => {
  const { line, dots } = layoutMultiple({ values: [0, undefined, 0.5, 1] }, size);
  assert.equal(line, "M5 45M65 25L95 5");
  assert.deepEqual(
    dots.map(({ latest }) => latest),
    [false, false, true],
  );
  assert.ok(layoutMultiple({ values: [0.5, undefined] }, size).dots.every(({ latest }) => !latest));
});

test("one rehearsal is a dot in the middle, and none is nothing", () => {
  assert.deepEqual(
    layoutMultiple({ values: [0.5] }, size).dots.map(({ x, y }) => [x, y]),
    [[50, 25]],
  );
  assert.equal(layoutMultiple({ values: [] }, size).line, "");
});
