/**
 * Runs one order for each class of orders that can differ (partial-order reduction). Pure.
 *
 * Source sets with sleep sets (Abdulla, Aronis, Jonsson, Sagonas, POPL 2014): a depth-first search that turns two events
 * around only where both orders were possible and their turns touched a common place, or one takes away the other's
 * chance (a race), and that lets an option sleep while all that could come of it has been seen from an earlier moment.
 * Where a footprint is not known it conflicts with everything, so that nothing is lost. What the outside may do instead (a fault, an abort that strikes) is no race:
 * it is tried wherever it is offered.
 */
import { operationOf } from "../outside/options.ts";
import { type MaybeFootprint, conflictInTime, conflicts, footprintAfter } from "./footprint.ts";
import type { Plan, RunRecord, WatchedEvent } from "./plan.ts";
import type { Decisions } from "./schedule.ts";
import type { Tally } from "./tally.ts";

/** Events of one run beyond which comparing them in pairs is not worth it. */
const maxEvents = 300;

export interface Reduction {
  /** Every class was run; or one run failed; or there was not enough room, or no footprint to go by. */
  readonly outcome: "complete" | "failed" | "gave-up";
  readonly failing?: Decisions;
  /** Classes of orders that were run to their end. */
  readonly classes: number;
}

/** @param room runs at most */
export function* reduce(
  tally: Tally,
  room: number,
  counts: (failure: string) => boolean,
): Generator<Plan, Reduction, RunRecord> {
  const fromStart: Plan = { by: "watching", decisions: [], asleep: [] };
  let path = new Path();
  let plan: Plan = fromStart;
  let classes = 0;
  for (let runs = 0; runs < room; runs++) {
    const record: RunRecord = yield plan;
    if (record.blocked === true) tally.addBlocked();
    else {
      tally.add(record.taken);
      classes++;
    }
    if (record.failure !== undefined && counts(record.failure)) {
      return { outcome: "failed", failing: record.taken, classes };
    }
    if (record.outdates === true) {
      // What it goes by says too little: begin anew with what is known now.
      path = new Path();
      plan = fromStart;
      classes = 0;
      continue;
    }
    const events = record.events ?? [];
    if (events.length > maxEvents || (record.taken.every((choice) => choice === 0) && !promises(events))) {
      return { outcome: "gave-up", classes };
    }
    path.extend(events);
    const next = path.branch();
    if (next === undefined) return { outcome: "complete", classes };
    plan = next;
  }
  return { outcome: "gave-up", classes };
}

/** Whether there is anything to be gained: two events of the natural order that could come in either, and commute. */
function promises(events: readonly WatchedEvent[]): boolean {
  return events.some(({ options, footprint }, early) =>
    events.slice(early + 1).some((late) => options.includes(late.name) && !conflicts(footprint, late.footprint)),
  );
}

/** One moment of the run that was played last. */
interface Moment {
  readonly options: readonly number[];
  /** Options that need not be taken here. */
  readonly asleep: ReadonlyMap<number, MaybeFootprint>;
  /** Options that were taken here, with all that can come of them, and what their turns touched. */
  readonly done: Map<number, MaybeFootprint>;
  /** Options that must be taken here. */
  readonly wanted: Set<number>;
  taken: WatchedEvent;
}

class Path {
  readonly #moments: Moment[] = [];
  /** Moments that the last run shares with the one before, without the one in which it branched off. */
  #shared = 0;

  /** Takes in the run that was just played: new moments, and what its races ask for. */
  extend(events: readonly WatchedEvent[]): void {
    const moments = this.#moments;
    let asleep: ReadonlyMap<number, MaybeFootprint> = new Map();
    for (const [place, event] of events.entries()) {
      const known = moments[place];
      if (known === undefined) {
        moments.push({
          options: event.options,
          asleep,
          done: new Map(),
          wanted: new Set([event.name, ...alternatives(event.name, event.options)]),
          taken: event,
        });
      } else if (place === this.#shared) known.taken = event;
      const moment = moments[place];
      if (moment !== undefined) asleep = stillAsleep(moment, event);
    }
    this.#findLost(events);
    this.#findRaces(events);
  }

  /**
   * What could have come and then no longer could: the event took its chance (it aborted it, or ended the run), which is
   * a race too, but one whose other side does not show in this run.
   */
  #findLost(events: readonly WatchedEvent[]): void {
    for (let place = this.#shared; place < events.length; place++) {
      const event = events[place];
      const moment = this.#moments[place];
      if (event === undefined || moment === undefined) return;
      const left = events[place + 1]?.options ?? [];
      for (const name of event.options) {
        if (operationOf(name) !== operationOf(event.name) && !left.includes(name)) this.#want(moment, name);
      }
    }
  }

