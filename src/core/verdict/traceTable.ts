/** A trace as a table: time, lane, what happened, line of the exercise. For the terminal and for a text document. Pure. */
import { formatInstant, tellEvent } from "./lessonStory.ts";
import type { Trace, TraceEvent } from "../../protocol/trace.ts";
import type { Locale } from "../../protocol/words.ts";
import { formatTable } from "../textTable.ts";

const headings = {
  en: { time: "time", lane: "lane", what: "what", line: "line" },
  "zh-cn": { time: "时间", lane: "泳道", what: "事件", line: "行" },
} as const;

/** @param limit events to show; of a longer trace, some from its beginning and most from its end. */
export function formatTrace(trace: Trace, locale: Locale, limit = Infinity): readonly string[] {
  const { time, lane, what, line } = headings[locale];
  const columns = [
    { heading: time, align: "right" },
    { heading: lane, align: "right" },
    { heading: what },
    { heading: line, align: "right" },
  ] as const;
  return formatTable(columns, rowsOf(trace, locale, limit));
}

function rowsOf(trace: Trace, locale: Locale, limit: number): readonly (readonly string[])[] {
  const row = (event: TraceEvent): readonly string[] => [
    formatInstant(event.at, locale),
    event.operation === 0 ? "" : String(event.operation),
    tellEvent(event, locale).replaceAll("\n", "⏎"),
    event.line === undefined ? "" : String(event.line),
  ];
  if (trace.length <= limit) return trace.map(row);
  const first = Math.floor(limit / 3);
  const last = limit - first;
  const omitted = String(trace.length - limit);
  const gap = ["", "", locale === "en" ? `… ${omitted} more events …` : `……另有 ${omitted} 个事件……`, ""];
  return [...trace.slice(0, first).map(row), gap, ...trace.slice(-last).map(row)];
}
