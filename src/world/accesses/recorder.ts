/** Collects, turn by turn, what one run touches. Runs inside the realm, and only in runs that are watched. */
import type { Footprint, Footprints, MaybeFootprint } from "../search/footprint.ts";
import { place, slot, worldPlace } from "./places.ts";

/** Places of one turn beyond which comparing costs more than running one more order. */
const maxPlaces = 4000;

/** What one event is, before its turn. */
export interface EventTime {
  /** Virtual ms before which it could not happen. */
  readonly due: number;
}

class Turn {
  readonly reads = new Set<number>();
  readonly writes = new Set<number>();
  readonly adds = new Set<number>();
  /** What it did to the world's records; a write as soon as anybody looks at them. */
  readonly records = new Set<number>();
  /** It delivered something to the exercise, or moved the clock without. */
  delivery: "delivers" | "passes" | undefined;
  /** Numbers from here on were given in this turn. */
  readonly firstFresh: number;
  readonly time: EventTime;
  timed = false;
  unknown = false;
  /** Why it is unknown, for the people who work on this. */
  reason: string | undefined;
  bound = Number.POSITIVE_INFINITY;
  /** Counts of which this turn took a part, and how many marks there were then. */
  readonly parts: { readonly counter: number; readonly marks: number }[] = [];

  constructor(time: EventTime, firstFresh: number) {
    this.time = time;
    this.firstFresh = firstFresh;
  }
}

/** Before the first event: nothing that happens here has an order to be compared. */
const setUp: EventTime = { due: 0 };

export class AccessRecorder {
  readonly #numbers = new WeakMap<object, number>();
  /** What looking at an object of the world's own touches. */
  readonly #worldly = new WeakMap<object, (key: PropertyKey | undefined) => void>();
  readonly #settled = new WeakSet();
  readonly #ignored = new WeakSet();
  /** Objects that the world keeps and reads at times of its own: changing one of them is beyond what is understood. */
  readonly #held = new WeakSet();
  readonly #turns: Turn[] = [];
  /** The world's records whose order or times somebody has looked at, in this run or an earlier one of the same test. */
  readonly #observed: Set<number>;
  readonly #observedBefore: number;
  #turn = new Turn(setUp, 0);
  #next = 1;
  #marks = 0;
  /** What it was that made everything after it unknown. */
  #poisoned: string | undefined;

  constructor(observed: Set<number>) {
    this.#observed = observed;
    this.#observedBefore = observed.size;
  }

  /** From here on, marks tell nothing any more: something is going on that they cannot see. */
  get poisoned(): boolean {
    return this.#poisoned !== undefined;
  }

