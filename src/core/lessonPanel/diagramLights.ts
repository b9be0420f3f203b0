/** Which parts of a lesson's diagram an order of events touches: how, how often, and which of them now. Pure. */
import type { DiagramLights, Light, PartLight } from "../../protocol/lessonPanelMessages.ts";
import type { Trace, TraceEvent } from "../../protocol/trace.ts";
import type { DiagramMeta } from "../lesson/lessonSchema.ts";

/** One event that meets a binding of a part. */
export interface Touch {
  /** `seq` of the event. */
  readonly seq: number;
  readonly element: string;
  readonly light: Light;
}

/** A binding in the words of the trace. */
export interface Binding {
  readonly element: string;
  readonly on: {
    readonly type: TraceEvent["type"];
    readonly kind?: TraceEvent["kind"];
    /** A pattern for the whole label; `*` stands for any text. */
    readonly label?: string;
  };
}

const lights: Readonly<Record<TraceEvent["type"], Light>> = {
  call: "active",
  settle: "active",
  start: "active",
  complete: "active",
  console: "active",
  hold: "stopped",
  abort: "stopped",
  cancel: "stopped",
  clear: "stopped",
  fail: "broken",
  finding: "broken",
};

/** The bindings of lesson.json, which knows two more words for events. */
export function bindingsOf({ bindings }: Pick<DiagramMeta, "bindings">): readonly Binding[] {
  return bindings.map(({ element, on }) => {
    const rest = {
      ...(on.kind === undefined ? {} : { kind: on.kind }),
      ...(on.label === undefined ? {} : { label: on.label }),
    };
    if (on.type === "fire") return { element, on: { kind: "timer", ...rest, type: "complete" } };
    return { element, on: { ...rest, type: on.type === "leak" ? "finding" : on.type } };
  });
}

/** What of a diagram a run touches, in the order of its events. An event touches a part once, by however many bindings. */
export function touchesOf(bindings: readonly Binding[], trace: Trace): readonly Touch[] {
  const byType = Map.groupBy(bindings, ({ on }) => on.type);
  return trace.flatMap((event) => {
    const met = (byType.get(event.type) ?? []).filter(({ on }) => meets(on, event));
    return [...new Set(met.map(({ element }) => element))].map((element) => ({
      seq: event.seq,
      element,
      light: lights[event.type],
    }));
  });
}

/**
 * How the touched parts look once the event `moment` has happened; undefined: once the run is over. The last event that
 * touches a part decides its light.
 */
export function lightsAt(touches: readonly Touch[], moment: number | undefined): readonly PartLight[] {
  const parts = new Map<string, PartLight>();
  for (const { seq, element, light } of touches) {
    if (moment !== undefined && seq > moment) break;
    const count = (parts.get(element)?.count ?? 0) + 1;
    parts.set(element, { element, light, count, current: seq === moment });
  }
  return [...parts.values()];
}

/** The lights of all diagrams of a lesson that a whole run touches. */
export function lightsOfRun(diagrams: readonly DiagramMeta[], trace: Trace): readonly DiagramLights[] {
  return diagrams.flatMap((diagram) => {
    const parts = lightsAt(touchesOf(bindingsOf(diagram), trace), undefined);
    return parts.length === 0 ? [] : [{ file: diagram.file, parts }];
  });
}

export interface Steps {
  /** `seq` of the nearest event before the moment that touches the diagram, and of the nearest one after it. */
  readonly previous?: number;
  readonly next?: number;
  /** Events that touch the diagram: up to the moment, and in all. */
  readonly passed: number;
  readonly total: number;
}

/** Where one can step from a moment. From the run as a whole: back to its last event, forward to its first. */
export function stepsFrom(touches: readonly Touch[], moment: number | undefined): Steps {
  const events = [...new Set(touches.map(({ seq }) => seq))];
  const total = events.length;
  const [first, last] = [events.at(0), events.at(-1)];
  if (first === undefined || last === undefined) return { passed: 0, total };
  if (moment === undefined) return { previous: last, next: first, passed: total, total };
  const passed = events.filter((seq) => seq <= moment).length;
  const previous = events.findLast((seq) => seq < moment);
  const next = events[passed];
  return {
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
    passed,
    total,
  };
}

function meets(on: Binding["on"], event: TraceEvent): boolean {
  if (on.kind !== undefined && on.kind !== event.kind) return false;
  return on.label === undefined || matches(on.label, event.label);
}

/** `*` stands for any text. Linear in the label for each star, whatever the pattern. */
function matches(pattern: string, label: string): boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return label === pattern;
  if (!label.startsWith(first)) return false;
  let from = first.length;
  for (const piece of others) {
    const at = label.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return label.length - last.length >= from && label.endsWith(last);
}
