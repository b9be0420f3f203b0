/** How a reader looks at a run. Runs in pages with a timeline. */
import type { TimelineScale } from "../../src/core/timeline/timelineView.ts";

/** What the reader chose, to be kept over a reload. */
export interface ExplorerMemory {
  readonly scale: TimelineScale;
  readonly table: boolean;
  readonly compare: boolean;
  readonly zoom: number;
  readonly left: number;
}

export const freshMemory: ExplorerMemory = { scale: "time", table: false, compare: false, zoom: 1, left: 0 };
