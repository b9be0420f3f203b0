/**
 * Which part of a run is looked at, how large: where an event is on the screen, and which events are at a place of it.
 * Pure; every question is answered by halving, so that a long run costs no more than a short one.
 */
import type { Trace } from "../../protocol/trace.ts";
import type { TimelineModel } from "./timelineModel.ts";

/** `time`: true to virtual ms. `order`: each event as wide as any other, so that what happened in one instant is told apart. */
export type TimelineScale = "time" | "order";

export interface TimelineView {
  readonly scale: TimelineScale;
  /** 1: the whole run is as wide as the view. */
  readonly zoom: number;
  /** How far the picture is scrolled, CSS pixels. */
  readonly left: number;
  readonly top: number;
  /** Of all that is drawn, names of lanes and ruler included, CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the names of lanes. */
  readonly gutter: number;
  /** What is as wide as the view at zoom 1, in virtual ms or in events: the longest of the runs that are compared. */
  readonly domain: number;
}

/** Height of a lane and of what stands above them all, CSS pixels. */
export const rowHeight = 24;
export const rulerHeight = 22;
export const markHeight = 24;
export const headerHeight = rulerHeight + markHeight;

/** Left and right of the first and the last event, CSS pixels: marks and names need room. */
const padLeft = 12;
const padRight = 44;

/** A browser lays nothing out that is much wider, CSS pixels. */
const widestContent = 8_000_000;
/** Nobody needs to look closer, CSS pixels. */
const widestUnit: Readonly<Record<TimelineScale, number>> = { time: 240, order: 240 };

export function domainOf(models: readonly TimelineModel[], scale: TimelineScale): number {
  const lengths = models.map(({ end, events }) => (scale === "time" ? end : events.length - 1));
  return Math.max(1, ...lengths);
}

/** Width of the whole run, without the names of lanes. */
export function contentWidth(view: TimelineView): number {
  return padLeft + view.domain * unitWidth(view) + padRight;
}

export function contentHeight(rows: number): number {
  return headerHeight + rows * rowHeight + 8;
}

/** CSS pixels of a virtual ms or an event. */
export function unitWidth({ width, gutter, domain, zoom }: TimelineView): number {
  const room = Math.max(40, width - gutter - padLeft - padRight);
  return (room * zoom) / domain;
}

/** The largest zoom that is of any use. */
export function deepestZoom(view: TimelineView): number {
  const fitted = unitWidth({ ...view, zoom: 1 });
  return Math.max(1, Math.min(widestUnit[view.scale] / fitted, widestContent / (fitted * view.domain)));
}

/** Where something stands that happened at this virtual ms, or in this place of the order. */
export function unitX(view: TimelineView, unit: number): number {
  return view.gutter + padLeft + unit * unitWidth(view) - view.left;
}

export function unitAt(view: TimelineView, x: number): number {
  return (x + view.left - view.gutter - padLeft) / unitWidth(view);
}

export function eventX(view: TimelineView, events: Trace, index: number): number {
  return unitX(view, view.scale === "time" ? (events[index]?.at ?? 0) : index);
}

export function rowY(view: TimelineView, row: number): number {
  return headerHeight + row * rowHeight + rowHeight / 2 - view.top;
}

/** The rows that can be seen, from the first to before the last. */
export function visibleRows(view: TimelineView, rows: number): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(view.top / rowHeight));
  const end = Math.min(rows, Math.ceil((view.top + view.height - headerHeight) / rowHeight));
  return { first: Math.min(first, rows), end: Math.max(end, 0) };
}

/** The first of `count` places for which it holds; `count` where it holds for none. It must hold for all after the first. */
export function firstWhere(count: number, holds: (place: number) => boolean, from = 0): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same view, zoomed so that what is at `x` stays there. */
export function zoomAt(view: TimelineView, zoom: number, x: number): TimelineView {
  const unit = unitAt(view, x);
  const zoomed = { ...view, zoom: Math.min(deepestZoom(view), Math.max(1, zoom)) };
  return scrollTo(zoomed, view.gutter + padLeft + unit * unitWidth(zoomed) - x, view.top);
}

/** The same view with the run scrolled so far, as far as there is anything. */
export function scrollTo(view: TimelineView, left: number, top: number): TimelineView {
  const most = Math.max(0, contentWidth(view) - (view.width - view.gutter));
  return { ...view, left: Math.min(most, Math.max(0, left)), top: Math.max(0, top) };
}

/** The same view, scrolled so that an event (and its row, where it has one) is in it; as it is where that is so already. */
export function showEvent(view: TimelineView, events: Trace, index: number, row: number | undefined): TimelineView {
  const x = eventX(view, events, index);
  const margin = Math.min(60, (view.width - view.gutter) / 4);
  const inside = x >= view.gutter + margin / 2 && x <= view.width - margin;
  const left = inside ? view.left : view.left + x - (view.gutter + (view.width - view.gutter) / 2);
  const y = row === undefined ? undefined : rowY(view, row);
  const hidden = y !== undefined && (y < headerHeight + rowHeight / 2 || y > view.height - rowHeight);
  const top = hidden ? view.top + y - (headerHeight + view.height) / 2 : view.top;
  return scrollTo(view, left, top);
}
