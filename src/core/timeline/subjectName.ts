/** What an operation or a call is called wherever a run is told or drawn. Pure. */
import type { TraceEvent } from "../../protocol/trace.ts";

/** The kind comes first unless the label begins with it already. */
export function subjectName({ kind, label }: Pick<TraceEvent, "kind" | "label">): string {
  if (kind === "call" || kind === "signal" || kind === "console" || kind === "finding" || kind === "spec") return label;
  return label.startsWith(kind) ? label : `${kind} ${label}`.trim();
}
