/**
 * What an author wants to know of a spec: how much of its schedule space is run, what never happens in it, and which of its
 * tests the known mistakes need. Made of what the runner tells. Pure.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Explored } from "../../protocol/grading.ts";
import type { RuleName, SpaceStep, TestSpace } from "../../protocol/space.ts";
import type { GradeError, ScheduleCount } from "../../protocol/verdict.ts";
import type { Words } from "../../protocol/words.ts";

export interface ExploredMistake {
  readonly name: string;
  /** The one that its first line declares. */
  readonly declared: Diagnosis;
  readonly explored: Explored;
}

export interface ExploredTest {
  readonly name: string;
  readonly title: Words;
  readonly schedules: ScheduleCount;
  /** What the explored file is faulted for, where it fails; then the orders after the failing one were not run. */
  readonly failure?: Diagnosis;
  readonly space: TestSpace;
  readonly neverHappens: readonly NeverHappens[];
  /** Mistakes that fail here, and those of them that fail nowhere before. */
  readonly catches: readonly string[];
  readonly first: readonly string[];
}

/** Something that the spec could have had happen, and did not in any order that was run. */
export type NeverHappens =
  | { readonly kind: "abort" | "fault" | "choice" }
  | { readonly kind: "allowed"; readonly fate: "fail" | "hold" | "end"; readonly step: SpaceStep };

/** Lines of the spec, from 1, both of them part of it, that neither the file nor a mistake reached in any order. */
export interface UnreachedLines {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface MistakeRow {
  readonly name: string;
  readonly declared: Diagnosis;
  /** What it is faulted for, by test. */
  readonly failures: Readonly<Record<string, Diagnosis>>;
  readonly firstTest?: string;
  readonly error?: GradeError;
}

export interface Exploration {
  readonly lesson: string;
  /** The file that was explored, as the author named it. */
  readonly file: string;
  readonly error?: GradeError;
  readonly tests: readonly ExploredTest[];
  readonly unreached: readonly UnreachedLines[];
  /** Rules that some test switches off, with those tests. */
  readonly rulesOff: readonly { readonly rule: RuleName; readonly tests: readonly string[] }[];
  /** Rules that no test gives an occasion: they hold for whatever is handed in. */
  readonly rulesUnasked: readonly RuleName[];
  readonly mistakes: readonly MistakeRow[];
  /** Tests without which every mistake would still show the diagnosis that it declares. */
  readonly unneeded: readonly string[];
}

export interface ExplorationInput {
  readonly lesson: string;
  readonly file: string;
  readonly spec: string;
  readonly explored: Explored;
  readonly mistakes: readonly ExploredMistake[];
}

export function exploration({ lesson, file, spec, explored, mistakes }: ExplorationInput): Exploration {
  const { verdict, spaces } = explored;
  const rows = mistakes.map(mistakeRow);
  const tests = verdict.tests.flatMap(({ name, title, schedules, failure }): ExploredTest[] => {
    const space = spaces.find(({ test }) => test === name);
    if (space === undefined) return [];
    const caught = rows.filter(({ failures }) => Object.hasOwn(failures, name));
    return [
      {
        ...{ name, title, schedules, space },
        ...(failure === undefined ? {} : { failure: failure.diagnosis }),
        neverHappens: neverHappens(space),
        catches: caught.map((row) => row.name),
        first: caught.filter((row) => row.firstTest === name).map((row) => row.name),
      },
    ];
  });
  const all = tests.map(({ space }) => space);
  return {
    lesson,
    file,
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    tests,
    unreached: unreachedLines(spec, explored, mistakes),
    rulesOff: rulesOff(all),
    rulesUnasked: all.length === 0 ? [] : rulesUnasked(all),
    mistakes: rows,
    unneeded:
      mistakes.length === 0 ? [] : tests.filter(({ name }) => isUnneeded(name, mistakes)).map(({ name }) => name),
  };
}

function mistakeRow({ name, declared, explored: { verdict } }: ExploredMistake): MistakeRow {
  const failing = verdict.tests.flatMap(({ name: test, failure }) =>
    failure === undefined ? [] : [[test, failure.diagnosis] as const],
  );
  const [first] = failing;
  return {
    name,
    declared,
    failures: Object.fromEntries(failing),
    ...(first === undefined ? {} : { firstTest: first[0] }),
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
  };
}

/** A mistake that does not show its diagnosis to begin with needs nothing. */
function isUnneeded(test: string, mistakes: readonly ExploredMistake[]): boolean {
  return mistakes.every(({ declared, explored: { verdict } }) => {
    const failing = verdict.tests.filter(({ failure }) => failure !== undefined);
    const without = failing.filter(({ name }) => name !== test);
    return failing[0]?.failure?.diagnosis !== declared || without[0]?.failure?.diagnosis === declared;
  });
}

function neverHappens(space: TestSpace): readonly NeverHappens[] {
  const { steps, calls, widest } = space;
  const found: NeverHappens[] = [];
  if (widest < 2) found.push({ kind: "choice" });
  if (calls.withSignal > 0 && calls.aborted === 0 && calls.bornAborted === 0) found.push({ kind: "abort" });
  const isFault = ({ fates }: SpaceStep): boolean => fates.failed > 0 || fates.held > 0;
  if (steps.length > 0 && !steps.some((step) => isFault(step) || step.may.fail || step.may.hang || step.may.slow))
    found.push({ kind: "fault" });
  for (const step of steps) {
    const { may, fates } = step;
    if (may.fail && fates.failed === 0) found.push({ kind: "allowed", fate: "fail", step });
    if ((may.hang || may.slow) && fates.held === 0) found.push({ kind: "allowed", fate: "hold", step });
    if (fates.completed + fates.failed + fates.aborted === 0) found.push({ kind: "allowed", fate: "end", step });
  }
  return found;
}

function rulesOff(spaces: readonly TestSpace[]): Exploration["rulesOff"] {
  const rules = new Map<RuleName, string[]>();
  for (const { rulesOff: off, test } of spaces) {
    for (const rule of off) rules.set(rule, [...(rules.get(rule) ?? []), test]);
  }
  return [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, tests]) => ({ rule, tests }));
}

