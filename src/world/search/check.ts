/**
 * Checks a program under every order: explores, makes sure that it is deterministic, and makes what fails small. Pure: the
 * program is known through a player alone, which may live in a realm, in this process, or elsewhere.
 */
import type { ScheduleCount } from "../../protocol/verdict.ts";
import { explore } from "./explore.ts";
import { minimise } from "./minimise.ts";
import { type Plan, type RunRecord, naturalPlan } from "./plan.ts";
import { type Decisions, encodeSchedule } from "./schedule.ts";

/** Plays a program, one schedule at a time. */
export interface Player {
  /** Plays it from its beginning to its end. */
  play(plan: Plan): RunRecord | Promise<RunRecord>;
  /**
   * A number that two runs share when the same things happened at the same times in both: of the run that was played
   * last. Undefined for a run that is too long to be played a second time.
   */
  fingerprint(): number | undefined;
  /** Whether it can tell what each event touched: see `WatchPlan`. Asked only where it would be of use. */
  canWatch(): boolean;
}

export interface CheckOptions {
  /** Runs at most; making a counterexample small may take as many again. */
  readonly budget: number;
  readonly seed: number;
  /** Whether orders that cannot differ may be counted as one. Default true. */
  readonly reduction?: boolean;
  /** Whether the natural order is played twice and compared. Default true. */
  readonly selfCheck?: boolean;
}

export interface Checked {
  readonly schedules: ScheduleCount;
  /** The smallest failing schedule: fewest deviations from the natural order, then the earliest. */
  readonly failing?: { readonly decisions: Decisions; readonly schedule: string; readonly failure: string };
}

/** The same schedule went differently the second time: the program depends on more than its world. */
export class NotDeterministicError extends Error {
  override readonly name = "NotDeterministicError";

  constructor() {
    super("The same schedule went differently when it was played again.");
  }
}

/** @throws NotDeterministicError */
export async function check(player: Player, options: CheckOptions): Promise<Checked> {
  const { budget, seed, selfCheck = true, reduction = true } = options;
  const explorer = explore({ budget, seed, reduction: () => reduction && player.canWatch() });
  let failure = "";
  let next = explorer.next();
  let first = selfCheck;
  while (next.done !== true) {
    const answer = player.play(next.value);
    // Most players answer at once, thousands of times a second.
    const record = answer instanceof Promise ? await answer : answer;
    failure = record.failure ?? failure;
    if (first) await checkAgain(player, record.failure);
    first = false;
    next = explorer.next(record);
  }
  const { schedules, failing, smallest } = next.value;
  if (failing === undefined) return { schedules };
  const decisions = smallest === true ? failing : await minimised(player, failing, failure, budget);
  return { schedules, failing: { decisions, schedule: encodeSchedule(decisions), failure } };
}

async function checkAgain(player: Player, failure: string | undefined): Promise<void> {
  const fingerprint = player.fingerprint();
  if (fingerprint === undefined) return;
  const again = await player.play(naturalPlan);
  if (again.failure !== failure || player.fingerprint() !== fingerprint) throw new NotDeterministicError();
}

async function minimised(player: Player, failing: Decisions, failure: string, budget: number): Promise<Decisions> {
  const minimiser = minimise({ failing, failure, budget });
  let next = minimiser.next();
  while (next.done !== true) next = minimiser.next(await player.play(next.value));
  return next.value;
}
