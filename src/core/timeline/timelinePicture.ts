/** What there is to draw of a run, and how much of it the reader asked for. Pure. */
import type { EventSet } from "./causes.ts";
import type { MarkKind, TimelineModel } from "./timelineModel.ts";

export interface TimelinePicture {
  readonly model: TimelineModel;
  /** Lanes of the model, from top to bottom. */
  readonly rows: readonly number[];
  /** What the reader asked for; the rest is faint. */
  readonly chosen?: EventSet | undefined;
  /** The event that is looked at: its place in `model.events`. */
  readonly current?: number | undefined;
  /** From here on this run is not like the one that it is compared with: a place in `model.events`. */
  readonly difference?: number | undefined;
  /** Lines of the exercise whose lanes are lit. */
  readonly lines: readonly number[];
  readonly words: TimelineWords;
}

/** The few words that a drawing itself says. */
export interface TimelineWords {
  /** Virtual time, e.g. "30 ms". */
  readonly instant: (ms: number) => string;
  /** Short name of a mark, e.g. "deadline". */
  readonly marks: Readonly<Record<MarkKind | "difference", string>>;
  /** E.g. "12 events left out". */
  readonly gap: (count: number) => string;
  /** A line of the exercise, in a few letters. */
  readonly line: (line: number) => string;
}

/** For each lane its row; -1 where it has none. Made anew when the rows change, not for every frame. */
export type RowIndex = Int32Array;

export function indexRows(model: TimelineModel, rows: readonly number[]): RowIndex {
  const index = new Int32Array(model.laneCount).fill(-1);
  rows.forEach((lane, row) => (index[lane] = row));
  return index;
}
