/** What stands above the lanes of a timeline: the ruler, and the moments that concern the whole run. Pure. */
import type { Glyph, LineShape, Shape, TextShape, Tone } from "./shapes.ts";
import type { MarkKind } from "./timelineModel.ts";
import type { TimelinePicture } from "./timelinePicture.ts";
import {
  type TimelineView,
  eventX,
  firstWhere,
  headerHeight,
  markHeight,
  rulerHeight,
  unitAt,
  unitWidth,
  unitX,
} from "./timelineView.ts";

interface Header {
  /** Above the lanes. */
  readonly ruler: readonly Shape[];
  /** Through the lanes. */
  readonly lines: readonly Shape[];
}

export function header(picture: TimelinePicture, view: TimelineView): Header {
  const scale = view.scale === "time" ? timeTicks(picture, view) : instants(picture, view);
  const marks = markShapes(picture, view);
  const edge = {
    shape: "line",
    x1: view.gutter,
    y1: headerHeight - 0.5,
    x2: view.width,
    y2: headerHeight - 0.5,
  } as const;
  return {
    ruler: [...scale.ruler, ...marks.ruler, { ...edge, tone: "grid", width: 1 }],
    lines: [...scale.lines, ...marks.lines],
  };
}

/** Between two numbers of the ruler, CSS pixels. */
const tickRoom = 76;
/** What most numbers take, with their unit, CSS pixels. */
const labelRoom = 54;

function timeTicks({ words, model }: TimelinePicture, view: TimelineView): Header {
  const step = niceStep(tickRoom / unitWidth(view));
  const ruler: Shape[] = [];
  const lines: Shape[] = [];
  const first = Math.max(0, Math.floor(unitAt(view, view.gutter) / step));
  const last = Math.min(unitAt(view, view.width), Math.max(model.end, view.domain)) / step;
  for (let tick = first; tick <= last; tick++) {
    const x = unitX(view, tick * step);
    lines.push(upright(x, "grid", headerHeight, view.height));
    ruler.push(upright(x, "grid", rulerHeight - 5, rulerHeight));
    // Beside its tick, or over it where the picture ends.
    const left = Math.max(Math.min(x + 4, view.width - labelRoom), x - labelRoom + 8);
    ruler.push(label(left, words.instant(rounded(tick * step)), "muted", tickRoom - 8, rulerHeight / 2));
  }
  return { ruler, lines };
}

/** 1, 2 or 5 times a power of ten, at least so much. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((times) => times * power >= least) ?? 10) * power;
}

function rounded(ms: number): number {
  return Number(ms.toPrecision(12));
}

/** Instants closer than this are not told apart, CSS pixels. */
const leastInstant = 6;

/** Events of one instant stand on common ground, under the time at which they happened. */
function instants({ model, words }: TimelinePicture, view: TimelineView): Header {
  const { events } = model;
  const ruler: Shape[] = [];
  const lines: Shape[] = [];
  const half = unitWidth(view) / 2;
  let free = -Infinity;
  let index = firstWhere(events.length, (place) => eventX(view, events, place) >= view.gutter - half);
  while (index < events.length) {
    const at = events[index]?.at ?? 0;
    const begin = firstWhere(events.length, (place) => (events[place]?.at ?? 0) >= at);
    const x = eventX(view, events, begin) - half;
    if (x > view.width) break;
    const shown = Math.max(x, view.gutter);
    lines.push(upright(x, "grid", headerHeight, view.height));
    ruler.push(upright(x, "grid", rulerHeight - 5, rulerHeight));
    if (shown >= free) {
      const text = words.instant(at);
      ruler.push(label(shown + 4, text, "muted", tickRoom - 8, rulerHeight / 2));
      free = shown + Math.min(tickRoom, 10 + text.length * 8);
    }
    const next = firstWhere(events.length, (place) => (events[place]?.at ?? 0) > at, index);
    // Of instants that are thinner than a few pixels most are passed over.
    index = Math.max(
      next,
      firstWhere(events.length, (place) => eventX(view, events, place) >= x + half + leastInstant, index + 1),
    );
  }
  return { ruler, lines };
}

interface MarkLook {
  readonly glyph: Glyph;
  readonly tone: Tone;
  /** It has a line through all lanes. */
  readonly line: "whole" | "dashed" | "none";
}