  #findRaces(events: readonly WatchedEvent[]): void {
    const before = happensBefore(events);
    for (let late = this.#shared; late < events.length; late++) {
      for (let early = 0; early < late; early++) {
        if (before.isRace(early, late)) this.#reverse(early, late, events, before);
      }
    }
  }

  /** Sees to it that something is tried at `early` that leads to `late` coming first. */
  #reverse(early: number, late: number, events: readonly WatchedEvent[], before: HappensBefore): void {
    const moment = this.#moments[early];
    if (moment === undefined) return;
    const free: number[] = [];
    for (let place = early + 1; place <= late; place++) {
      if (place === late || !before.has(early, place)) free.push(place);
    }
    const initials = free
      .filter((place) => !free.some((other) => other < place && before.has(other, place)))
      .map((place) => events[place]?.name ?? 0);
    if (initials.some((name) => moment.wanted.has(name))) return;
    const possible = initials.filter((name) => moment.options.includes(name));
    // Where none of them could have come there, time stands in the way: then anything that could is tried.
    for (const name of possible.length > 0 ? possible.slice(0, 1) : moment.options) this.#want(moment, name);
  }

  #want(moment: Moment, name: number): void {
    moment.wanted.add(name);
    for (const other of alternatives(name, moment.options)) moment.wanted.add(other);
  }

  /** The next run: from the last moment at which something is still to be tried. */
  branch(): Plan | undefined {
    for (let place = this.#moments.length - 1; place >= 0; place--) {
      const moment = this.#moments[place];
      if (moment === undefined) return undefined;
      moment.done.set(moment.taken.name, moment.taken.footprint);
      const next = [...moment.wanted].find((name) => !moment.done.has(name) && !moment.asleep.has(name));
      this.#moments.length = place + 1;
      if (next === undefined) continue;
      this.#shared = place;
      const asleep = [...moment.asleep, ...moment.done].map(([name, footprint]) => ({ name, footprint }));
      return { by: "watching", decisions: this.#decisionsTo(place, next), asleep };
    }
    return undefined;
  }

  #decisionsTo(last: number, next: number): Decisions {
    return this.#moments.flatMap(({ options, taken }, place) =>
      options.length > 1 ? [options.indexOf(place === last ? next : taken.name)] : [],
    );
  }
}

/** What else the outside may do: the other endings of the same operation, and an abort that strikes. */
function alternatives(name: number, options: readonly number[]): readonly number[] {
  const operation = operationOf(name);
  return options.filter((other) => other !== name && (operationOf(other) === 0 || operationOf(other) === operation));
}

function stillAsleep(moment: Moment, event: WatchedEvent): ReadonlyMap<number, MaybeFootprint> {
  const asleep = new Map<number, MaybeFootprint>();
  for (const [name, footprint] of [...moment.asleep, ...moment.done]) {
    if (name === event.name || conflicts(footprint, event.footprint)) continue;
    asleep.set(name, footprintAfter(footprint, event.footprint));
  }
  return asleep;
}

interface HappensBefore {
  has(early: number, late: number): boolean;
  /** Their order may matter, the early one did not begin the late one, and nothing between holds them in this order. */
  isRace(early: number, late: number): boolean;
}

function happensBefore(events: readonly WatchedEvent[]): HappensBefore {
  /** For each event, which ones had to come before it; which of them began it, in a chain; and its races. */
  const earlier: Uint8Array[] = [];
  const ancestors: Uint8Array[] = [];
  const races: Uint8Array[] = [];
  for (const [late, event] of events.entries()) {
    const { begunIn } = event;
    const [row, line, race] = [new Uint8Array(late), new Uint8Array(late), new Uint8Array(late)];
    if (begunIn >= 0) {
      line[begunIn] = 1;
      ancestors[begunIn]?.forEach((set, place) => {
        line[place] = set;
      });
    }
    for (let early = late - 1; early >= 0; early--) {
      const footprint = events[early]?.footprint;
      const isAncestor = line[early] === 1;
      if (!isAncestor && !conflicts(footprint, event.footprint)) continue;
      const isHeld = row[early] === 1;
      if (!isAncestor && (!isHeld || conflictInTime(footprint, event.footprint))) race[early] = 1;
      if (isHeld) continue;
      row[early] = 1;
      earlier[early]?.forEach((set, place) => {
        if (set === 1) row[place] = 1;
      });
    }
    earlier.push(row);
    ancestors.push(line);
    races.push(race);
  }
  return {
    has: (early, late) => earlier[late]?.[early] === 1,
    isRace: (early, late) => races[late]?.[early] === 1,
  };
}
