/** Round numbers along an axis from zero on. Pure. */

export interface Axis {
  /** Where the axis ends: at its last tick. */
  readonly end: number;
  readonly ticks: readonly number[];
}

/** @param most the largest value that must fit @param about how many ticks there should be */
export function axisTo(most: number, about: number): Axis {
  const step = roundStep(Math.max(most, 1) / about);
  const count = Math.max(1, Math.ceil(most / step));
  return { end: count * step, ticks: Array.from({ length: count + 1 }, (_, place) => place * step) };
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is at least so much. */
export function roundStep(least: number): number {
  let power = 1;
  while (power * 10 <= least) power *= 10;
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? power * 10;
}
