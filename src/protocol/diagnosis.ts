/**
 * The named kinds of bug that a failure shows. Learners meet the same words in tests, hints and reports.
 * Source: the design's section "Diagnoses". Add one only when none fits.
 */
export const diagnosisIds = [
  "timer-still-armed",
  "listener-left-on-signal",
  "aborted-signal-unchecked",
  "reason-replaced",
  "signal-not-passed-on",
  "late-after-abort",
  "abort-swallowed",
  "retried-after-abort",
  "work-still-running",
  "settled-before-cleanup",
  "unhandled-rejection",
  "never-settles",
  "permit-lost",
  "released-twice",
  "resource-not-released",
  "unhealthy-reused",
  "limit-exceeded",
  "limit-not-reached",
  "serial-not-parallel",
  "batched-not-sliding",
  "order-lost",
  "first-error-lost",
  "error-swallowed",
  "stampede",
  "one-cancels-all",
  "backpressure-ignored",
  "overlapping-runs",
  "deadline-missed",
  "wrong-result",
  "busy-loop",
] as const;

export type Diagnosis = (typeof diagnosisIds)[number];

export function isDiagnosis(text: string): text is Diagnosis {
  return (diagnosisIds as readonly string[]).includes(text);
}
