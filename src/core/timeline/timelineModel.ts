/**
 * A trace as a timeline sees it: a lane for each operation and call, in it a bar for each time that it was under way, and the
 * moments that concern all of them. Pure; made once for a run, so that drawing a part of it never walks through the whole.
 */
import type { Trace, TraceEvent } from "../../protocol/trace.ts";
import type { Bar, Ending, Lane } from "./lane.ts";
import { blamingFindings, withLeak } from "./leaks.ts";
import { subjectName } from "./subjectName.ts";

/** What a moment is that concerns the whole run. `deadline`: a timer that fired and aborted something. */
export type MarkKind = "finding" | "cancel" | "deadline" | "console";

export interface TimelineModel {
  readonly events: Trace;
  /** When the last event happened, virtual ms. */
  readonly end: number;
  readonly laneCount: number;
  /** Lanes are numbered from 0 in order of start; undefined where there is none. */
  readonly lane: (place: number) => Lane | undefined;
  /** For each event its lane; -1 for none. */
  readonly laneOf: Int32Array;
  /** For each event the place in `events` of its cause; -1 for none, and where the cause was left out. */
  readonly causeOf: Int32Array;
  /** Places in `events`, ascending, by kind. */
  readonly marks: Readonly<Record<MarkKind, readonly number[]>>;
  /** The event before which events were left out, and how many; undefined where the trace is whole. */
  readonly gap: { readonly before: number; readonly count: number } | undefined;
}

export function timelineModel(events: Trace): TimelineModel {
  const causeOf = findCauses(events);
  const { laneOf, laneCount, eventsOf } = sortIntoLanes(events);
  const findings = blamingFindings(events);
  // A long run has lanes by the ten thousand, of which a screen shows twenty: each is made when it is asked for.
  const made = new Map<number, Lane>();
  const lane = (place: number): Lane | undefined => {
    const known = made.get(place);
    if (known !== undefined || place < 0 || place >= laneCount) return known;
    const fresh = withLeak(makeLane(events, eventsOf(place)), findings);
    made.set(place, fresh);
    return fresh;
  };
  return {
    ...{ events, end: events.at(-1)?.at ?? 0, laneCount, lane, laneOf, causeOf },
    marks: findMarks(events, causeOf),
    gap: findGap(events),
  };
}

/** Place of the event with this number; -1 where it was left out. */
export function placeOf(events: Trace, seq: number): number {
  let low = 0;
  let high = events.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = events[middle]?.seq ?? 0;
    if (found === seq) return middle;
    if (found < seq) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function findCauses(events: Trace): Int32Array {
  const causes = new Int32Array(events.length).fill(-1);
  for (let index = 0; index < events.length; index++) {
    const { cause, seq = 0 } = events[index] ?? {};
    if (cause === undefined || cause >= seq) continue;
    // In a whole trace an event's place is its number.
    causes[index] = events[cause]?.seq === cause ? cause : placeOf(events, cause);
  }
  return causes;
}

interface SortedEvents {
  readonly laneOf: Int32Array;
  readonly laneCount: number;
  /** Ascending. */
  readonly eventsOf: (place: number) => readonly number[];
}

/** Counts first, then puts each lane's events side by side into one array. */
function sortIntoLanes(events: Trace): SortedEvents {
  const laneOf = new Int32Array(events.length).fill(-1);
  const places = new Map<number, number>();
  for (let index = 0; index < events.length; index++) {
    const operation = events[index]?.operation ?? 0;
    if (operation === 0) continue;
    let place = places.get(operation);
    if (place === undefined) places.set(operation, (place = places.size));
    laneOf[index] = place;
  }
  const laneCount = places.size;
  const ends = new Int32Array(laneCount + 1);
  for (const place of laneOf) if (place >= 0) ends[place + 1] = (ends[place + 1] ?? 0) + 1;
  for (let place = 0; place < laneCount; place++) ends[place + 1] = (ends[place + 1] ?? 0) + (ends[place] ?? 0);
  const sorted = new Int32Array(ends[laneCount] ?? 0);
  const next = ends.slice(0, laneCount);
  laneOf.forEach((place, index) => {
    if (place < 0) return;
    const at = next[place] ?? 0;
    sorted[at] = index;
    next[place] = at + 1;
  });
  return { laneOf, laneCount, eventsOf: (place) => [...sorted.subarray(ends[place], ends[place + 1])] };
}

interface OpenBar {
  readonly from: number;
  held: number | undefined;
}

const endings: Readonly<Partial<Record<TraceEvent["type"], Ending>>> = {
  complete: "completed",
  settle: "completed",
  fail: "failed",
  abort: "aborted",
  clear: "cleared",
};

/** @param places of its events */
function makeLane(events: Trace, places: readonly number[]): Lane {
  const bars: Bar[] = [];
  let open: OpenBar | undefined;
  for (const index of places) {
    const event = events[index];
    const ending = event === undefined ? undefined : endings[event.type];
    if (event?.type === "hold" && open !== undefined) open.held ??= index;
    if (event === undefined || ending === undefined) {
      open ??= { from: index, held: undefined };
    } else {
      // Where the start was left out, the bar is a moment.
      bars.push(barOf(open ?? { from: index, held: undefined }, index, endingOf(event, ending)));
      open = undefined;
    }
  }
  if (open !== undefined) bars.push(barOf(open, events.length - 1, "running"));
  const { operation = 0, kind = "spec", label = "", line } = events[places[0] ?? -1] ?? {};
  return { operation, kind, name: subjectName({ kind, label }), line, bars, events: places };
}

/** A call that rejects has failed, in whichever way: it is told apart from one that fulfils. */
function endingOf({ type, detail }: TraceEvent, ending: Ending): Ending {
  return type === "settle" && detail?.startsWith("rejected") === true ? "failed" : ending;
}

function barOf({ from, held }: OpenBar, to: number, ending: Ending): Bar {
  return held === undefined ? { from, to, ending } : { from, to, ending, held };
}

function findMarks(events: Trace, causeOf: Int32Array): TimelineModel["marks"] {
  const marks: Record<Exclude<MarkKind, "deadline">, number[]> = { finding: [], cancel: [], console: [] };
  const deadlines = new Set<number>();
  events.forEach(({ type }, index) => {
    if (type === "finding" || type === "cancel" || type === "console") marks[type].push(index);
    const cause = type === "abort" ? (causeOf[index] ?? -1) : -1;
    const by = events[cause];
    if (by?.kind === "timer" && by.type === "complete") deadlines.add(cause);
  });
  return { ...marks, deadline: [...deadlines].sort((one, other) => one - other) };
}

function findGap(events: Trace): TimelineModel["gap"] {
  const last = events.at(-1);
  const missing = last === undefined ? 0 : last.seq + 1 - events.length;
  if (missing <= 0) return undefined;
  const before = events.findIndex(({ seq }, index) => seq !== index);
  return { before, count: missing };
}
