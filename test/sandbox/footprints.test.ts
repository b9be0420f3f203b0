/** Footprints never miss that the order of two events matters, and often see that it does not. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Random } from "../../src/base/random.ts";
import { conflicts } from "../../src/world/search/footprint.ts";
import { makeProgram } from "./footprintPrograms.ts";
import { type Trap, traps } from "./footprintTraps.ts";
import { Swaps } from "./swap.ts";
import { type Program, Stage, decisionsOf, specOf } from "./watchedRuns.ts";

const stage = new Stage();

const noRules = 'oracle: { except: ["L1", "L2", "L3", "L4", "L5", "L6", "L7"] }';

function load({ run, options = "" }: Pick<Trap, "run" | "options">): Program {
  const exercise = `export async function run(t, work) { ${run} }`;
  const body = `
    const work = (label) => t.work({ label, latency: [0, 100], answer: () => label });
    const call = t.call("run", () => run(t, work), { signal: t.signal });
    await t.sleep(1000);
    console.log(JSON.stringify(call.settled?.status === "rejected" ? String(call.settled.reason) : call.settled?.value));`;
  return stage.load(exercise, specOf(body, `${options} ${noRules}`));
}

/** The footprints of two events that may both come next, taken from the state in which they first may. */
function conflict(program: Program, one: string, other: string): boolean {
  const named = (name: string, option: string): boolean => {
    const [plain] = option.split(" #");
    return plain === name || plain === `${name} completes`;
  };
  let run = program.watched("it", []);
  if (run.footprints.outdates) run = program.watched("it", []);
  const index = run.events.findIndex(
    ({ options }) => options.some((option) => named(one, option)) && options.some((option) => named(other, option)),
  );
  assert.ok(index >= 0, `${one} and ${other} can never both come next`);
  const footprints = [one, other].map((name) => {
    const event = run.events[index];
    const choice = event?.options.findIndex((option) => named(name, option)) ?? 0;
    return program.watched("it", [...decisionsOf(run.events.slice(0, index)), choice]).footprints.events[index];
  });
  return conflicts(footprints[0], footprints[1]);
}

describe("what flows from turn to turn", () => {
  for (const trap of traps) {
    test(trap.about, () => {
      const program = load(trap);
      const swaps = new Swaps(program, trap.about);
      swaps.check([]);
      swaps.check([1, 1, 1, 1]);
      assert.ok(swaps.counts.pairs > 0);
      if (trap.conflict !== undefined) assert.ok(conflict(program, ...trap.conflict), "they must conflict");
      if (trap.commute !== undefined) assert.ok(!conflict(program, ...trap.commute), "they must not conflict");
    });
  }
});

test("no two events of 300 programs made by chance commute unless their order makes no difference", () => {
  const seeds = Array.from({ length: 300 }, (_, index) => index + 1);
  let [pairs, commuting] = [0, 0];
  for (const seed of seeds) {
    const { exercise, body, options } = makeProgram(seed);
    const program = stage.load(exercise, specOf(body, options));
    const [plain, watched] = [program.plain("it", []), program.watched("it", [])];
    assert.deepEqual([watched.fingerprint, watched.output], [plain.fingerprint, plain.output], `seed ${String(seed)}`);
    const swaps = new Swaps(program, `seed ${String(seed)}`);
    const random = new Random(seed);
    swaps.check(Array.from({ length: 20 }, () => random.below(3)));
    pairs += swaps.counts.pairs;
    commuting += swaps.counts.commuting;
  }
  console.error(`seeds 1 to 300: ${String(pairs)} pairs, ${String(commuting)} of them commute`);
  assert.ok(commuting > 500);
});
