/**
 * How places are numbered. Every object, variable, promise and operation has a number; its parts are the slots of that
 * number. Two keys of one object may share a slot, which costs precision and nothing else. Pure.
 */

/** Slots of one number. */
const slots = 1024;

/** Slots that every object has. */
export const slot = {
  /** The object as a whole: everything that reads or changes a part reads it, whatever reorders or empties it writes it. */
  whole: 0,
  /** The set of its parts and their values: changing one adds to it, looking at all reads it. */
  parts: 1,
  /** The order in which its parts were made. */
  order: 2,
  /** How many parts there are: `length`, `size`. */
  count: 3,
  /** Of a promise: how it settled, and who waits for it. */
  state: 4,
} as const;
const firstKey = 8;

/** Places of the world itself, which has the number 0. */
export const worldPlace = {
  /** The list of operations, requests and calls, and all that is recorded of them. */
  records: 1,
  /** The most operations that ran at one time. */
  peaks: 2,
  /** How many timers are armed. */
  armed: 3,
  /** The random numbers. */
  random: 4,
  /** The numbers that setTimeout answers. */
  timerIds: 5,
  /** Async generators: what each is doing, and who waits for it. */
  asyncGenerators: 6,
  /** Which of the things that were begun was begun first. */
  startOrder: 7,
  /** How URLs answer. */
  routes: 8,
  /** When the outside last did something for the exercise. */
  deliveries: 9,
} as const;
const firstDue = 512;

export function place(number: number, part: number): number {
  return number * slots + part;
}

/** Timers that are due together fire in the order in which they were armed. */
export function duePlace(due: number): number {
  return firstDue + (Math.abs(Math.trunc(due)) % (slots - firstDue));
}

/** The slot of a key. "1" and 1 are the same key. */
export function keySlot(key: PropertyKey): number {
  if (typeof key === "number" && Number.isInteger(key) && key >= 0) return firstKey + (key % (slots - firstKey));
  const text = typeof key === "symbol" ? (key.description ?? "") : String(key);
  if (/^(0|[1-9]\d{0,9})$/.test(text)) return keySlot(Number(text));
  let hash = 7;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return firstKey + (Math.abs(hash) % (slots - firstKey));
}
