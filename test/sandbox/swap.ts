/**
 * The proof of footprints: of two events that could both come next, and do not conflict, either order must lead to the
 * same end. Checked with footprints taken from the same state, and with those of neighbours in one run.
 */
import assert from "node:assert/strict";
import type { Passed } from "../../src/world/run/runOptions.ts";
import { conflicts } from "../../src/world/search/footprint.ts";
import { type Played, type Program, type Watched, decisionsOf } from "./watchedRuns.ts";

export interface SwapCounts {
  /** Pairs of events that could both come next. */
  pairs: number;
  /** Those whose order must not matter by their footprints. */
  commuting: number;
}

export class Swaps {
  readonly counts: SwapCounts = { pairs: 0, commuting: 0 };
  readonly #program: Program;
  readonly #about: string;

  constructor(program: Program, about: string) {
    this.#program = program;
    this.#about = about;
  }

  /** Tries every pair at every event of one run. */
  check(decisions: readonly number[]): void {
    let run = this.#program.watched("it", decisions);
    // What is looked at late in a run counts from the start of the next ones.
    for (let again = 0; run.footprints.outdates && again < 5; again++) run = this.#program.watched("it", decisions);
    const names = run.events.map(nameAt);
    run.events.forEach((event, index) => {
      const before = names.slice(0, index);
      event.options.forEach((option, choice) => {
        if (choice !== event.choice) this.#checkPair(before, run, index, option);
      });
    });
  }

  #checkPair(before: readonly string[], run: Watched, index: number, other: string): void {
    const event = run.events[index];
    const one = event === undefined ? "" : nameAt(event);
    const otherFirst = this.#play([...before, other]);
    const oneFirst = this.#play([...before, one, other]);
    if (otherFirst === undefined) throw new Error(`${this.#about}: ${other} was an option`);
    this.counts.pairs++;
    const footprint = run.footprints.events[index];
    const fromOneState = !conflicts(footprint, otherFirst.footprints.events[index]);
    const asNeighbours = oneFirst !== undefined && !conflicts(footprint, oneFirst.footprints.events[index + 1]);
    if (!fromOneState && !asNeighbours) return;
    // Something that only one of these runs looked at would have been known to a search that had seen them all.
    if (run.footprints.outdates || otherFirst.footprints.outdates || oneFirst?.footprints.outdates === true) {
      this.check(decisionsOf(run.events));
      return;
    }
    this.counts.commuting++;
    const where = `${this.#about}: after [${before.join(", ")}], “${one}” and “${other}” do not commute`;
    assert.ok(oneFirst, `${where}: the first keeps the second from coming`);
    // What is begun in either order has the same name, but another number.
    const names = [
      ...before,
      other,
      one,
      ...oneFirst.events.slice(index + 2).map((passed) => unnumbered(nameAt(passed))),
    ];
    const swapped = this.#play(names);
    assert.ok(swapped, `${where}: what came later cannot come any more`);
    assert.deepEqual(this.#told(swapped), this.#told(oneFirst), where);
  }

  /** Plays the events of these names, and then the natural order. Undefined where one of them cannot come. */
  #play(names: readonly string[]): Watched | undefined {
    const decisions: number[] = [];
    for (;;) {
      const run = this.#program.watched("it", decisions);
      const wrong = names.findIndex((name, index) => !isCalled(name, nameAt(run.events[index])));
      if (wrong < 0) return run;
      const event = run.events[wrong];
      const choice = event?.options.findIndex((option) => isCalled(names[wrong] ?? "", option)) ?? -1;
      if (event === undefined || choice < 0) return undefined;
      decisions.splice(0, Infinity, ...decisionsOf(run.events.slice(0, wrong)), choice);
    }
  }

  #told(run: Watched): object {
    const played: Played = this.#program.plain("it", decisionsOf(run.events), true);
    return {
      passed: played.passed,
      diagnosis: played.finding?.diagnosis,
      actual: played.finding?.actual,
      output: played.output,
      happened: played.trace.map(({ type, kind, label, detail }) => `${type} ${kind} ${label} ${detail ?? ""}`).sort(),
    };
  }
}

function unnumbered(name: string): string {
  return name.replace(/ #\d+$/, "");
}

/** @param name with or without a number */
function isCalled(name: string, option: string): boolean {
  return name === option || name === unnumbered(option);
}

function nameAt(event: Passed | undefined): string {
  return event?.options[event.choice] ?? "nothing";
}
