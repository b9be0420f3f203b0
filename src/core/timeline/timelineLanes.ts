/** The lanes of a timeline and their names. Pure. */
import type { EventSet } from "./causes.ts";
import type { Bar, Ending, Lane } from "./lane.ts";
import type { Drawing, Glyph, Shape, Texture, Tone } from "./shapes.ts";
import type { RowIndex, TimelinePicture } from "./timelinePicture.ts";
import { type TimelineView, eventX, firstWhere, headerHeight, rowY } from "./timelineView.ts";

interface Rows {
  readonly first: number;
  readonly end: number;
}

const barHeight = 14;
/** What happens in one instant can be seen too, CSS pixels. */
const leastWidth = 4;
/** A bar that is at least so wide says how long it took, CSS pixels. */
const roomForWords = 64;
/** Space that the sign of how a bar ended takes, CSS pixels. */
const roomForGlyph = 18;

const looks: Readonly<Record<Ending, { readonly texture: Texture; readonly glyph: Glyph | undefined }>> = {
  running: { texture: "outline", glyph: "more" },
  completed: { texture: "solid", glyph: "check" },
  failed: { texture: "cross", glyph: "cross" },
  aborted: { texture: "stripes", glyph: "stop" },
  cleared: { texture: "outline", glyph: "dash" },
  leaked: { texture: "cross", glyph: "bang" },
};

/** Bars, how they ended, and arrows from what aborted them. */
export function laneShapes(picture: TimelinePicture, rowOf: RowIndex, view: TimelineView, seen: Rows): Shape[] {
  const shapes: Shape[] = [];
  const arrows: Shape[] = [];
  for (let row = seen.first; row < seen.end; row++) {
    const lane = picture.model.lane(picture.rows[row] ?? -1);
    if (lane !== undefined) drawLane({ picture, rowOf, view, lane, y: rowY(view, row) }, shapes, arrows);
  }
  return [...shapes, ...arrows];
}

interface LaneDrawing {
  readonly picture: TimelinePicture;
  readonly rowOf: RowIndex;
  readonly view: TimelineView;
  readonly lane: Lane;
  /** Its middle. */
  readonly y: number;
}

function drawLane(drawing: LaneDrawing, shapes: Shape[], arrows: Shape[]): void {
  const { picture, view, lane } = drawing;
  const { bars } = lane;
  const xOf = (index: number): number => eventX(view, picture.model.events, index);
  let place = firstWhere(bars.length, (index) => xOf(bars[index]?.to ?? 0) >= view.gutter - leastWidth);
  while (place < bars.length) {
    const bar = bars[place];
    if (bar === undefined || xOf(bar.from) > view.width) return;
    const [x, end] = [xOf(bar.from), xOf(bar.to)];
    const next = bars[place + 1];
    if (next !== undefined && end - x < leastWidth && xOf(next.from) < x + leastWidth) {
      // So many in so little room are drawn as one; the next is the first that has room of its own.
      const until = firstWhere(bars.length, (index) => xOf(bars[index]?.from ?? 0) >= x + leastWidth, place + 1);
      shapes.push(mergedBar(drawing, x, bars.slice(place, Math.min(until, place + 8)), bar));
      place = until;
      continue;
    }
    const room = next === undefined ? Infinity : xOf(next.from) - Math.max(end, x + leastWidth);
    drawBar(drawing, { bar, x, end: Math.max(end, x + leastWidth), room }, shapes);
    if (bar.ending === "aborted") arrows.push(...abortArrow(drawing, bar));
    place++;
  }
}

/** Of a lane that is nearly as high as many bars are, it says at least whether any went wrong among its first. */
function mergedBar({ picture, y }: LaneDrawing, x: number, some: readonly Bar[], first: Bar): Shape {
  const wrong = some.find(({ ending }) => ending === "failed" || ending === "leaked") ?? first;
  return {
    ...{ shape: "rect", x, y: y - barHeight / 2, width: leastWidth, height: barHeight },
    ...{ tone: toneOf(wrong, "timer"), texture: "dots" },
    ...faint(picture.chosen, first),
  };
}

interface PlacedBar {
  readonly bar: Bar;
  readonly x: number;
  readonly end: number;
  /** Until the next bar. */
  readonly room: number;
}

