/**
 * What one event's turn touched. Two events that may come in either order commute when their footprints do not
 * conflict: both orders then end in the same state, so that one of them stands for both. Pure.
 */

/** Places, as numbers that mean the same in every run with the same events before this turn. */
export interface Footprint {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

/** Undefined: not known, which conflicts with everything. */
export type MaybeFootprint = Footprint | undefined;

export function conflict(one: MaybeFootprint, other: MaybeFootprint): boolean {
  if (one === undefined || other === undefined) return true;
  return meet(one.writes, other.writes) || meet(one.writes, other.reads) || meet(one.reads, other.writes);
}

function meet(some: readonly number[], others: readonly number[]): boolean {
  return some.length > 0 && others.length > 0 && some.some((place) => others.includes(place));
}
