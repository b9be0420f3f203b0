/**
 * Which schedules to run, and in which order. Pure: it knows a program only through the record of each run. A generator,
 * so that the caller decides when to let its event loop turn, and where the program runs.
 *
 * Small spaces are run whole, level by level. Of a space that is larger than the budget, first a part of the budget tries
 * to cover it by classes of orders that can differ (see reduce.ts). Where that does not get to an end either, the levels
 * that fit are run whole, and the rest of the budget goes half to the next level, half to random priorities.
 */
import type { ScheduleCount } from "../../protocol/verdict.ts";
import { type Level, type LevelWalk, walkLevels } from "./levels.ts";
import { type Plan, type RunRecord, naturalPlan } from "./plan.ts";
import { Random } from "../../base/random.ts";
import { type Reduction, reduce } from "./reduce.ts";
import { type Decisions, countDeviations } from "./schedule.ts";
import { Tally } from "./tally.ts";

export interface ExploreOptions {
  /** Runs at most. */
  readonly budget: number;
  readonly seed: number;
  /** Whether runs can be watched, so that orders which cannot differ need not be told apart. Default: no. */
  readonly reduction?: () => boolean;
}

export interface Exploration {
  readonly schedules: ScheduleCount;
  /** The first failing schedule. */
  readonly failing?: Decisions;
  /** Every schedule with fewer deviations, and every earlier one with as many, was run and passed. */
  readonly smallest?: boolean;
}

/** One step of exploring: the plan of the next run; answer with the record of that run. */
export type Explorer = Generator<Plan, Exploration, RunRecord>;

/** Share of the budget that may be spent on trying to cover the space by classes. */
const reductionShare = 0.25;
/** A space has to be so many times larger than the budget before random priorities are worth their repetitions. */
const sparse = 4;
/** Changes of priority, in turn: for bugs that need one, two, three and four events in one order. */
const changesInTurn = [0, 1, 2, 3];

const anyFailure = (): boolean => true;

/** Stops at the first failure. */
export function* explore(options: ExploreOptions): Explorer {
  const tally = new Tally(options.budget);
  const natural: RunRecord = yield naturalPlan;
  if (natural.failure !== undefined) return { ...found([], 1, 0), smallest: true };
  const size = sizeOf(natural);
  if (size > options.budget && options.reduction?.() === true) {
    const reduction = yield* reduce(tally, Math.floor(options.budget * reductionShare), anyFailure);
    if (reduction.outcome === "complete") return covered(reduction);
    const failing = reduction.failing ?? [];
    // A watched run may differ from a plain one in ways that no rule forbids (its stack is deeper): only plain ones count.
    if (reduction.outcome === "failed" && (yield { by: "decisions", decisions: failing }).failure !== undefined) {
      return found(failing, tally.orders, 0);
    }
  }
  const random = new Random(options.seed);
  const walk = yield* withNatural(walkLevels({ tally, random, counts: anyFailure }), natural);
  if (walk.outcome !== "full") return walked(walk, tally);
  const failing = yield* sample({ tally, random, level: walk.next, natural, size, deviations: walk.deviations });
  return failing === undefined ? bounded(tally, walk) : found(failing, tally.orders, walk.deviations);
}

/** About how many orders there are, by what the natural one met. After an abort has struck, none can strike any more. */
function sizeOf({ options, strikes = [] }: RunRecord): number {
  let unstruck = 1;
  let struck = 0;
  for (const [point, count] of options.entries()) {
    const strikesHere = strikes[point] ?? 0;
    struck += unstruck * strikesHere;
    unstruck *= count - strikesHere;
  }
  return unstruck + struck;
}

/** Answers the walk's first question, which is for the natural order, with the record that is there already. */
function* withNatural(
  walk: Generator<Plan, LevelWalk, RunRecord>,
  natural: RunRecord,
): Generator<Plan, LevelWalk, RunRecord> {
  const first = walk.next();
  let step = first.done === true ? first : walk.next(natural);
  while (step.done !== true) step = walk.next(yield step.value);
  return step.value;
}

interface Sampling {
  readonly tally: Tally;
  readonly random: Random;
  /** The first level that does not fit. */
  readonly level: Level;
  readonly natural: RunRecord;
  /** About how many orders there are. */
  readonly size: number;
  /** Every order with at most so many was run already. */
  readonly deviations: number;
}

function* sample(sampling: Sampling): Generator<Plan, Decisions | undefined, RunRecord> {
  const { tally, level } = sampling;
  const failing = yield* prioritised(sampling);
  if (failing !== undefined) return failing;
  for (const decisions of level.some(tally.room, (each) => !tally.has(each))) {
    const record: RunRecord = yield { by: "decisions", decisions };
    tally.add(record.taken);
    if (record.failure !== undefined) return decisions;
  }
  return undefined;
}

/** Half of what the budget still allows. A run that repeats an order does not count, but there is an end to it. */
function* prioritised(sampling: Sampling): Generator<Plan, Decisions | undefined, RunRecord> {
  const { tally, random, natural, size, deviations } = sampling;
  if (size <= tally.budget * sparse) return undefined;
  const share = Math.floor(tally.room / 2);
  const goal = tally.orders + share;
  for (let turn = 0; turn < share * 2 && tally.orders < goal; turn++) {
    const changes = changesInTurn[turn % changesInTurn.length] ?? 0;
    const plan: Plan = {
      by: "priorities",
      seed: random.below(2 ** 31),
      changes,
      length: natural.options.length,
    };
    const record: RunRecord = yield plan;
    if (countDeviations(record.taken) > deviations) tally.add(record.taken);
    if (record.failure !== undefined) return record.taken;
  }
  return undefined;
}

function found(failing: Decisions, run: number, deviations: number): Exploration {
  return { schedules: { run, total: null, exhaustive: false, deviations: Math.max(0, deviations) }, failing };
}

function walked(walk: LevelWalk, tally: Tally): Exploration {
  const { failing, deviations } = walk;
  if (failing !== undefined) return { ...found(failing, tally.orders, deviations - 1), smallest: true };
  const run = tally.orders;
  return { schedules: { run, total: run, exhaustive: true, deviations } };
}

function covered({ classes }: Reduction): Exploration {
  return { schedules: { run: classes, total: classes, exhaustive: true, reduced: true, deviations: 0 } };
}

function bounded(tally: Tally, walk: LevelWalk): Exploration {
  return {
    schedules: { run: tally.orders, total: null, exhaustive: false, deviations: walk.deviations },
  };
}
