/**
 * A trace as a timeline sees it: a lane for each operation and call, in it a bar for each time that it was under way, and the
 * moments that concern all of them. Pure; made once for a run, so that drawing a part of it never walks through the whole.
 */
import type { Trace, TraceEvent } from "../../protocol/trace.ts";
import { findLeaks } from "./leaks.ts";
import { subjectName } from "./subjectName.ts";

/** How a bar ended. `running`: the run was over first, and that is nobody's fault; `leaked`: a finding blames it. */
export type Ending = "running" | "completed" | "failed" | "aborted" | "cleared" | "leaked";

/** Ends of a bar are places in `events`. */
export interface Bar {
  readonly from: number;
  /** Of a bar without an end: the last event of the run. */
  readonly to: number;
  readonly ending: Ending;
  /** From here on the outside held it back, by choice of the schedule. */
  readonly held?: number;
}

export interface Lane {
  readonly operation: number;
  readonly kind: TraceEvent["kind"];
  /** For people: kind and label. */
  readonly name: string;
  /** Line of the exercise that began it, where known. */
  readonly line: number | undefined;
  /** In order of time; they do not overlap. Only what is armed again and again has more than one. */
  readonly bars: readonly Bar[];
  /** Places in `events`, ascending. */
  readonly events: readonly number[];
}

/** What a moment is that concerns the whole run. `deadline`: a timer that fired and aborted something. */
export type MarkKind = "finding" | "cancel" | "deadline" | "console";

export interface TimelineModel {
  readonly events: Trace;
  /** When the last event happened, virtual ms. */
  readonly end: number;
  /** In order of start. */
  readonly lanes: readonly Lane[];
  /** For each event the place of its lane in `lanes`; -1 for none. */
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
  const { lanes, laneOf } = findLanes(events);
  return {
    events,
    end: events.at(-1)?.at ?? 0,
    lanes: findLeaks(lanes, events),
    laneOf,
    causeOf,
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
  events.forEach(({ seq, cause }, index) => {
    if (cause === undefined || cause >= seq) return;
    // In a whole trace an event's place is its number.
    causes[index] = events[cause]?.seq === cause ? cause : placeOf(events, cause);
  });
  return causes;
}

interface OpenBar {
  readonly from: number;
  held: number | undefined;
}

interface OpenLane extends Omit<Lane, "bars" | "events"> {
  readonly bars: Bar[];
  readonly events: number[];
  open: OpenBar | undefined;
}

function findLanes(events: Trace): { readonly lanes: readonly Lane[]; readonly laneOf: Int32Array } {
  const laneOf = new Int32Array(events.length).fill(-1);
  const lanes: OpenLane[] = [];
  const places = new Map<number, number>();
  events.forEach((event, index) => {
    if (event.operation === 0) return;
    let place = places.get(event.operation);
    if (place === undefined) {
      place = lanes.length;
      places.set(event.operation, place);
      lanes.push(newLane(event));
    }
    laneOf[index] = place;
    const lane = lanes[place];
    if (lane === undefined) return;
    lane.events.push(index);
    follow(lane, event, index);
  });
  const last = events.length - 1;
  for (const lane of lanes) if (lane.open !== undefined) lane.bars.push(barOf(lane.open, last, "running"));
  return { lanes, laneOf };
}

function newLane(event: TraceEvent): OpenLane {
  const { operation, kind, line } = event;
  return { operation, kind, name: subjectName(event), line, bars: [], events: [], open: undefined };
}

const endings: Readonly<Partial<Record<TraceEvent["type"], Ending>>> = {
  complete: "completed",
  settle: "completed",
  fail: "failed",
  abort: "aborted",
  clear: "cleared",
};

function follow(lane: OpenLane, event: TraceEvent, index: number): void {
  if (event.type === "hold" && lane.open !== undefined) lane.open.held ??= index;
  const ending = endings[event.type];
  if (ending !== undefined) {
    // Where the start was left out, the bar is a moment.
    lane.bars.push(barOf(lane.open ?? { from: index, held: undefined }, index, endingOf(event, ending)));
    lane.open = undefined;
  } else lane.open ??= { from: index, held: undefined };
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
