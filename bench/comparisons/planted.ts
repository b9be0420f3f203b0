/** A bug that one order of 720 shows: who finds it within 720 runs, and how soon. */
import fc from "fast-check";
import { InProcessEngine, compileProgram } from "../engine/inProcess.ts";
import { type Spread, spread } from "../measure/statistics.ts";
import { run } from "../programs/planted.ts";
import { plantedSpec, taskNames } from "../programs/specs.ts";
import { programText } from "./fanOutProgram.ts";

const tasks = 6;
const orders = 720;

interface Search {
  readonly found: boolean;
  /** Runs until it was found, or all of them. */
  readonly runs: number;
  /** Real ms. Ours: until the verdict, with the smallest schedule and its trace. Theirs: until found, without shrinking. */
  readonly ms: number;
}

interface Searches {
  /** 0 to 1. */
  readonly foundRate: number;
  /** Of those that found it; absent where none did. */
  readonly runs?: Spread;
  readonly ms?: Spread;
}

export interface PlantedResult {
  readonly planted: number;
  readonly ours: Searches;
  readonly fastCheck: Searches;
}

export async function measurePlanted(quick: boolean): Promise<PlantedResult> {
  const count = quick ? 4 : 40;
  const engine = new InProcessEngine();
  const ours: Search[] = [];
  const fastCheck: Search[] = [];
  for (let index = 0; index < count; index++) {
    const planted = plantedOrder(index).join();
    const seed = index + 1;
    const program = await compileProgram(programText("planted"), plantedSpec(tasks, planted));
    globalThis.gc?.();
    const { verdicts, ms, schedules } = await engine.grade(program, { budget: orders, seed });
    ours.push({ found: verdicts[0]?.failure?.diagnosis === "wrong-result", runs: schedules, ms });
    globalThis.gc?.();
    fastCheck.push(await searchWithFastCheck(planted, seed));
  }
  return { planted: count, ours: summed(ours), fastCheck: summed(fastCheck) };
}

function summed(searches: readonly Search[]): Searches {
  const found = searches.filter((search) => search.found);
  return {
    foundRate: found.length / searches.length,
    ...(found.length === 0
      ? {}
      : { runs: spread(found.map((search) => search.runs)), ms: spread(found.map((search) => search.ms)) }),
  };
}

async function searchWithFastCheck(planted: string, seed: number): Promise<Search> {
  const names = taskNames(tasks);
  const begun = performance.now();
  const details = await fc.check(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const result = run(names, (name) => scheduler.schedule(Promise.resolve(name)), planted);
      return (await scheduler.waitFor(result)).length === names.length;
    }),
    { numRuns: orders, seed, endOnFailure: true },
  );
  return { found: details.failed, runs: details.numRuns, ms: performance.now() - begun };
}

/** Orders spread over all 720: the step has no factor in common with their number, so none comes twice. */
function plantedOrder(index: number): string[] {
  let rank = (index * 311 + 17) % orders;
  const left = taskNames(tasks);
  const order: string[] = [];
  for (let choices = tasks; choices > 0; choices--) {
    order.push(...left.splice(rank % choices, 1));
    rank = Math.floor(rank / choices);
  }
  return order;
}
