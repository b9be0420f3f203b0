/**
 * The choices of one run as a short string that replays it. Pure.
 *
 * Format: "i2-" (version), then a pair of numbers for each deviation from the natural order: how many choice points were
 * passed since the one before, and which option was taken instead of the first (less 1). "~" and a number repeat the last
 * pair so many times more. A number is written in digits of 31, lowest first, as the characters 0-9a-zA-Z; all but its
 * last digit are shifted by 31. "i2-" alone is the natural order. Up to 18 deviations less than 31 choice points apart
 * fit into 40 characters; a minimised schedule rarely has more than three.
 */
import type { Words } from "../../protocol/words.ts";

/** The option taken at each choice point, from the first; missing ones are 0, the natural order. */
export type Decisions = readonly number[];

const version = "i2-";
const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const base = alphabet.length / 2;
const repeat = "~";

/** How much of a string that is no schedule is repeated in a message, in characters. */
const shownLength = 40;
/** No run has more choice points, so a schedule that speaks of more is damaged. */
const maxLength = 1_000_000;

/** A schedule that cannot be played, with a sentence for the user. */
export class ScheduleError extends Error {
  override readonly name = "ScheduleError";
  readonly words: Words;

  constructor(words: Words) {
    super(words.en);
    this.words = words;
  }
}

export function encodeSchedule(decisions: Decisions): string {
  let text = version;
  let last = "";
  let repeats = 0;
  const flush = (): void => {
    if (repeats > 0) text += repeats * last.length <= 2 ? last.repeat(repeats) : repeat + digits(repeats);
    repeats = 0;
  };
  let gap = 0;
  for (const choice of decisions) {
    if (choice === 0) {
      gap++;
      continue;
    }
    const pair = digits(gap) + digits(choice - 1);
    gap = 0;
    if (pair === last) repeats++;
    else {
      flush();
      text += pair;
      last = pair;
    }
  }
  flush();
  return text;
}

/** @throws ScheduleError with a sentence for the user when the string is not a schedule of this version. */
export function decodeSchedule(text: string): number[] {
  if (!text.startsWith(version)) {
    throw /^i\d+-/.test(text) ? fromOtherVersion(text.slice(0, 12)) : noSchedule(text.slice(0, shownLength));
  }
  const reader = new Reader(text);
  const decisions: number[] = [];
  let gap = 0;
  let choice = 0;
  const add = (): void => {
    if (decisions.length + gap >= maxLength) throw reader.damage();
    for (let skipped = 0; skipped < gap; skipped++) decisions.push(0);
    decisions.push(choice);
  };
  while (!reader.atEnd) {
    if (reader.takes(repeat)) {
      if (choice === 0) throw reader.damage();
      for (let more = reader.number(); more > 0; more--) add();
    } else {
      gap = reader.number();
      choice = reader.number() + 1;
      add();
    }
  }
  return decisions;
}

function fromOtherVersion(shown: string): ScheduleError {
  return new ScheduleError({
    en: `The schedule "${shown}" was made by another version; run the test again for a new one.`,
    "zh-cn": `调度“${shown}”来自另一个版本；请重新运行测试得到一个新的。`,
  });
}

function noSchedule(shown: string): ScheduleError {
  return new ScheduleError({
    en: `"${shown}" is not a schedule; a schedule begins with "${version}".`,
    "zh-cn": `“${shown}”不是调度；调度以“${version}”开头。`,
  });
}

class Reader {
  readonly #text: string;
  #at = version.length;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  number(): number {
    let value = 0;
    for (let weight = 1; ; weight *= base) {
      const digit = this.atEnd ? -1 : alphabet.indexOf(this.#text.charAt(this.#at++));
      if (digit < 0 || weight > maxLength) throw this.damage();
      value += (digit % base) * weight;
      if (digit < base) return value;
    }
  }

  damage(): ScheduleError {
    const shown = this.#text.slice(0, shownLength);
    return new ScheduleError({
      en: `The schedule "${shown}" is damaged; copy it whole, or run the test again for a new one.`,
      "zh-cn": `调度“${shown}”已损坏；请完整复制，或者重新运行测试得到一个新的。`,
    });
  }
}

function digits(value: number): string {
  let text = "";
  for (let rest = value; ; rest = Math.floor(rest / base)) {
    const digit = rest % base;
    if (rest < base) return text + alphabet.charAt(digit);
    text += alphabet.charAt(digit + base);
  }
}

export function countDeviations(decisions: Decisions): number {
  return decisions.reduce((count, choice) => (choice === 0 ? count : count + 1), 0);
}

/** Without the natural choices at its end. */
export function trimmed(decisions: Decisions): Decisions {
  let length = decisions.length;
  while (length > 0 && decisions[length - 1] === 0) length--;
  return length === decisions.length ? decisions : decisions.slice(0, length);
}