  /** What comes now is the world's own looking around. */
  endTurn(): void {
    const { parts, writes } = this.#turn;
    for (const { counter, marks } of parts) if (marks !== this.#marks) writes.add(counter);
    this.#turn = new Turn(setUp, this.#next);
  }

  /** The turn of the last event ended the run; no other order of events has that. */
  runEnded(): void {
    const last = this.#turns.at(-1);
    if (last === undefined) return;
    last.unknown = true;
    last.reason ??= "the end of the run";
  }

  beginTurn(time: EventTime): void {
    this.endTurn();
    this.#turn = new Turn(time, this.#next);
    this.#turns.push(this.#turn);
    if (this.#poisoned !== undefined) this.unknown(`since an earlier turn: ${this.#poisoned}`);
  }

  /** What the turn of the last event touched, as far as is known by now. Undefined: unknown. */
  lastFootprint(): MaybeFootprint {
    const last = this.#turns.at(-1);
    return last === undefined ? undefined : this.#footprint(last);
  }

  /** A number for something that was created just now. */
  number(): number {
    this.#marks++;
    return this.#next++;
  }

  /** Numbers an object that was created just now. */
  fresh<T extends object>(object: T): T {
    if (!this.#numbers.has(object)) this.#numbers.set(object, this.number());
    return object;
  }

  numberOf(object: object): number | undefined {
    return this.#numbers.get(object);
  }

  read(at: number): void {
    this.#marks++;
    if (this.#isShared(at)) this.#turn.reads.add(at);
  }

  write(at: number): void {
    this.#marks++;
    if (this.#isShared(at)) this.#turn.writes.add(at);
  }

  add(at: number): void {
    this.#marks++;
    if (this.#isShared(at)) this.#turn.adds.add(at);
  }

  #isShared(at: number): boolean {
    return at < place(this.#turn.firstFresh, 0);
  }

  /** The turn depends on what the clock says. */
  clock(): void {
    this.#marks++;
    this.#turn.timed = true;
  }

  /** Something was begun that must have happened by then (virtual ms). */
  bound(latest: number): void {
    this.#turn.bound = Math.min(this.#turn.bound, latest);
  }

  unknown(reason: string): void {
    this.#marks++;
    this.#turn.unknown = true;
    this.#turn.reason ??= reason;
  }

  poison(reason: string): void {
    this.#poisoned ??= reason;
    this.unknown(reason);
  }

  /** Reads one part of an object. Where it has no number, every writer of it is unknown, and nothing need be said. */
  readPart(object: object, part: number): void {
    const number = this.#numbers.get(object);
    if (number !== undefined) this.read(place(number, part));
  }

  writePart(object: object, part: number): void {
    const number = this.#writable(object);
    if (number !== undefined) this.write(place(number, part));
  }

  addPart(object: object, part: number): void {
    const number = this.#writable(object);
    if (number !== undefined) this.add(place(number, part));
  }

  #writable(object: object): number | undefined {
    const number = this.#numbers.get(object);
    if (number === undefined) this.unknown("something was changed that was not seen being made");
    if (this.#held.has(object)) this.unknown("something was changed that the world keeps");
    return number;
  }

  readWhole(object: object): void {
    this.readPart(object, slot.whole);
    this.readPart(object, slot.parts);
  }

  writeWhole(object: object): void {
    this.writePart(object, slot.whole);
  }

  /** The world keeps an object that it was given, and reads it (and lists in it) later. */
  hold(object: object): void {
    this.#held.add(object);
    for (const key of Object.keys(object)) {
      const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
      if (Array.isArray(value)) this.#held.add(value);
    }
  }

  /** The world made an object and goes on changing it: `look` says what reading one key (or all) touches. */
  worldly(object: object, look: (key: PropertyKey | undefined) => void): void {
    this.#worldly.set(object, look);
  }

  lookOf(object: object): ((key: PropertyKey | undefined) => void) | undefined {
    return this.#worldly.get(object);
  }

  /** @param parent what is waited for, where the promise was made to wait */
  promiseMade(promise: object, parent: object | undefined): void {
    this.fresh(promise);
    if (parent === undefined) return;
    if (this.#settled.has(parent)) this.readPart(parent, slot.state);
    else this.writePart(parent, slot.state);
  }

  promiseSettled(promise: object): void {
    this.#settled.add(promise);
    if (!this.#ignored.has(promise)) this.writePart(promise, slot.state);
  }

  /** A promise that nobody can get at. */
  ignore(promise: object): void {
    this.#ignored.add(promise);
  }

  /** The world took something down; it matters only to those who look at it. */
  record(what: number): void {
    this.add(what);
    this.#turn.records.add(what);
  }

  /**
   * The event delivers something to the exercise, or only lets time pass. When something was last delivered comes out
   * the same in any order of deliveries, since the clock does; but not where the clock moves in between without one.
   */
  delivers(isDelivery: boolean): void {
    if (isDelivery) this.#turn.delivery = "delivers";
    else this.#turn.delivery ??= "passes";
  }

  /** The same for a part of an object that the world keeps. */
  recordPart(object: object, part: number): void {
    const number = this.#writable(object);
    if (number !== undefined) this.record(place(number, part));
  }

  observePart(object: object, part: number): void {
    const number = this.#numbers.get(object);
    if (number !== undefined) this.observe(place(number, part));
  }

  /** Somebody looks at what the world took down. */
  observe(what: number): void {
    this.read(what);
    this.#observed.add(what);
  }

  /**
   * One of several parts that something waits for is done, and so many are left. The turn of the last one goes on with
   * whatever waited for all. It may do so in the turn of any of them, and thus parts commute, as long as nothing else
   * happens in a turn after its part is done: that might come before or after what waited.
   */
  countDown(counter: number, left: number): void {
    this.add(counter);
    if (left === 0) this.read(counter);
    else this.#turn.parts.push({ counter, marks: this.#marks });
  }

  /** Why turns are unknown, one text for each event; for tests. */
  reasons(): (string | undefined)[] {
    return this.#turns.map(({ reason }) => reason);
  }

  footprints(): Footprints {
    return {
      events: this.#turns.map((turn) => this.#footprint(turn)),
      outdates: this.#observed.size > this.#observedBefore,
    };
  }

  #footprint(turn: Turn): Footprint | null {
    if (turn.unknown || turn.reads.size + turn.writes.size + turn.adds.size > maxPlaces) return null;
    const seen = [...turn.records].filter((what) => this.#observed.has(what));
    if (turn.delivery !== undefined && this.#observed.has(worldPlace.deliveries)) {
      (turn.delivery === "delivers" ? turn.adds : turn.reads).add(worldPlace.deliveries);
    }
    return {
      reads: [...turn.reads].filter((at) => !turn.writes.has(at)),
      writes: [...new Set([...turn.writes, ...seen])],
      adds: [...turn.adds].filter((at) => !turn.writes.has(at)),
      due: turn.time.due,
      ...(turn.parts.length === 0 ? {} : { parts: turn.parts.map(({ counter }) => counter) }),
      timed: turn.timed || seen.includes(worldPlace.records),
      ...(turn.bound === Number.POSITIVE_INFINITY ? {} : { bound: turn.bound }),
    };
  }
}
