/**
 * Carries out the orders of the playground, one after the other, for as long as the process lives. Runs in the sandbox
 * process, outside the realm.
 */
import type { FromSandboxMessage } from "../protocol/sandboxMessages.ts";
import type { ChosenRun, CountedProblem, Distribution, SimulationOrder } from "../protocol/simulation.ts";
import { type Sample, distributionOf } from "../world/simulate/distribution.ts";
import type { Orders } from "./orders.ts";
import type { Realm } from "./realm.ts";
import { RealmPlayer } from "./realmPlayer.ts";

/** Real ms of work after which it looks for a newer order. */
const sliceMs = 10;
/** Real ms until what there is so far is told, and between two such times: bringing it together takes some ms. */
const firstShowMs = 20;
const nextShowMs = 150;
/** Runs before which there is nothing worth showing. */
const fewestShown = 50;
/** Runs after which the engine has compiled what there is to compile: before, a run takes up to five times as long. */
const practisedRuns = 5000;

/** A newer order has come. */
class Superseded extends Error {}

export interface SimulatorParts {
  readonly realm: Realm;
  readonly orders: Orders;
  readonly tell: (message: FromSandboxMessage) => void;
  /** Tells that work goes on; lets a macrotask pass. */
  readonly alive: (runs: number) => Promise<void>;
}

export class Simulator {
  readonly #parts: SimulatorParts;
  readonly #player: RealmPlayer;
  #played = 0;

  constructor(parts: SimulatorParts) {
    this.#parts = parts;
    const alive = async (runs: number): Promise<void> => {
      await parts.alive(runs);
      if (parts.orders.waiting) throw new Superseded();
    };
    this.#player = new RealmPlayer({ realm: parts.realm, test: "", seed: 1, alive, sliceMs });
  }

  /** Never resolves: what ends it is the end of the process. */
  async carryOut(first: SimulationOrder): Promise<never> {
    for (let order = first; ; order = await this.#parts.orders.take()) {
      try {
        await this.#carryOut(order);
        this.#parts.tell({ type: "simulated", order: order.id });
        await this.#practise(order);
      } catch (error) {
        if (!(error instanceof Superseded)) throw error;
      }
    }
  }

  async #carryOut({ id, scenario, chosen, distribution }: SimulationOrder): Promise<void> {
    const { realm, tell } = this.#parts;
    realm.kernel.simulate(JSON.stringify(scenario));
    tell({ type: "played", order: id, run: await this.#show(chosen) });
    if (!distribution) return;
    const samples: Sample[] = [];
    this.#played += scenario.runs;
    let showAt = performance.now() + firstShowMs;
    while (samples.length < scenario.runs) {
      const sample = this.#player.simulate(samples.length);
      samples.push(sample instanceof Promise ? await sample : sample);
      if (performance.now() < showAt || samples.length < fewestShown) continue;
      tell({ type: "sampled", order: id, distribution: distributionOf(samples) });
      showAt = performance.now() + nextShowMs;
    }
    tell({ type: "sampled", order: id, distribution: await this.#explained(distributionOf(samples)) });
  }

  /** Plays the same runs again until the engine knows them well, or another order comes. */
  async #practise({ scenario, distribution }: SimulationOrder): Promise<void> {
    if (!distribution) return;
    for (; this.#played < practisedRuns; this.#played++) {
      // No others: these are known to end.
      const sample = this.#player.simulate(this.#played % scenario.runs);
      if (sample instanceof Promise) await sample;
    }
  }

  /** Plays one run with everything that is told of it. */
  async #show(run: number): Promise<ChosenRun> {
    const { sample, report } = await this.#player.simulateShown(run);
    const { end, at, results, reason, problem } = sample;
    return {
      run,
      end,
      at,
      results,
      ...(reason === undefined ? {} : { reason }),
      ...(problem === undefined ? {} : { problem }),
      trace: report.trace,
      output: report.output,
    };
  }

  /** Lines are known only of runs that are shown: the first run of each problem is played once more. */
  async #explained(distribution: Distribution): Promise<Distribution> {
    const problems: CountedProblem[] = [];
    for (const counted of distribution.problems) {
      if ("reason" in counted.problem) problems.push(counted);
      else {
        const { problem = counted.problem } = (await this.#player.simulateShown(counted.first)).sample;
        problems.push({ ...counted, problem });
      }
    }
    return { ...distribution, problems };
  }
}
