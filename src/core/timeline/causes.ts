/** What made an event happen, what came of it, and where two runs of one test part. Pure. */
import type { Trace, TraceEvent } from "../../protocol/trace.ts";
import type { TimelineModel } from "./timelineModel.ts";

/** For each event 1 where it is in, 0 where it is not. */
export type EventSet = Uint8Array;

/** The event, what made it happen, what made that happen, and so on back to the beginning. */
export function causesOf({ causeOf }: TimelineModel, event: number): EventSet {
  const found = new Uint8Array(causeOf.length);
  for (let at = event; at >= 0 && found[at] === 0; at = causeOf[at] ?? -1) found[at] = 1;
  return found;
}

/** The event, all that happened because of it, and because of that. */
export function consequencesOf({ causeOf }: TimelineModel, event: number): EventSet {
  const found = new Uint8Array(causeOf.length);
  found[event] = 1;
  // A cause comes before what it causes, so that one pass finds all.
  for (let at = event + 1; at < causeOf.length; at++) {
    const cause = causeOf[at] ?? -1;
    if (cause >= event && found[cause] === 1) found[at] = 1;
  }
  return found;
}

/** Events that happened because of this one and no other in between, at most `limit`. */
export function directConsequencesOf({ causeOf }: TimelineModel, event: number, limit: number): readonly number[] {
  const found: number[] = [];
  for (let at = event + 1; at < causeOf.length && found.length < limit; at++) {
    if (causeOf[at] === event) found.push(at);
  }
  return found;
}

/** The first place at which two runs do not go the same way; undefined where one is like the other. */
export function firstDifference(one: Trace, other: Trace): number | undefined {
  const length = Math.max(one.length, other.length);
  for (let place = 0; place < length; place++) {
    const [left, right] = [one[place], other[place]];
    if (left === undefined || right === undefined || !isSame(left, right)) return place;
  }
  return undefined;
}

function isSame(one: TraceEvent, other: TraceEvent): boolean {
  return (
    one.type === other.type &&
    one.at === other.at &&
    one.operation === other.operation &&
    one.kind === other.kind &&
    one.label === other.label &&
    one.detail === other.detail
  );
}
