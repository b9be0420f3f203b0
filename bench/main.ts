/** Runs the comparisons one after another, each in a process of its own, and prints what came of them. Node 24. */
import process from "node:process";
import { inOwnProcess } from "./measure/ownProcess.ts";
import { type Results, toReport, toText } from "./report.ts";

const comparisons: readonly (readonly [name: keyof Results, what: string])[] = [
  ["fastCheck", "schedules per second, beside fast-check"],
  ["bareLoop", "schedules per second, beside a bare event loop"],
  ["planted", "a bug that one order of 720 shows"],
  ["verdict", "from a save to the verdict, beside vitest and node:test"],
  ["selfCheck", "the second play of the natural order"],
  ["growth", "growth with tasks and events"],
];

export interface Flags {
  readonly json: boolean;
  readonly quick: boolean;
}

export async function main({ json, quick }: Flags): Promise<void> {
  const results: Partial<Record<keyof Results, unknown>> = {};
  const measure = async ([name, what]: (typeof comparisons)[number]): Promise<void> => {
    console.error(`Measuring ${what} …`);
    results[name] = await inOwnProcess({ name, quick });
  };
  // Side by side they would disturb each other, which does not matter where the figures do not.
  if (quick) await Promise.all(comparisons.map(measure));
  else for (const comparison of comparisons) await measure(comparison);
  // Each comparison's own file says what it answers; between the processes it was plain data.
  const report = toReport(results as Results, quick);
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `\n${toText(report)}`);
}
