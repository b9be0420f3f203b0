/**
 * Throughput against the limit: the same learner code in the same kind of realm, and around it nothing but what the
 * same orders take. No trace, no oracle, no virtual time, no second play, no search.
 */
import vm from "node:vm";
import { stripTypeScriptTypes } from "node:module";
import { InProcessEngine } from "../engine/inProcess.ts";
import { interleaved } from "../measure/interleaved.ts";
import { type Spread, ratios, spread } from "../measure/statistics.ts";
import { taskNames } from "../programs/specs.ts";
import { fanOutProgram, printingProgram, programText } from "./fanOutProgram.ts";

const tasks = 8;

export interface BareLoopResult {
  readonly runs: number;
  /** Schedules a second. */
  readonly ours: Spread;
  readonly bare: Spread;
  /** Ours through the bare loop's, round by round. */
  readonly ratio: Spread;
}

export async function measureBareLoop(quick: boolean): Promise<BareLoopResult> {
  // All 8! orders, unless it is to be quick.
  const runs = quick ? 300 : 50_000;
  const options = { budget: runs, seed: 1 };
  const engine = new InProcessEngine();
  const program = await fanOutProgram(tasks);
  const orders = parsed(await engine.printed(await printingProgram(tasks), options));
  const playBare = bareLoop(orders);
  const figures = await interleaved(
    {
      ours: async () => {
        const { ms, schedules } = await engine.grade(program, options);
        return (schedules / ms) * 1000;
      },
      bare: () => {
        const begun = performance.now();
        playBare();
        return (orders.length / (performance.now() - begun)) * 1000;
      },
    },
    quick ? { warmUps: 0, rounds: 2 } : { warmUps: 1, rounds: 9 },
  );
  return {
    runs: orders.length,
    ours: spread(figures.ours),
    bare: spread(figures.bare),
    ratio: spread(ratios(figures.ours, figures.bare)),
  };
}

/** Each order as places in the list of tasks. */
function parsed(printed: ReadonlySet<string>): number[][] {
  const names = taskNames(tasks);
  return [...printed].map((line) => line.split(",").map((name) => names.indexOf(name)));
}

interface BareRun {
  begin(): void;
  complete(place: number): void;
  /** How many results the run gathered, once it has settled. */
  gathered(): number;
}

/** Plays every order once. */
function bareLoop(orders: readonly (readonly number[])[]): () => void {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    microtaskMode: "afterEvaluate",
    codeGeneration: { strings: false, wasm: false },
  });
  const learner = stripTypeScriptTypes(programText("fanOut")).replace(/^export /m, "");
  const source = `(function () {
    "use strict";
    ${learner}
    const names = ${JSON.stringify(taskNames(tasks))};
    let pending, gathered;
    const work = () => new Promise((resolve) => { pending.push(resolve); });
    const settle = (results) => { gathered = results.length; };
    return {
      begin() { pending = []; gathered = 0; run(names, work).then(settle); },
      complete(place) { pending[place](names[place]); },
      gathered: () => gathered,
    };
  })()`;
  const run = new vm.Script(source).runInContext(context) as BareRun;
  const nothing = new vm.Script("0");
  return () => {
    for (const order of orders) {
      run.begin();
      nothing.runInContext(context);
      for (const place of order) {
        run.complete(place);
        nothing.runInContext(context);
      }
      if (run.gathered() !== tasks) throw new Error("the bare loop lost a result");
    }
  };
}