/** L4 and L7 need no occasion: any promise may go unheard, any call may get stuck. */
function rulesUnasked(spaces: readonly TestSpace[]): readonly RuleName[] {
  const occasions: readonly (readonly [RuleName, (space: TestSpace) => boolean])[] = [
    ["L1", ({ timers }) => timers > 0],
    ["L2", ({ calls }) => calls.withSignal > 0],
    ["L3", ({ steps }) => steps.length > 0],
    ["L5", ({ calls }) => calls.aborted > 0],
    ["L6", ({ calls }) => calls.bornAborted > 0],
  ];
  return occasions.flatMap(([rule, has]) =>
    spaces.some((space) => has(space) && !space.rulesOff.includes(rule)) ? [] : [rule],
  );
}

/** Where all of a place lies within another one that was not reached either, the outer one says it. */
function unreachedLines(
  spec: string,
  explored: Explored,
  mistakes: readonly ExploredMistake[],
): readonly UnreachedLines[] {
  const { places, spaces, verdict } = explored;
  if (spaces.length === 0 || verdict.error !== undefined) return [];
  const all = [explored, ...mistakes.map((each) => each.explored)].flatMap((each) => each.spaces);
  const reached = new Set(all.flatMap((space) => space.reached));
  const lines = spec.split("\n");
  const found: { from: number; to: number }[] = [];
  const missed = places.filter((_, number) => !reached.has(number));
  for (const { line, lastLine } of [...missed].sort((a, b) => a.line - b.line || b.lastLine - a.lastLine)) {
    const last = found.at(-1);
    if (last !== undefined && line <= last.to + 1) last.to = Math.max(last.to, lastLine);
    else found.push({ from: line, to: lastLine });
  }
  return found.map(({ from, to }) => ({ from, to, text: (lines[from - 1] ?? "").trim() }));
}
