/** The icon of each type of event, wherever events are listed. Runs in a webview's page. */
import type { TraceEvent } from "../../src/protocol/trace.ts";

export const eventIcons: Readonly<Record<TraceEvent["type"], string>> = {
  call: "arrow-right",
  settle: "arrow-left",
  start: "play",
  complete: "check",
  fail: "error",
  hold: "debug-pause",
  abort: "circle-slash",
  clear: "dash",
  cancel: "debug-stop",
  console: "output",
  finding: "bug",
};
