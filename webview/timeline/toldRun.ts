/** A run ready to be drawn: its model, its events in words, and what may be asked of them. Runs in a webview's page. */
import { causesOf, consequencesOf, type EventSet } from "../../src/core/timeline/causes.ts";
import type { TimelineWords } from "../../src/core/timeline/timelinePicture.ts";
import type { Bar } from "../../src/core/timeline/lane.ts";
import { placeOf, type TimelineModel, timelineModel } from "../../src/core/timeline/timelineModel.ts";
import type { TimelineHit } from "../../src/core/timeline/timelineHit.ts";
import type { TimelineStrings, ToldTrace } from "../../src/protocol/timelineMessages.ts";
import { format } from "../common/format.ts";

export interface ToldRun {
  readonly model: TimelineModel;
  readonly texts: readonly string[];
}

export function toldRun({ events, texts }: ToldTrace): ToldRun {
  return { model: timelineModel(events), texts };
}

/** Which events the reader wants to see. */
export type Filter = { readonly by: "all" } | { readonly by: "causes" | "effects"; readonly event: number };

export function chosenBy({ model }: ToldRun, filter: Filter): EventSet | undefined {
  switch (filter.by) {
    case "all":
      return undefined;
    case "causes":
      return causesOf(model, filter.event);
    case "effects":
      return consequencesOf(model, filter.event);
  }
}

/** Lanes with an event that was asked for, or all. */
export function rowsOf({ model }: ToldRun, chosen: EventSet | undefined): readonly number[] {
  const lanes = Array.from({ length: model.laneCount }, (_, lane) => lane);
  if (chosen === undefined) return lanes;
  const wanted = new Set(model.laneOf.filter((_, event) => chosen[event] === 1));
  return lanes.filter((lane) => wanted.has(lane));
}

export function placeOfSeq({ model }: ToldRun, seq: number | null): number | undefined {
  const place = seq === null ? -1 : placeOf(model.events, seq);
  return place < 0 ? undefined : place;
}

/** The next event that was asked for, in this direction; from none, the first or the last one. */
export function stepFrom(
  { model }: ToldRun,
  current: number | undefined,
  step: 1 | -1,
  chosen: EventSet | undefined,
): number | undefined {
  const length = model.events.length;
  let place = current === undefined ? (step === 1 ? 0 : length - 1) : current + step;
  while (place >= 0 && place < length && chosen !== undefined && chosen[place] !== 1) place += step;
  return place >= 0 && place < length ? place : undefined;
}

export function instantText(strings: TimelineStrings, ms: number): string {
  return format(strings.ms, Number.isInteger(ms) ? ms : Number(ms.toFixed(3)));
}

export function drawingWords(strings: TimelineStrings): TimelineWords {
  return {
    instant: (ms) => instantText(strings, ms),
    line: (line) => format(strings.shortLine, line),
    gap: (count) => format(strings.gap, count),
    marks: {
      finding: strings.markFinding,
      cancel: strings.markCancel,
      deadline: strings.markDeadline,
      console: strings.markConsole,
      difference: strings.markDifference,
    },
  };
}

/** A few lines on an event, or on a lane where there is none. */
export function tellHit(run: ToldRun, hit: TimelineHit, strings: TimelineStrings): readonly string[] {
  const { model, texts } = run;
  const { event: place } = hit;
  const lane = hit.lane === undefined ? undefined : model.lane(hit.lane);
  if (place === undefined) return lane === undefined ? [] : [lane.name];
  const event = model.events[place];
  if (event === undefined) return [];
  const cause = model.causeOf[place] ?? -1;
  const bar = lane?.bars.find(({ from, to }) => from <= place && place <= to);
  const lines = [`${instantText(strings, event.at)} · ${texts[place] ?? ""}`];
  if (bar !== undefined) lines.push(barText(run, bar, strings));
  if (cause >= 0) lines.push(format(strings.causedBy, texts[cause] ?? ""));
  if (event.line !== undefined) lines.push(format(strings.goToLine, event.line));
  return lines;
}

function barText({ model }: ToldRun, bar: Bar, strings: TimelineStrings): string {
  const from = instantText(strings, model.events[bar.from]?.at ?? 0);
  const to = instantText(strings, model.events[bar.to]?.at ?? 0);
  return `${format(strings.underWay, from, to)} · ${strings[bar.ending]}`;
}
