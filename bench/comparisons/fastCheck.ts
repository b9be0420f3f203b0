/** Schedules a second: ours against fast-check's scheduler, over the same learner code. */
import fc from "fast-check";
import { InProcessEngine } from "../engine/inProcess.ts";
import { interleaved } from "../measure/interleaved.ts";
import { type Spread, ratios, spread } from "../measure/statistics.ts";
import { run } from "../programs/fanOut.ts";
import { taskNames } from "../programs/specs.ts";
import { fanOutProgram, printingProgram } from "./fanOutProgram.ts";

const tasks = 8;

/**
 * How a property lets the scheduled work end. `waitFor` is what the documentation recommends where a promise is waited
 * for. `waitAll` is deprecated since it may stop too early where code needs more turns between two pieces of work; this
 * program does not, so it stands here as the fastest that there is.
 */
type Wait = "waitFor" | "waitAll";

export interface FastCheckResult {
  readonly runs: number;
  /** Schedules a second. */
  readonly ours: Spread;
  readonly waitFor: Spread;
  readonly waitAll: Spread;
  /** Ours through theirs, round by round. */
  readonly ratio: Spread;
  readonly ratioToWaitAll: Spread;
  /** Schedules a second of the very first pass in a fresh process, before anything was compiled. */
  readonly cold: { readonly ours: number; readonly waitFor: number };
  /** Different orders of arrival in so many runs. */
  readonly distinctOrders: { readonly ours: number; readonly waitFor: number; readonly waitAll: number };
}

/** More than the 8! that there are: it runs them all, and says so. */
const allOrders = 50_000;

export async function measureFastCheck(quick: boolean): Promise<FastCheckResult> {
  const runs = quick ? 300 : 5000;
  const engine = new InProcessEngine();
  const program = await fanOutProgram(tasks);
  let seed = 0;
  const ours = async (): Promise<number> => {
    const { ms, schedules, verdicts } = await engine.grade(program, { budget: quick ? runs : allOrders, seed: ++seed });
    if (verdicts.some(({ status }) => status !== "passed")) throw new Error("the fan-out did not pass");
    return rate(schedules, ms);
  };
  const theirs = (wait: Wait) => async (): Promise<number> => {
    const begun = performance.now();
    await explore(wait, runs, ++seed, () => undefined);
    return rate(runs, performance.now() - begun);
  };
  const cold = { ours: await ours(), waitFor: await theirs("waitFor")() };
  const figures = await interleaved(
    { ours, waitFor: theirs("waitFor"), waitAll: theirs("waitAll") },
    quick ? { warmUps: 0, rounds: 2 } : { warmUps: 1, rounds: 9 },
  );
  const printed = await engine.printed(await printingProgram(tasks), { budget: runs, seed: 1 });
  return {
    runs,
    ours: spread(figures.ours),
    waitFor: spread(figures.waitFor),
    waitAll: spread(figures.waitAll),
    ratio: spread(ratios(figures.ours, figures.waitFor)),
    ratioToWaitAll: spread(ratios(figures.ours, figures.waitAll)),
    cold,
    distinctOrders: {
      ours: printed.size,
      waitFor: await countOrders("waitFor", runs),
      waitAll: await countOrders("waitAll", runs),
    },
  };
}

function rate(schedules: number, ms: number): number {
  return (schedules / ms) * 1000;
}

async function countOrders(wait: Wait, runs: number): Promise<number> {
  const orders = new Set<string>();
  await explore(wait, runs, 1, (order) => orders.add(order.join()));
  return orders.size;
}

async function explore(
  wait: Wait,
  runs: number,
  seed: number,
  see: (order: readonly string[]) => unknown,
): Promise<void> {
  const names = taskNames(tasks);
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    // `schedule` rather than `scheduleFunction`, which also builds a label from the arguments.
    const result = run(names, (name) => scheduler.schedule(Promise.resolve(name)));
    const order = wait === "waitFor" ? await scheduler.waitFor(result) : await afterAll(scheduler, result);
    see(order);
    return order.length === names.length;
  });
  await fc.assert(property, { numRuns: runs, seed });
}

async function afterAll<T>(scheduler: fc.Scheduler, result: Promise<T>): Promise<T> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- measured because it is the fastest
  await scheduler.waitAll();
  return result;
}
