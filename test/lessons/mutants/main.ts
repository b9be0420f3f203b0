/** Grades the mutants of the lessons' solutions and prints a table, a line a lesson. Node 24. */
import { availableParallelism } from "node:os";
import process from "node:process";
import { dist } from "../../../scripts/lib/paths.mjs";
import { NodeGrader } from "../../../src/runner/node/createNodeGrader.ts";
import { lessonIds } from "../lessonsOnDisk.ts";
import { changeOf } from "./equivalents.ts";
import { type GradedMutant, type LessonMutants, gradeMutants } from "./gradeMutants.ts";

/** Share of the mutants that are not equivalent that a good set of specs kills, over all lessons. */
const target = 0.95;

export interface Flags {
  /** Lists killed and equivalent mutants too. */
  readonly all: boolean;
}

/** @returns whether the target is met and every listed equivalent still stands for a mutant */
export async function main(only: readonly string[], flags: Flags): Promise<boolean> {
  const all = lessonIds();
  const unknown = only.filter((lesson) => !all.includes(lesson));
  if (unknown.length > 0) throw new Error(`There is no lesson ${unknown.join(", ")}.`);
  const lessons = all.filter((lesson) => only.length === 0 || only.includes(lesson));
  const results: LessonMutants[] = [];
  for (const lesson of lessons) {
    // A lesson's graders are its own: what is kept of one program is no use to the next.
    const graders = Array.from({ length: availableParallelism() }, () => new NodeGrader({ distDir: dist }));
    const result = await gradeMutants(lesson, graders);
    for (const grader of graders) grader.dispose();
    results.push(result);
    printLesson(result, flags.all);
  }
  return printTotal(results);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function printLesson({ lesson, graded, stale }: LessonMutants, all: boolean): void {
  print(row(lesson, graded));
  for (const { mutant, fate, how } of graded) {
    if (!all && fate !== "survived") continue;
    print(`    ${fate} line ${String(mutant.line)} ${mutant.mutator}${how === "" ? "" : `: ${how}`}`);
    print(`      ${mutant.context}\n      ${changeOf(mutant)}`);
  }
  for (const { line, change } of stale) print(`    equivalent.json: no such mutant survives: ${line}: ${change}`);
}

function printTotal(results: readonly LessonMutants[]): boolean {
  const graded = results.flatMap((result) => result.graded);
  print(row("all", graded));
  return shareKilled(graded) >= target && results.every(({ stale }) => stale.length === 0);
}

function row(name: string, graded: readonly GradedMutant[]): string {
  const count = (fate: GradedMutant["fate"]): string => String(graded.filter((one) => one.fate === fate).length);
  const percent = `${(shareKilled(graded) * 100).toFixed(1)} %`;
  return `${name.padEnd(24)} ${percent.padStart(8)} killed   ${count("killed")} killed, ${count("survived")} survived, ${count("equivalent")} equivalent, ${count("refused")} refused`;
}

function shareKilled(graded: readonly GradedMutant[]): number {
  const killed = graded.filter(({ fate }) => fate === "killed").length;
  const survived = graded.filter(({ fate }) => fate === "survived").length;
  return killed + survived === 0 ? 1 : killed / (killed + survived);
}
