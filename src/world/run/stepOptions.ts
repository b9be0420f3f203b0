/** What may come next in a run, by name, for a person to choose from. Needs a run that is recorded. Runs inside the realm. */
import type { StepAction, StepOption } from "../../protocol/steps.ts";
import { type Option, type OptionList, isStrike, strikes } from "../outside/options.ts";
import type { TraceRecorder } from "../outside/traceRecorder.ts";

const endings = ["complete", "fail", "hang", "slow"] as const satisfies readonly StepAction[];

/** @param options in the natural order @param trace of the run, which knows what was started before */
export function stepOptions(options: OptionList, trace: TraceRecorder): readonly StepOption[] {
  const first = options.at(0);
  return Array.from({ length: options.length }, (_, place) => {
    const option = options.at(place) ?? first;
    const isNatural = place === 0;
    if (option === undefined) throw new RangeError("There is nothing to choose from.");
    const { at, name } = option;
    if (name === strikes.now || (isStrike(name) && first === undefined))
      return { what: "cancel", kind: "signal", label: "", occurrence: 1, operation: 0, at, natural: isNatural };
    if (isStrike(name)) {
      const what = name === strikes.before ? "cancel-before" : "cancel-within";
      return { what, ...subjectOf(first ?? option, trace), at, natural: isNatural };
    }
    return { what: endings[option.ending], ...subjectOf(option, trace), at, natural: isNatural };
  });
}

function subjectOf(
  { operation, timer }: Option,
  trace: TraceRecorder,
): Pick<StepOption, "kind" | "label" | "occurrence" | "operation" | "line"> {
  const id = operation?.id ?? timer?.id ?? 0;
  const kind = operation?.plan.kind ?? "timer";
  const label = operation?.plan.label ?? timer?.label ?? "";
  const line = (operation ?? timer)?.source?.line;
  const occurrence = trace.occurrenceOf(id, { kind, label });
  return { kind, label, occurrence, operation: id, ...(line === undefined ? {} : { line }) };
}
