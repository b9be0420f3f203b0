/** Has a run go through the steps of a kept case, as far as they still fit the code. Runs inside the realm. */
import type { StepName } from "../../protocol/steps.ts";
import type { Chooser } from "./chooser.ts";

export class CaseFollower implements Chooser {
  /** An event that has become the only one possible since the case was kept may be one of its steps all the same. */
  readonly asksAlways = true;
  readonly #steps: readonly StepName[];
  readonly #offered: () => readonly StepName[];
  #done = 0;

  /** @param offered names what may come next, in the order of the options */
  constructor(steps: readonly StepName[], offered: () => readonly StepName[]) {
    this.#steps = steps;
    this.#offered = offered;
  }

  /** Steps that the run has taken so far. */
  get done(): number {
    return this.#done;
  }

  choose(): number {
    const wanted = this.#steps[this.#done];
    const place = wanted === undefined ? -1 : this.#offered().findIndex((each) => isSame(each, wanted));
    if (place < 0) return 0;
    this.#done++;
    return place;
  }
}

function isSame(one: StepName, other: StepName): boolean {
  return (
    one.what === other.what &&
    one.kind === other.kind &&
    one.label === other.label &&
    one.occurrence === other.occurrence
  );
}