function drawBar({ picture, view, lane, y }: LaneDrawing, { bar, x, end, room }: PlacedBar, shapes: Shape[]): void {
  const { events } = picture.model;
  const tone = toneOf(bar, lane.kind);
  const { texture, glyph } = looks[bar.ending];
  const dim = faint(picture.chosen, bar);
  const box = { shape: "rect", y: y - barHeight / 2, height: barHeight } as const;
  // Far outside the view there is nothing to see of an edge.
  const [left, right] = [Math.max(x, view.gutter - 20), Math.min(end, view.width + 20)];
  if (right > left) shapes.push({ ...box, x: left, width: right - left, tone, texture, ...dim });
  if (bar.held !== undefined) {
    const from = Math.max(left, eventX(view, events, bar.held));
    if (right > from) shapes.push({ ...box, x: from, width: right - from, tone, texture: "dots", ...dim });
    shapes.push({ shape: "glyph", x: from + 6, y, glyph: "hold", tone: "text", ...dim });
  }
  if (bar.ending === "leaked") {
    // It goes on where the run has ended.
    const trail = { shape: "line", x1: end + roomForGlyph, y1: y, x2: view.width, y2: y } as const;
    shapes.push({ ...trail, tone, width: 2, dashed: true, ...dim });
  }
  if (glyph !== undefined && room >= roomForGlyph) {
    shapes.push({ shape: "glyph", x: end + roomForGlyph / 2 + 1, y, glyph, tone, ...dim });
  }
  const ms = (events[bar.to]?.at ?? 0) - (events[bar.from]?.at ?? 0);
  const width = right - left;
  if (width < roomForWords || bar.held !== undefined) return;
  const plate = texture === "solid" || texture === "outline" ? {} : { plate: true };
  const words = { text: picture.words.instant(ms), align: "middle", maxWidth: width - 8, ...plate } as const;
  shapes.push({ shape: "text", x: (left + right) / 2, y, tone: "text", ...words, ...dim });
}

/** A call is what the test does, not the outside: it has a colour of its own while nothing is wrong with it. */
function toneOf({ ending }: Bar, kind: Lane["kind"]): Tone {
  return kind === "call" && ending === "completed" ? "call" : ending;
}

function abortArrow({ picture, rowOf, view, y }: LaneDrawing, bar: Bar): readonly Shape[] {
  const { model, chosen } = picture;
  const cause = model.causeOf[bar.to] ?? -1;
  if (cause < 0) return [];
  const row = rowOf[model.laneOf[cause] ?? -1] ?? -1;
  // Of a lane far away only the direction counts.
  const far = row < 0 ? headerHeight : Math.min(view.height + 40, Math.max(headerHeight - 40, rowY(view, row)));
  const near = far < y ? y - barHeight / 2 : y + barHeight / 2;
  const [x1, x2] = [eventX(view, model.events, cause), eventX(view, model.events, bar.to)];
  const tone = model.events[cause]?.type === "cancel" ? "cancel" : "deadline";
  return [{ shape: "line", x1, y1: far, x2, y2: near, tone, width: 1.5, arrow: true, ...faint(chosen, bar) }];
}

/** Bars that have nothing to do with what the reader asked for. */
function faint(chosen: EventSet | undefined, { from, to }: Bar): { readonly faint?: true } {
  return chosen === undefined || chosen[from] === 1 || chosen[to] === 1 ? {} : { faint: true };
}

/** Names of lanes, and the lines that began them. */
export function gutterShapes({ model, rows, words }: TimelinePicture, view: TimelineView, seen: Rows): Shape[] {
  const { gutter, height } = view;
  const edge = { shape: "line", x1: gutter - 0.5, y1: headerHeight, x2: gutter - 0.5, y2: height } as const;
  const shapes: Shape[] = [{ ...edge, tone: "grid", width: 1 }];
  for (let row = seen.first; row < seen.end; row++) {
    const lane = model.lane(rows[row] ?? -1);
    if (lane === undefined) continue;
    const y = rowY(view, row);
    const line = lane.line === undefined ? "" : words.line(lane.line);
    const lineRoom = lane.line === undefined ? 0 : 40;
    const maxWidth = gutter - 20 - lineRoom;
    shapes.push({
      shape: "text",
      x: 10,
      y,
      text: lane.name,
      tone: "text",
      align: "start",
      maxWidth,
    });
    const number = { text: line, align: "end", maxWidth: lineRoom } as const;
    if (line !== "") shapes.push({ shape: "text", x: gutter - 10, y, tone: "muted", ...number });
  }
  return shapes;
}

/** CSS pixels. */
export const sampleSize = { width: 50, height: 18 };

/** One bar that ended so, for a legend. */
export function barSample(ending: Ending): Drawing {
  const { texture, glyph } = looks[ending];
  const { width, height } = sampleSize;
  const box = { x: 1, y: (height - barHeight) / 2, width: width - roomForGlyph - 2, height: barHeight };
  const shapes: Shape[] = [{ shape: "rect", ...box, tone: ending, texture }];
  if (glyph !== undefined) shapes.push({ shape: "glyph", x: width - 9, y: height / 2, glyph, tone: ending });
  return { width, height, layers: [{ box: { x: 0, y: 0, width, height }, shapes }] };
}
