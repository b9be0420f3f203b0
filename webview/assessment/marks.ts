/** What the learner has done with each item, as the page knows it before the host does. Pure; runs in the rehearsal's page. */
import type { ItemView, SittingView } from "../../src/protocol/assessmentMessages.ts";

export interface Marks {
  readonly choice?: string;
  readonly skipped: boolean;
  readonly flagged: boolean;
  /** Of a coding task: something was written in its file. */
  readonly written: boolean;
  readonly explanation: string;
}

/** By item. */
export type AllMarks = Readonly<Record<string, Marks>>;

export type Standing = "answered" | "skipped" | "open";

export function marksOf({ items }: SittingView): AllMarks {
  return Object.fromEntries(items.map((item) => [item.id, marksOfItem(item)]));
}

export function withMarks(all: AllMarks, item: string, change: Partial<Marks>): AllMarks {
  return { ...all, [item]: { ...markOf(all, item), ...change } };
}

export function markOf(all: AllMarks, item: string): Marks {
  return (Object.hasOwn(all, item) ? all[item] : undefined) ?? untouched;
}

export function standingOf({ choice, written, skipped }: Marks): Standing {
  if (choice !== undefined || written) return "answered";
  return skipped ? "skipped" : "open";
}

const untouched: Marks = { skipped: false, flagged: false, written: false, explanation: "" };

function marksOfItem({ skipped, flagged, question, task }: ItemView): Marks {
  const marks = { skipped, flagged, written: task?.written === true, explanation: task?.explanation ?? "" };
  return question?.choice === undefined ? marks : { ...marks, choice: question.choice };
}
