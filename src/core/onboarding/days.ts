/** Days of the calendar as numbers, so that offsets can be added to them. Pure. */

const msPerDay = 86_400_000;

/** The number of a day, from 0 on 1 January 1970. @param month from 1 */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / msPerDay;
}

/** Midnight of that day, UTC, in ms since 1970: to be shown in UTC. */
export function dayStart(day: number): number {
  return day * msPerDay;
}
