/** Which event or lane is at a place of the screen. Pure. */
import type { TimelinePicture } from "./timelinePicture.ts";
import { type TimelineView, eventX, firstWhere, headerHeight, rowHeight, rulerHeight } from "./timelineView.ts";

export interface TimelineHit {
  /** A place in `model.events`. */
  readonly event: number | undefined;
  /** A lane of the model. */
  readonly lane: number | undefined;
}

/** So near to an event is at it, CSS pixels. */
const reach = 12;
/** Signs of one instant stand beside each other, CSS pixels. */
const signReach = 56;

export function hitTimeline(picture: TimelinePicture, view: TimelineView, x: number, y: number): TimelineHit {
  const { model, rows } = picture;
  if (y < rulerHeight) return { event: undefined, lane: undefined };
  if (y < headerHeight) return { event: x < view.gutter ? undefined : markAt(picture, view, x), lane: undefined };
  const place = rows[Math.floor((y - headerHeight + view.top) / rowHeight)];
  const lane = place === undefined ? undefined : model.lane(place);
  if (lane === undefined) return { event: undefined, lane: undefined };
  // The name of a lane stands for its beginning.
  if (x < view.gutter) return { event: lane.events[0], lane: place };
  const near = nearest(picture, view, lane.events, x);
  if (near !== undefined && near.distance <= reach) return { event: near.event, lane: place };
  const after = firstWhere(lane.bars.length, (index) => eventX(view, model.events, lane.bars[index]?.to ?? 0) >= x);
  const bar = lane.bars[after];
  const inside = bar !== undefined && eventX(view, model.events, bar.from) <= x;
  return { event: inside ? bar.from : undefined, lane: place };
}

/** The most telling mark near a place: of several in one instant their signs stand side by side. */
function markAt(picture: TimelinePicture, view: TimelineView, x: number): number | undefined {
  const { marks, events } = picture.model;
  const found = (["finding", "cancel", "deadline", "console"] as const).flatMap((kind) => {
    const near = nearest(picture, view, marks[kind], x);
    return near === undefined ? [] : [near.event];
  });
  const signs = found.filter((event) => {
    const behind = x - eventX(view, events, event);
    return behind >= -reach && behind <= signReach;
  });
  const first = signs[0];
  if (first === undefined) return undefined;
  const here = signs.filter((event) => eventX(view, events, event) === eventX(view, events, first));
  // Sixteen pixels a sign, as they are drawn.
  return here[Math.min(here.length - 1, Math.max(0, Math.round((x - eventX(view, events, first)) / 16)))];
}

function nearest(
  { model }: TimelinePicture,
  view: TimelineView,
  places: readonly number[],
  x: number,
): { readonly event: number; readonly distance: number } | undefined {
  const xOf = (index: number): number => eventX(view, model.events, places[index] ?? 0);
  const after = firstWhere(places.length, (index) => xOf(index) > x);
  // Of several at one place, the last: it is how things stood in the end.
  const candidates = [after - 1, after].filter((index) => index >= 0 && index < places.length);
  const best = candidates.sort((one, other) => Math.abs(xOf(one) - x) - Math.abs(xOf(other) - x))[0];
  const event = best === undefined ? undefined : places[best];
  return best === undefined || event === undefined ? undefined : { event, distance: Math.abs(xOf(best) - x) };
}
