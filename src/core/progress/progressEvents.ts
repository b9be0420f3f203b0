/**
 * What a learner has done, event by event, as it is written down. Pure.
 */
import * as v from "valibot";
import { type Diagnosis, diagnosisIds } from "../../protocol/diagnosis.ts";

const common = {
  /** Unique among all windows: "<window>-<count>". */
  id: v.pipe(v.string(), v.minLength(1)),
  /** Real time, ms since 1970. */
  at: v.pipe(v.number(), v.minValue(0)),
  lesson: v.pipe(v.string(), v.minLength(1)),
};

const known: ReadonlySet<string> = new Set(diagnosisIds);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const testCountSchema = v.pipe(
  v.object({ passed: count, total: count }),
  v.check(({ passed, total }) => passed <= total),
);

/** Fields that are not in it are left out of the event, and stay in the file. */
export const eventSchema = v.variant("type", [
  v.object({ ...common, type: v.literal("opened") }),
  v.object({
    ...common,
    type: v.literal("graded"),
    passed: v.boolean(),
    /** Of the lesson's pack, where it has one: what changes later is told by it. */
    version: v.optional(v.string()),
    // A newer version may know more kinds of bugs: what it calls them is left out, the grading itself counts.
    diagnoses: v.pipe(
      v.array(v.string()),
      v.transform((names) => names.filter((name): name is Diagnosis => known.has(name))),
    ),
    // Of the lesson's own tests; absent where the run came to no result, and in events from before it was written down. One that
    // makes no sense is left out, the grading itself counts.
    tests: v.fallback(v.optional(testCountSchema), undefined),
  }),
  v.object({ ...common, type: v.literal("hint-shown"), hint: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  v.object({ ...common, type: v.literal("solution-shown") }),
  v.object({ ...common, type: v.literal("reset") }),
  // The lesson's questions, with their answers.
  v.object({ ...common, type: v.literal("quiz-shown") }),
  // `lesson` is the one whose mistake was shown: not where the learner ran into the bug.
  v.object({
    ...common,
    type: v.literal("reviewed"),
    diagnosis: v.picklist(diagnosisIds),
    mistake: v.pipe(v.string(), v.minLength(1)),
    right: v.boolean(),
  }),
]);

export type ProgressEvent = v.InferOutput<typeof eventSchema>;
type WithoutIdentity<T> = T extends unknown ? Omit<T, "id" | "at"> : never;
/** What happened, before the store gives it an id and a time. */
export type ProgressNews = WithoutIdentity<ProgressEvent>;
