/** Grades every mutant of a lesson's solution by the lesson's spec. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/lib/paths.mjs";
import type { GradeErrorCode, Verdict } from "../../../src/protocol/verdict.ts";
import type { NodeGrader } from "../../../src/runner/node/createNodeGrader.ts";
import { readGrading } from "../lessonsOnDisk.ts";
import { type Equivalent, describesMutant, readEquivalents } from "./equivalents.ts";
import { type Mutant, changesWordsOnly, makeMutants } from "./makeMutants.ts";

export interface GradedMutant {
  readonly mutant: Mutant;
  /** "refused": it does not even load as an exercise, so that it says nothing of the spec. */
  readonly fate: "killed" | "survived" | "equivalent" | "refused";
  /** The diagnosis that killed it, or why it is equivalent. */
  readonly how: string;
}

export interface LessonMutants {
  readonly lesson: string;
  readonly graded: readonly GradedMutant[];
  /** Entries of equivalent.json that fit no mutant that survived. */
  readonly stale: readonly Equivalent[];
}

/** How the engine or the compiler refuses a text; all else that ends a run is behaviour. */
const refusals: ReadonlySet<GradeErrorCode> = new Set<GradeErrorCode>([
  "syntax-error",
  "not-erasable",
  "import-not-allowed",
  "missing-export",
]);
const never = new AbortController().signal;

/** @param graders one for each mutant that may be graded at a time */
export async function gradeMutants(lesson: string, graders: readonly NodeGrader[]): Promise<LessonMutants> {
  const grading = readGrading(lesson);
  const equivalents = readEquivalents(lesson);
  const mutants = await makeMutants(readFileSync(join(root, "lessons", lesson, "solution.ts"), "utf8"));
  const graded: GradedMutant[] = [];
  const waiting = mutants.entries();
  const worker = async (grader: NodeGrader): Promise<void> => {
    for (const [place, mutant] of waiting) {
      const verdict = await grader.grade({ ...grading, exercise: mutant.text, exerciseName: "exercise.ts" }, never);
      graded[place] = judge(mutant, verdict, equivalents);
    }
  };
  await Promise.all(graders.map(worker));
  const found = graded.filter(({ fate }) => fate === "equivalent").map(({ mutant }) => mutant);
  const stale = equivalents.filter((entry) => !found.some((mutant) => describesMutant(entry, mutant)));
  return { lesson, graded, stale };
}

function judge(mutant: Mutant, verdict: Verdict, equivalents: readonly Equivalent[]): GradedMutant {
  if (!verdict.passed) {
    const code = verdict.error?.code;
    const diagnosis = verdict.tests.find(({ failure }) => failure !== undefined)?.failure?.diagnosis;
    const refused = code !== undefined && refusals.has(code);
    return { mutant, fate: refused ? "refused" : "killed", how: code ?? diagnosis ?? "" };
  }
  if (changesWordsOnly(mutant)) return { mutant, fate: "equivalent", how: "The words of a message are free." };
  const known = equivalents.find((entry) => describesMutant(entry, mutant));
  return known === undefined ? { mutant, fate: "survived", how: "" } : { mutant, fate: "equivalent", how: known.why };
}
