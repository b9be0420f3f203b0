/** What each key means on a chart or a table of events. Runs in a webview's page. */
import type { EventSet } from "../../src/core/timeline/causes.ts";
import { firstWhere } from "../../src/core/timeline/timelineView.ts";
import { stepFrom, type ToldRun } from "./toldRun.ts";

export type TimelineAction =
  | "forward"
  | "back"
  | "first"
  | "last"
  | "play"
  | "whole"
  | "reveal"
  | "zoomIn"
  | "zoomOut"
  | "fit"
  | "table"
  | "compare"
  | "legend"
  | "svg"
  | "png"
  | "up"
  | "down";

const keys: Readonly<Record<string, TimelineAction>> = {
  ArrowRight: "forward",
  ArrowLeft: "back",
  Home: "first",
  End: "last",
  " ": "play",
  Escape: "whole",
  Enter: "reveal",
  "+": "zoomIn",
  "=": "zoomIn",
  "-": "zoomOut",
  "0": "fit",
  t: "table",
  T: "table",
  ArrowUp: "up",
  ArrowDown: "down",
};

/** Undefined: the key is left to the browser and to VS Code. */
export function keyAction(event: KeyboardEvent): TimelineAction | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return undefined;
  return Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
}

/** In a table to the next row; in a chart to the lane above or below, as it stood at the current event. */
export function moveByKey(
  run: ToldRun,
  rows: readonly number[],
  current: number | undefined,
  way: "up" | "down",
  chosen: EventSet | undefined,
  table: boolean,
): number | undefined {
  const step = way === "down" ? 1 : -1;
  if (table) return stepFrom(run, current, step, chosen);
  const row = rows.indexOf(current === undefined ? -1 : (run.model.laneOf[current] ?? -1));
  const next = row < 0 ? (step === 1 ? 0 : rows.length - 1) : row + step;
  const events = run.model.lane(rows[next] ?? -1)?.events ?? [];
  const after = firstWhere(events.length, (index) => (events[index] ?? 0) > (current ?? 0));
  return events[Math.max(0, after - 1)];
}
