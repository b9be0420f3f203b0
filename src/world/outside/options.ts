/** What may come next in a run, and how it is named. Runs inside the realm. */
import type { Operation } from "./operation.ts";
import type { Timer } from "./timer.ts";

/** How an operation (or timer) goes on when the option is taken. */
export const ending = { complete: 0, fail: 1, hang: 2, slow: 3 } as const;
export type Ending = (typeof ending)[keyof typeof ending];

/** One of the things that may come next. */
export interface Option {
  /** Virtual ms at which it would happen. */
  at: number;
  /** Among those at one instant, the lowest comes first in the natural order. */
  order: number;
  /** The same in every run with the same events before: `nameOf` the operation and its ending, or a strike's. */
  name: number;
  operation: Operation | undefined;
  timer: Timer | undefined;
  ending: Ending;
  /** Place of the event in whose turn it was begun; -1 where that was before all of them. */
  begunIn: number;
}

/** An option's name. Names below 8 belong to nobody's operation: see `strikes`. */
export function nameOf(id: number, how: Ending): number {
  return id * 8 + how;
}

/** The operation that a name speaks of; 0 for a strike. */
export function operationOf(name: number): number {
  return name >> 3;
}

/** Names of the ways in which an abort may strike: now, just before what comes next, and in the same turn as that. */
export const strikes = { now: 4, before: 5, within: 6 } as const;

/** Whether an option of this name is an abort that strikes. */
export function isStrike(name: number): boolean {
  return name >= strikes.now && name <= strikes.within;
}

/** Virtual ms before which it could not happen, whatever the clock said; strikes can at any time. */
export function dueOf({ operation, timer }: Option): number {
  return operation?.movedTo ?? operation?.earliest ?? timer?.due ?? -1;
}

/** A list of options that is filled anew at each choice point, without making new objects or giving memory back. */
export class OptionList {
  /** Those beyond the length are left from before, to be used again. */
  readonly #pool: Option[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** How many of them are an abort that strikes; those are added last. */
  get strikes(): number {
    let first = this.#length;
    while (first > 0 && isStrike(this.#pool[first - 1]?.name ?? 0)) first--;
    return this.#length - first;
  }

  at(place: number): Option | undefined {
    return place < this.#length ? this.#pool[place] : undefined;
  }

  clear(): void {
    this.#length = 0;
  }

  add(at: number, order: number, name: number, operation: Operation | undefined, timer?: Timer): Option {
    const place = this.#length++;
    let option = this.#pool[place];
    if (option === undefined) {
      option = { at, order, name, operation, timer, ending: ending.complete, begunIn: -1 };
      this.#pool.push(option);
    }
    option.at = at;
    option.order = order;
    option.name = name;
    option.operation = operation;
    option.timer = timer;
    option.ending = ending.complete;
    option.begunIn = (operation ?? timer)?.begunIn ?? -1;
    return option;
  }

  /** Brings what is in the list into the natural order: earliest first, then first started. */
  sort(): void {
    if (this.#length > 16) this.#sortMany();
    else this.#sortFew();
  }

  #sortFew(): void {
    const pool = this.#pool;
    for (let end = 1; end < this.#length; end++) {
      const option = pool[end];
      if (option === undefined) return;
      let place = end;
      for (; place > 0; place--) {
        const before = pool[place - 1];
        if (before === undefined || naturally(before, option) <= 0) break;
        pool[place] = before;
      }
      pool[place] = option;
    }
  }

  #sortMany(): void {
    for (const [place, option] of this.#pool.slice(0, this.#length).sort(naturally).entries()) {
      this.#pool[place] = option;
    }
  }
}

function naturally(one: Option, other: Option): number {
  return one.at - other.at || one.order - other.order;
}
