/**
 * How a coding task is judged, from nothing but its verdict. Pure.
 *
 * A test is a step, and a step is judged under several criteria; together they are the task's *marks*:
 *
 * - `natural`: every test has this mark. It is earned where the natural order comes out right. Something left behind (`foundLast`)
 *   does not cost it: whatever the spec checks was right by then.
 * - `every-order`: of tests with more than one order. Earned where the test passes, which means: in every order that was run.
 * - `deadlines`, `limits`, `leaks`: of the tests that can show such a bug (rubricTests.ts). Earned where the test passes, and also
 *   (but for `leaks`) where it fails for something that is only looked for when all else is done. What another failure hides is
 *   not earned: nobody has seen it.
 *
 * A mark that the untouched starter has already earns nothing; losing it costs. So a starter comes to nothing and a right
 * solution to everything, and a criterion's points are the share of its marks.
 */
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Words } from "../../protocol/words.ts";
import { naturalOrder } from "../verdict/naturalOrder.ts";
import { type CriterionId, criterionIds, type CriterionScore, type Evidence } from "./rehearsal.ts";
import { rubricTests } from "./rubricTests.ts";

/** The criterion that each kind of bug belongs to. */
export const criterionOf: Readonly<Record<Diagnosis, CriterionId>> = {
  "timer-still-armed": "leaks",
  "listener-left-on-signal": "leaks",
  "aborted-signal-unchecked": "deadlines",
  "reason-replaced": "deadlines",
  "signal-not-passed-on": "deadlines",
  "late-after-abort": "deadlines",
  "abort-swallowed": "deadlines",
  "retried-after-abort": "deadlines",
  "work-still-running": "leaks",
  "settled-before-cleanup": "leaks",
  "unhandled-rejection": "leaks",
  "never-settles": "natural",
  "permit-lost": "leaks",
  "released-twice": "limits",
  "resource-not-released": "leaks",
  "unhealthy-reused": "natural",
  "limit-exceeded": "limits",
  "limit-not-reached": "limits",
  "serial-not-parallel": "limits",
  "batched-not-sliding": "limits",
  "order-lost": "every-order",
  "first-error-lost": "every-order",
  "error-swallowed": "natural",
  stampede: "limits",
  "one-cancels-all": "deadlines",
  "backpressure-ignored": "limits",
  "overlapping-runs": "limits",
  "deadline-missed": "deadlines",
  "wrong-result": "natural",
  "busy-loop": "natural",
};

/**
 * What is looked for when a test's body has come to its end: whoever fails for one of these did everything else right in that
 * order. (A rejection that nobody handles ends a run at once, and of resources specs ask at any time: these are none of them.)
 */
const foundLast: ReadonlySet<Diagnosis> = new Set([
  "timer-still-armed",
  "listener-left-on-signal",
  "work-still-running",
]);

/**
 * What a criterion weighs in a task; those that a lesson cannot show leave their weight to the others. Being right in the natural
 * order and in every order are worth the same, and together more than half: the rest is what interviewers ask about afterwards.
 */
export const criterionWeights: Readonly<Record<CriterionId, number>> = {
  natural: 30,
  "every-order": 30,
  deadlines: 16,
  leaks: 14,
  limits: 10,
};

/** As much of a verdict as is judged; a `Verdict` is one. */
export interface JudgedVerdict {
  readonly tests: readonly JudgedTest[];
  readonly error?: { readonly message: Words };
}

export interface JudgedTest {
  readonly name: string;
  readonly title: Words;
  readonly status: "passed" | "failed";
  /** Orders that were run. */
  readonly schedules: { readonly run: number };
  readonly failure?: {
    readonly diagnosis: Diagnosis;
    readonly message: Words;
    readonly schedule: string;
    readonly source?: { readonly line: number };
  };
}

/** Which marks a test has, and which of them the lesson's starter has already. */
export interface TestMarks {
  readonly marks: ReadonlySet<CriterionId>;
  readonly given: ReadonlySet<CriterionId>;
}

/**
 * @param of points of the whole task
 * @returns the criteria that this lesson can show; of none where the verdict has no tests
 */
export function judgeCode(lesson: string, verdict: JudgedVerdict, of: number): readonly CriterionScore[] {
  const judged = criterionIds.flatMap((criterion) => {
    const decided = verdict.tests.flatMap((test) => decide(lesson, test, criterion));
    return decided.length === 0 ? [] : [{ criterion, decided }];
  });
  const weight = judged.reduce((sum, { criterion }) => sum + criterionWeights[criterion], 0);
  return judged.map(({ criterion, decided }) => {
    const worth = (of * criterionWeights[criterion]) / weight;
    const earned = decided.filter((each) => each.earned).length;
    return {
      criterion,
      points: (worth * earned) / decided.length,
      of: worth,
      evidence: decided.map(({ test }) => evidenceOf(lesson, test)),
    };
  });
}

/** Whether a test with this mark has earned it; the same for the starter, whose marks are given. */
export function earns(test: JudgedTest, criterion: CriterionId): boolean {
  const { failure } = test;
  if (failure === undefined) return test.status === "passed";
  const onlyLeft = foundLast.has(failure.diagnosis);
  switch (criterion) {
    case "natural":
      return onlyLeft || failure.schedule !== naturalOrder;
    case "every-order":
    case "leaks":
      return false;
    case "deadlines":
    case "limits":
      return onlyLeft;
  }
}

/** What the mark comes to; nothing where the test has none, or where it only keeps what the starter had. */
function decide(
  lesson: string,
  test: JudgedTest,
  criterion: CriterionId,
): readonly { readonly test: JudgedTest; readonly earned: boolean }[] {
  const { marks, given } = marksOf(lesson, test);
  if (!marks.has(criterion)) return [];
  const earned = earns(test, criterion);
  return earned && given.has(criterion) ? [] : [{ test, earned }];
}

function marksOf(lesson: string, test: JudgedTest): TestMarks {
  const known = knownMarks(lesson, test.name);
  const shown = test.failure === undefined ? undefined : criterionOf[test.failure.diagnosis];
  if (known === undefined) {
    // Of a lesson that is not ours: what its tests have shown is all that is known.
    const marks: CriterionId[] = test.schedules.run > 1 ? ["natural", "every-order"] : ["natural"];
    return { marks: new Set(shown === undefined ? marks : [...marks, shown]), given: new Set() };
  }
  return shown === undefined ? known : { marks: new Set([...known.marks, shown]), given: known.given };
}

/** Of a test of a lesson that ships; undefined for any other. */
export function knownMarks(lesson: string, test: string): TestMarks | undefined {
  const tests = Object.hasOwn(rubricTests, lesson) ? rubricTests[lesson] : undefined;
  const text = tests !== undefined && Object.hasOwn(tests, test) ? tests[test] : undefined;
  if (text === undefined) return undefined;
  const marks = new Set<CriterionId>();
  const given = new Set<CriterionId>();
  for (const word of text.split(" ")) {
    const criterion = criterionIds.find((id) => id === word.replace(/[()]/g, ""));
    if (criterion === undefined) throw new Error(`rubricTests: ${lesson}, ${test}: "${word}" is no criterion.`);
    marks.add(criterion);
    if (word.startsWith("(")) given.add(criterion);
  }
  return { marks, given };
}

function evidenceOf(lesson: string, { name, title, status, failure }: JudgedTest): Evidence {
  const common = { type: "test", lesson, test: name, title, passed: status === "passed" } as const;
  if (failure === undefined) return common;
  const { diagnosis, message, schedule, source } = failure;
  return { ...common, diagnosis, message, schedule, ...(source === undefined ? {} : { line: source.line }) };
}
