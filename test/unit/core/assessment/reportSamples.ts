/** A finished rehearsal with everything that a report can show, and its facts; `hostile` puts markup into whatever a learner writes. */
import type { ReportFacts } from "../../../../src/core/assessment/reportFacts.ts";
import type { BankQuestion } from "../../../../src/core/assessment/questionBank.ts";
import type { PlannedItem, RehearsalRecord } from "../../../../src/core/assessment/rehearsal.ts";
import type { JudgedTest, JudgedVerdict } from "../../../../src/core/assessment/rubric.ts";
import { scoreRehearsal } from "../../../../src/core/assessment/score.ts";
import type { StudyLesson } from "../../../../src/core/assessment/studyPlan.ts";
import type { Mistake } from "../../../../src/core/lesson/lessonFiles.ts";
import type { Diagnosis } from "../../../../src/protocol/diagnosis.ts";
import type { Words } from "../../../../src/protocol/words.ts";

const both = (text: string): Words => ({ en: text, "zh-cn": `${text}（中文）` });

export const question: BankQuestion = {
  id: "order-timers",
  kind: "predict-output",
  level: "introductory",
  seconds: 60,
  prompt: both("What does this print?"),
  code: "setTimeout(() => console.log(1));\nPromise.resolve().then(() => console.log(2));",
  options: [
    { id: "a", text: both("2 / 1"), why: both("Microtasks come first."), output: "2\n1" },
    { id: "b", text: both("1 / 2"), why: both("A timer is never first."), output: "1\n2" },
  ],
  answer: "a",
};

export const design: BankQuestion = {
  id: "limits-queue",
  kind: "choose-design",
  level: "intermediate",
  seconds: 90,
  prompt: both("Which queue?"),
  options: [
    { id: "a", text: both("Bounded"), why: both("It pushes back.") },
    { id: "b", text: both("Unbounded"), why: both("It fills the memory.") },
  ],
  answer: "a",
};

export const mistake: Mistake = {
  name: "once-is-enough",
  file: "semaphore/mistakes/once-is-enough.ts",
  diagnosis: "listener-left-on-signal",
  belief: "once removes it",
  code: "// diagnosis: listener-left-on-signal - once removes it\nsignal.addEventListener('abort', stop, { once: true });\n",
};

export const items: readonly PlannedItem[] = [
  { id: "1", kind: "predict-output", skill: "order", level: "introductory", seconds: 60, question: question.id },
  { id: "2", kind: "choose-design", skill: "limits", level: "intermediate", seconds: 90, question: design.id },
  {
    ...{ id: "3", kind: "find-bug", skill: "cleanup", level: "introductory", seconds: 90 },
    ...{ lesson: "semaphore", mistake: mistake.name },
    options: ["wrong-result", "listener-left-on-signal", "permit-lost", "stampede"],
  },
  { id: "4", kind: "coding", skill: "limits", level: "introductory", seconds: 360, lesson: "semaphore" },
  { id: "5", kind: "coding", skill: "fan-out", level: "intermediate", seconds: 360, lesson: "fan-out-with-timeout" },
];

/** Whatever a page or a Markdown reader could take for more than text. */
export const hostileText = [
  '</pre></code></script></style><script>throw new Error("ran")</script>',
  '<img src=x onerror="throw new Error(1)"> <a href="javascript:alert(1)">x</a> <svg onload=alert(1)>',
  "``` \n# not a heading\n[link](https://out.example/) ![picture](https://out.example/x.png) | a | b |",
  "````\n<!-- --> &lt;b&gt; ${1} {{2}} \u0000\u001b[31m \ud800 end",
].join("\n");

export function failing(name: string, diagnosis: Diagnosis, schedule: string, message = "It went wrong."): JudgedTest {
  return {
    ...{ name, title: both(`Test ${name}`), status: "failed", schedules: { run: 1 } },
    failure: { diagnosis, message: both(message), schedule, source: { line: 12 } },
  };
}

