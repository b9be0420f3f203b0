/** Checks events of a run that came in a message. Runs in a webview's page. */
import type { TraceEvent } from "../../src/protocol/trace.ts";
import * as is from "./guards.ts";

const isEventType = is.nameOf<TraceEvent["type"]>({
  call: true,
  settle: true,
  start: true,
  complete: true,
  fail: true,
  hold: true,
  abort: true,
  clear: true,
  cancel: true,
  console: true,
  finding: true,
});
const isEventKind = is.nameOf<TraceEvent["kind"]>({
  timer: true,
  fetch: true,
  body: true,
  dial: true,
  work: true,
  spec: true,
  call: true,
  signal: true,
  console: true,
  finding: true,
});

export const isEvent = is.record<TraceEvent>({
  seq: is.isNumber,
  at: is.isNumber,
  type: isEventType,
  kind: isEventKind,
  operation: is.isNumber,
  label: is.isString,
  cause: is.optional(is.isNumber),
  line: is.optional(is.isNumber),
  detail: is.optional(is.isString),
});
