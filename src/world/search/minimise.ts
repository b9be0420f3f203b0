/**
 * From a failing schedule to the one that is easiest to understand: the fewest deviations from the natural order, then
 * the earliest. Pure.
 */
import { walkLevels } from "./levels.ts";
import type { Plan, RunRecord } from "./plan.ts";
import { Random } from "../../base/random.ts";
import { type Decisions, countDeviations, trimmed } from "./schedule.ts";
import { Tally } from "./tally.ts";

export interface MinimiseOptions {
  readonly failing: Decisions;
  /** Its failure; another failure does not count. */
  readonly failure: string;
  /** Runs at most. */
  readonly budget: number;
}

/**
 * First takes deviations away while it still fails in the same way; then, as far as the budget goes, looks at every
 * schedule with fewer deviations, and at those with as many, in order, for one that fails in the same way.
 */
export function* minimise(options: MinimiseOptions): Generator<Plan, Decisions, RunRecord> {
  const { failure, budget } = options;
  const tally = new Tally(budget);
  const spared = yield* spare(options.failing, failure, tally);
  const deviations = countDeviations(spared);
  if (deviations === 0) return spared;
  const walk = yield* walkLevels({
    tally,
    random: new Random(1),
    counts: (other) => other === failure,
    deepest: deviations,
  });
  return walk.failing ?? spared;
}

function* spare(failing: Decisions, failure: string, tally: Tally): Generator<Plan, Decisions, RunRecord> {
  let best = trimmed(failing);
  for (let index = 0; index < best.length && tally.room > 0;) {
    if (best[index] === 0) {
      index++;
      continue;
    }
    const trial = trimmed(best.map((choice, place) => (place === index ? 0 : choice)));
    const record: RunRecord = yield { by: "decisions", decisions: trial };
    tally.add(record.taken);
    if (record.failure === failure) {
      best = trimmed(record.taken);
      // What could not be spared before may be now.
      index = 0;
    } else index++;
  }
  return best;
}
