/**
 * The choices of one run as a short string that replays it. Pure.
 *
 * Format: "i1" (version), then one "-" and a run of base-36 pairs. Each pair is a deviation from the natural order:
 * how many choice points were passed since the last deviation, and which option was taken there. A number over 35 is
 * written as "(" digits ")". "i1-" alone is the natural order.
 */

/** The option taken at each choice point, from the first; missing ones are 0, the natural order. */
export type Decisions = readonly number[];

const version = "i1-";

/** How much of a string that is no schedule is repeated in a message, in characters. */
const shownLength = 40;

export class ScheduleError extends Error {
  override readonly name = "ScheduleError";
}

export function encodeSchedule(decisions: Decisions): string {
  let text = version;
  let gap = 0;
  for (const choice of decisions) {
    if (choice === 0) {
      gap++;
    } else {
      text += digit(gap) + digit(choice);
      gap = 0;
    }
  }
  return text;
}

/** @throws ScheduleError with a sentence for the user when the string is not a schedule of this version. */
export function decodeSchedule(text: string): number[] {
  if (!text.startsWith(version)) {
    throw new ScheduleError(
      /^i\d+-/.test(text)
        ? `The schedule "${text.slice(0, 12)}" was made by another version; run the test again for a new one.`
        : `"${text.slice(0, shownLength)}" is not a schedule; a schedule begins with "${version}".`,
    );
  }
  const numbers: number[] = [];
  const digits = /\(([0-9a-z]{1,6})\)|([0-9a-z])/y;
  digits.lastIndex = version.length;
  while (digits.lastIndex < text.length) {
    const match = digits.exec(text);
    const found = match?.[1] ?? match?.[2];
    if (found === undefined) throw new ScheduleError(`The schedule "${text.slice(0, shownLength)}" is damaged.`);
    numbers.push(Number.parseInt(found, 36));
  }
  return expand(numbers, text);
}

function expand(numbers: readonly number[], text: string): number[] {
  const decisions: number[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    const gap = numbers[index] ?? 0;
    const choice = numbers[index + 1] ?? 0;
    if (choice === 0 || decisions.length + gap > 1_000_000) {
      throw new ScheduleError(`The schedule "${text.slice(0, shownLength)}" is damaged.`);
    }
    for (let skipped = 0; skipped < gap; skipped++) decisions.push(0);
    decisions.push(choice);
  }
  return decisions;
}

export function countDeviations(decisions: Decisions): number {
  return decisions.reduce((count, choice) => (choice === 0 ? count : count + 1), 0);
}

function digit(value: number): string {
  const text = value.toString(36);
  return text.length === 1 ? text : `(${text})`;
}
