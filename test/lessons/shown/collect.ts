/**
 * Every kind of bug that a file shows, and not only the first that each test would tell: tests go on after a failing order, and
 * once more without the rules that were broken, since what a rule tells hides what the others would.
 */
import type { Diagnosis } from "../../../src/protocol/diagnosis.ts";
import { explore } from "../../../src/world/search/explore.ts";
import type { RunRecord } from "../../../src/world/search/plan.ts";
import { type Program, Stage } from "../../sandbox/watchedRuns.ts";

/** Orders of each test; fewer where a run is long. */
const mostOrders = 300;
const fewestOrders = 20;
/** Timers and operations that all orders of a test together may start. */
const mostWork = 20_000;

/** The rules of the oracle that can be switched off, by what breaking them is called. */
const ruleOf: Partial<Readonly<Record<Diagnosis, readonly string[]>>> = {
  "timer-still-armed": ["L1"],
  "listener-left-on-signal": ["L2"],
  "work-still-running": ["L3"],
  "resource-not-released": ["L3"],
  "signal-not-passed-on": ["L3", "L5"],
  "late-after-abort": ["L5"],
  "abort-swallowed": ["L5"],
  "reason-replaced": ["L5"],
  "aborted-signal-unchecked": ["L6"],
};

export interface Collecting {
  readonly exercise: string;
  readonly spec: string;
  /** Told before each test: a file may hang in one. */
  readonly begins: (test: string) => void;
  readonly shows: (diagnosis: Diagnosis) => void;
}

export function collect({ exercise, spec, begins, shows }: Collecting): void {
  const stage = new Stage();
  const shown = new Set<Diagnosis>();
  const without = new Set<string>();
  for (;;) {
    const program = stage.load(exercise, withoutRules(spec, [...without]));
    for (const test of program.tests()) {
      begins(test);
      for (const diagnosis of shownBy(program, test)) {
        if (!shown.has(diagnosis)) shows(diagnosis);
        shown.add(diagnosis);
      }
    }
    const broken = [...shown].flatMap((diagnosis) => ruleOf[diagnosis] ?? []);
    if (broken.every((rule) => without.has(rule))) return;
    for (const rule of broken) without.add(rule);
  }
}

function shownBy(program: Program, test: string): ReadonlySet<Diagnosis> {
  const shown = new Set<Diagnosis>();
  const play = (plan: Parameters<Program["play"]>[0]): RunRecord => {
    const { record, finding } = program.play(plan, test);
    if (finding !== undefined) shown.add(finding.diagnosis);
    // As if it had passed: the search goes on.
    return { options: record.options, taken: record.taken, failure: undefined };
  };
  const natural = play({ by: "decisions", decisions: [] });
  const budget = Math.max(fewestOrders, Math.min(mostOrders, Math.floor(mostWork / Math.max(1, program.size()))));
  const explorer = explore({ budget, seed: 1 });
  explorer.next();
  let step = explorer.next(natural);
  while (step.done !== true) step = explorer.next(play(step.value));
  return shown;
}

/** The spec with these rules off in all of its tests. */
function withoutRules(spec: string, rules: readonly string[]): string {
  if (rules.length === 0) return spec;
  const off = JSON.stringify(rules);
  const wrapped = spec.replace(
    /\btest \} from "interleave";/,
    `test as testOfSpec } from "interleave"; const test = (name, options, body) => testOfSpec(name, { ...options, oracle: { ...options.oracle, except: [...(options.oracle?.except ?? []), ...${off}] } }, body);`,
  );
  if (wrapped === spec) throw new Error("The spec imports its test in another way.");
  return wrapped;
}