export function passing(name: string, run = 1): JudgedTest {
  return { name, title: both(`Test ${name}`), status: "passed", schedules: { run } };
}

export function semaphoreVerdict(message?: string): JudgedVerdict {
  return {
    tests: [
      passing("lends-and-takes-back"),
      passing("limit-is-reached-and-kept"),
      failing("abort-in-line", "listener-left-on-signal", "i2-", message),
      passing("every-order-of-jobs", 120),
      failing("cancel-everywhere", "late-after-abort", "i2-1.2", message),
    ],
  };
}

export interface Sample {
  readonly text?: string;
  readonly id?: string;
  readonly startedAt?: number;
  readonly right?: boolean;
}

const start = Date.UTC(2026, 2, 14, 9, 26, 53);

export function sampleRecord(sample: Sample = {}): RehearsalRecord {
  const { text = "First I check the signal.\nThen I wait.", id = "r-2026", startedAt = start, right = false } = sample;
  const common = { skipped: false, flagged: false };
  return {
    plan: { version: 1, id, seed: 4711, profile: "campus", minutes: 20, items },
    startedAt,
    finished: { at: startedAt + 1_500_000, why: "handed-in" },
    activeMs: 1_080_000,
    pauses: [
      { from: startedAt + 60_000, to: startedAt + 240_000, why: "closed" },
      { from: startedAt + 600_000, to: startedAt + 660_000, why: "asked" },
      { from: startedAt + 700_000, to: startedAt + 760_000, why: "lost" },
    ],
    items: {
      "1": { ...common, choice: "a", activeMs: 31_400 },
      "2": { ...common, choice: right ? "a" : "b", activeMs: 140_000, flagged: true },
      "3": { ...common, choice: right ? "listener-left-on-signal" : "stampede", activeMs: 61_000 },
      "4": {
        ...{ ...common, activeMs: 412_000, code: `export const a = 1;\n/* ${text} */\n` },
        ...{ explanation: text, checked: [0, 2], rating: 3 },
      },
      "5": { ...common, skipped: true, activeMs: 12_000 },
    },
  };
}

const lessons: readonly StudyLesson[] = [
  { id: "semaphore", minutes: 35, skill: "limits", teaches: new Set(["listener-left-on-signal", "late-after-abort"]) },
  { id: "fan-out-with-timeout", minutes: 40, skill: "fan-out", teaches: new Set(["timer-still-armed"]) },
  { id: "buffer-reuse", minutes: 25, skill: "cleanup", teaches: new Set(["resource-not-released"]) },
  { id: "retry-with-backoff", minutes: 40, skill: "deadlines-and-retries", teaches: new Set(["late-after-abort"]) },
];

export function sampleFacts(sample: Sample = {}): ReportFacts {
  const lookUp = {
    question: (id: string) => [question, design].find((each) => each.id === id),
    mistake: (lesson: string, name: string) => (lesson === "semaphore" && name === mistake.name ? mistake : undefined),
  };
  const scored = (each: Sample) => {
    const record = sampleRecord(each);
    const verdict = (item: string) => (item === "4" ? semaphoreVerdict(each.text) : undefined);
    return { record, score: scoreRehearsal(record, { ...lookUp, verdict }) };
  };
  const own = scored(sample);
  const week = 7 * 86_400_000;
  const earlier = [3, 2, 1].map((ago) =>
    scored({ id: `r-${String(ago)}`, startedAt: start - ago * week, right: ago === 2 }),
  );
  return {
    ...own,
    ...lookUp,
    history: [...earlier, own],
    lessonTitle: (lesson) => (lessons.some(({ id }) => id === lesson) ? both(`Lesson ${lesson}`) : undefined),
    lessons,
    when: (ms) => new Date(ms).toISOString().slice(0, 16).replace("T", " "),
  };
}
