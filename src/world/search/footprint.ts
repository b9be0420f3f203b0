/**
 * What the turn of one event touched, and whether two events could be told apart by their order. Pure.
 *
 * A place is a number that stands for one thing that can be read or changed: a property of an object, a captured
 * variable, a promise, an operation. Things get their numbers in order of creation, so the same place has the same
 * number in every run that had the same events before. What a turn itself created is in no footprint.
 */

export interface Footprint {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** Changes that commute with one another (a count goes up, a slot of an array is filled), but not with a read. */
  readonly adds: readonly number[];
  /** Those of `adds` that count down to something: the turn of the last one goes on with whatever waited for all. */
  readonly parts?: readonly number[];
  /** Virtual ms before which the event could not happen, whatever the clock said. */
  readonly due: number;
  /** The turn depends on what the clock says. */
  readonly timed: boolean;
  /** The earliest virtual ms by which something that the turn began must have happened; later events must wait for it. */
  readonly bound?: number;
}

/** Null or undefined: unknown, which conflicts with everything. */
export type MaybeFootprint = Footprint | null | undefined;

/** The footprints of one run. */
export interface Footprints {
  /** One for each event, in order. */
  readonly events: readonly MaybeFootprint[];
  /**
   * Something that turns of earlier runs changed without a write, since nobody looked at its order, was now looked at
   * for the first time: footprints of this test that were kept from earlier runs say too little.
   */
  readonly outdates: boolean;
}

/**
 * Whether the order of two events may matter. Both footprints are from turns that began in the same state, or one from
 * the turn that followed the other's directly.
 */
export function conflicts(one: MaybeFootprint, other: MaybeFootprint): boolean {
  if (one === null || other === null || one === undefined || other === undefined) return true;
  return disturbs(one, other) || disturbs(other, one) || meet(one.writes, other.writes);
}

/**
 * Whether the clock alone is a reason for that: one reads what the other moves, or begins what the other must wait for.
 * Unlike other conflicts, such a one can be undone by events between the two: where one has begun something that the
 * other must wait for, its end comes between them.
 */
export function conflictInTime(one: MaybeFootprint, other: MaybeFootprint): boolean {
  if (one === null || other === null || one === undefined || other === undefined) return true;
  return disturbsInTime(one, other) || disturbsInTime(other, one);
}

function disturbsInTime(one: Footprint, other: Footprint): boolean {
  // Also where it did not move the clock here: an event between them may have, which may come after both.
  if (other.timed && one.due > other.due) return true;
  return one.bound !== undefined && one.bound < other.due;
}

/** Whether what `one` did may have changed what `other` saw, or whether it could happen at all. */
function disturbs(one: Footprint, other: Footprint): boolean {
  if (disturbsInTime(one, other)) return true;
  return meet(one.writes, other.reads) || meet(one.writes, other.adds) || meet(one.adds, other.reads);
}

/**
 * What is known of a turn's footprint once another event, with which it does not conflict, has come before it. Two that
 * take part in one count commute, but the one that comes later may now be the last.
 */
export function footprintAfter(one: MaybeFootprint, other: MaybeFootprint): MaybeFootprint {
  return meet(one?.parts ?? [], other?.parts ?? []) ? undefined : one;
}

function meet(some: readonly number[], others: readonly number[]): boolean {
  if (some.length === 0 || others.length === 0) return false;
  if (some.length * others.length <= 64) return some.some((place) => others.includes(place));
  const set = new Set(some);
  return others.some((place) => set.has(place));
}
