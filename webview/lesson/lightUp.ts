/** Which parts of a diagram take part in an order of events, and how. Pure; runs in the panel's page. */
import type { DiagramBindingView } from "../../src/protocol/lessonPanelMessages.ts";
import type { TraceEvent } from "../../src/protocol/trace.ts";

/** How a part is lit: it took part, an abort struck it, or it is where something went wrong. */
export type Light = "active" | "stopped" | "broken";

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

/** For each element with a binding that an event meets: the light of the last such event. */
export function lightsFor(
  bindings: readonly DiagramBindingView[],
  events: readonly TraceEvent[],
): ReadonlyMap<string, Light> {
  const lit = new Map<string, Light>();
  for (const event of events) {
    for (const { element, on } of bindings) {
      if (meets(on, event)) lit.set(element, lights[event.type]);
    }
  }
  return lit;
}

function meets(on: DiagramBindingView["on"], event: TraceEvent): boolean {
  if (on.type !== event.type) return false;
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
