/** Draws a run as plain geometry: what of it can be seen in a view, and nothing else. Pure; painters are in the webview. */
import { directConsequencesOf } from "./causes.ts";
import type { Drawing, Shape } from "./shapes.ts";
import { header } from "./timelineHeader.ts";
import { gutterShapes, laneShapes } from "./timelineLanes.ts";
import type { RowIndex, TimelinePicture } from "./timelinePicture.ts";
import { type TimelineView, eventX, headerHeight, rowHeight, rowY, visibleRows } from "./timelineView.ts";

/** More arrows than this from one event are no help. */
const mostArrows = 60;

export function layoutTimeline(picture: TimelinePicture, rowOf: RowIndex, view: TimelineView): Drawing {
  const { width, height, gutter } = view;
  const body = { x: gutter, y: headerHeight, width: width - gutter, height: height - headerHeight };
  const seen = visibleRows(view, picture.rows.length);
  const { ruler, lines } = header(picture, view);
  return {
    width,
    height,
    layers: [
      { box: { x: 0, y: headerHeight, width, height: body.height }, shapes: rowGrounds(picture, view, seen) },
      {
        box: body,
        shapes: [...lines, ...laneShapes(picture, rowOf, view, seen), ...currentShapes(picture, rowOf, view)],
      },
      { box: { x: gutter, y: 0, width: width - gutter, height: headerHeight }, shapes: ruler },
      { box: { x: 0, y: headerHeight, width: gutter, height: body.height }, shapes: gutterShapes(picture, view, seen) },
    ],
  };
}

type Rows = ReturnType<typeof visibleRows>;

/** Lanes whose line the cursor is on, and that of the current event. */
function rowGrounds(
  { model, rows, lines, current }: TimelinePicture,
  view: TimelineView,
  { first, end }: Rows,
): Shape[] {
  const shapes: Shape[] = [];
  const lane = current === undefined ? -1 : (model.laneOf[current] ?? -1);
  for (let row = first; row < end; row++) {
    const place = rows[row] ?? -1;
    const line = model.lane(place)?.line;
    const y = rowY(view, row) - rowHeight / 2;
    const whole = { shape: "rect", x: 0, y, width: view.width, height: rowHeight, texture: "solid" } as const;
    if (line !== undefined && lines.includes(line)) {
      shapes.push({ ...whole, tone: "highlight" }, { ...whole, width: 3, tone: "current" });
    }
    if (place === lane) shapes.push({ ...whole, tone: "band" });
  }
  return shapes;
}

/** The current event: a line through all lanes, its ring, and arrows from its cause and to what it caused. */
function currentShapes(picture: TimelinePicture, rowOf: RowIndex, view: TimelineView): Shape[] {
  const { model, current } = picture;
  if (current === undefined) return [];
  const x = eventX(view, model.events, current);
  const at = placeOfEvent(picture, rowOf, view, current);
  const line = { shape: "line", x1: x, y1: headerHeight, x2: x, y2: view.height, width: 1 } as const;
  const shapes: Shape[] = [{ ...line, tone: "current" }];
  const cause = model.causeOf[current] ?? -1;
  if (cause >= 0) shapes.push(...arrow(placeOfEvent(picture, rowOf, view, cause), at, "cause"));
  for (const effect of directConsequencesOf(model, current, mostArrows)) {
    shapes.push(...arrow(at, placeOfEvent(picture, rowOf, view, effect), "effect"));
  }
  shapes.push({ shape: "glyph", ...at, glyph: "ring", tone: "current" });
  return shapes;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Events without a row are in the header. */
function placeOfEvent({ model }: TimelinePicture, rowOf: RowIndex, view: TimelineView, index: number): Point {
  const row = rowOf[model.laneOf[index] ?? -1] ?? -1;
  return { x: eventX(view, model.events, index), y: row < 0 ? headerHeight : rowY(view, row) };
}

function arrow(from: Point, to: Point, tone: "cause" | "effect"): readonly Shape[] {
  // Within a lane the bar says it already.
  if (from.y === to.y) return [];
  return [{ shape: "line", x1: from.x, y1: from.y, x2: to.x, y2: to.y, tone, width: 1.5, arrow: true }];
}