type ShownMark = MarkKind | "difference" | "gap";

const looks: Readonly<Record<ShownMark, MarkLook>> = {
  finding: { glyph: "bang", tone: "finding", line: "whole" },
  difference: { glyph: "split", tone: "difference", line: "dashed" },
  cancel: { glyph: "bolt", tone: "cancel", line: "dashed" },
  deadline: { glyph: "clock", tone: "deadline", line: "dashed" },
  gap: { glyph: "more", tone: "muted", line: "dashed" },
  console: { glyph: "prompt", tone: "console", line: "none" },
};

/** What matters most first: of marks at one place it is the one that is sure to be seen. */
const byWeight: readonly ShownMark[] = ["finding", "difference", "cancel", "deadline", "gap", "console"];

/** Two signs do not come closer, CSS pixels. */
const signRoom = 16;
const wordRoom = 96;

interface PlacedMark {
  readonly x: number;
  readonly kind: ShownMark;
  readonly word: string;
}

function markShapes(picture: TimelinePicture, view: TimelineView): Header {
  const marks = byWeight.flatMap((kind) => placedMarks(picture, view, kind));
  const lines = marks.flatMap(({ x, kind }) => {
    const { tone, line } = looks[kind];
    if (line === "none") return [];
    return [{ ...upright(x, tone, headerHeight, view.height), width: 1.5, dashed: line === "dashed" }];
  });
  return { ruler: signs(marks, view), lines: lines.reverse() };
}

function placesOf({ model, difference }: TimelinePicture, kind: ShownMark): readonly number[] {
  if (kind === "gap") return model.gap === undefined ? [] : [model.gap.before];
  if (kind !== "difference") return model.marks[kind];
  return difference === undefined ? [] : [Math.min(difference, model.events.length - 1)];
}

/** One for each pixel at most. */
function placedMarks(picture: TimelinePicture, view: TimelineView, kind: ShownMark): PlacedMark[] {
  const { model, words } = picture;
  const places = placesOf(picture, kind);
  const xOf = (place: number): number => eventX(view, model.events, places[place] ?? 0);
  const word = kind === "gap" ? words.gap(model.gap?.count ?? 0) : words.marks[kind];
  const found: PlacedMark[] = [];
  let place = firstWhere(places.length, (index) => xOf(index) >= view.gutter - signRoom);
  while (place < places.length && xOf(place) <= view.width + signRoom) {
    const x = xOf(place);
    found.push({ x, kind, word });
    place = firstWhere(places.length, (index) => xOf(index) >= x + 1, place + 1);
  }
  return found;
}

/** Signs side by side, each with its word where there is room. */
function signs(marks: readonly PlacedMark[], view: TimelineView): Shape[] {
  const shapes: Shape[] = [];
  const y = rulerHeight + markHeight / 2;
  // Sorting keeps the order of marks at one place.
  const order = [...marks].sort((one, other) => one.x - other.x);
  let free = -Infinity;
  order.forEach(({ x, kind, word }, index) => {
    const { glyph, tone } = looks[kind];
    const before = free;
    const shown = Math.max(x, free);
    // Too many to be told apart.
    if (shown - x > 3 * signRoom) return;
    shapes.push({ shape: "glyph", x: shown, y, glyph, tone });
    free = shown + signRoom;
    const next = order[index + 1]?.x ?? Infinity;
    const fits = shown + wordRoom <= view.width;
    if (fits && next - shown >= wordRoom) {
      shapes.push(label(shown + 10, word, "text", wordRoom - 14, y));
      free = shown + wordRoom;
    } else if (!fits && shown - wordRoom >= before && next === Infinity) {
      // At the right edge the word stands before its sign.
      shapes.push({ ...label(shown - 10, word, "text", wordRoom - 14, y), align: "end" });
    }
  });
  return shapes;
}

function upright(x: number, tone: Tone, y1: number, y2: number): LineShape {
  // In the middle of a pixel a thin line is sharp.
  const sharp = Math.round(x) + 0.5;
  return { shape: "line", x1: sharp, y1, x2: sharp, y2, tone, width: 1 };
}

function label(x: number, text: string, tone: Tone, maxWidth: number, y: number): TextShape {
  return { shape: "text", x, y, text, tone, align: "start", maxWidth };
}
