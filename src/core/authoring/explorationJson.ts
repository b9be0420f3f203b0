/** The published form of an exploration: what `interleave explore --json` prints. Pure. */
import type { Locale } from "../../protocol/words.ts";
import type { Exploration, NeverHappens } from "./exploration.ts";

export function explorationJson(found: Exploration, locale: Locale): string {
  const { lesson, file, error, tests, unreached, rulesOff, rulesUnasked, mistakes, unneeded } = found;
  const json = {
    version: 1,
    lesson,
    file,
    ...(error === undefined ? {} : { error: { code: error.code, message: error.message[locale] } }),
    tests: tests.map(({ name, schedules, failure, space, neverHappens, catches, first }) => ({
      name,
      schedules,
      ...(failure === undefined ? {} : { failure }),
      choices: { ...space.depth, atOnce: space.widest },
      cancelsEverywhere: space.cancelsEverywhere,
      rulesOff: space.rulesOff,
      steps: space.steps,
      neverHappens: neverHappens.map(plainNever),
      catches,
      catchesFirst: first,
    })),
    unreachedLines: unreached,
    rulesOff,
    rulesWithoutOccasion: rulesUnasked,
    mistakes: mistakes.map(({ error: problem, ...row }) => ({
      ...row,
      ...(problem === undefined ? {} : { error: problem.code }),
    })),
    testsNoMistakeNeeds: unneeded,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function plainNever(never: NeverHappens): object {
  if (never.kind !== "allowed") return { kind: never.kind };
  return { kind: never.fate, step: { kind: never.step.kind, label: never.step.label } };
}
