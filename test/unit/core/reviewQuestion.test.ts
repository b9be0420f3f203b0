/** Questions of the review: which mistake is chosen, and what the page is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnosis } from "../../../src/protocol/diagnosis.ts";
import type { Verdict } from "../../../src/protocol/verdict.ts";
import type { Mistake } from "../../../src/core/lesson/lessonFiles.ts";
import { Progress } from "../../../src/core/progress/progress.ts";
import type { ReviewCard } from "../../../src/core/questions/reviewCards.ts";
import { askedCode, pickMistake, reviewItem } from "../../../src/core/questions/reviewQuestion.ts";
import { reviewState } from "../../../src/core/questions/reviewView.ts";

const card: ReviewCard = { diagnosis: "permit-lost", lessons: ["semaphore"], met: 2, step: 0, dueAt: 0, shown: [] };

function mistake(name: string, diagnosis: Diagnosis, lines = 3): Mistake {
  const code = `// diagnosis: ${diagnosis} - it is fine\n${"export const a = 1;\n".repeat(lines)}`;
  return { name, file: `x/mistakes/${name}.ts`, diagnosis, belief: "it is fine", code };
}

const all = [
  { lesson: "semaphore", mistake: mistake("own", "permit-lost") },
  { lesson: "pool", mistake: mistake("long", "permit-lost", 90) },
  { lesson: "pool", mistake: mistake("short", "permit-lost") },
  { lesson: "group", mistake: mistake("other", "wrong-result") },
];
const names = (of: ReturnType<typeof pickMistake>): string | undefined => of && `${of.lesson}/${of.mistake.name}`;

test("the mistake is from another lesson, short, and not the one shown last time", () => {
  const progress = Progress.of();
  assert.equal(names(pickMistake(card, all, progress)), "pool/short");
  assert.equal(names(pickMistake({ ...card, shown: ["pool/short"] }, all, progress)), "pool/long");
  assert.equal(names(pickMistake({ ...card, shown: ["pool/long", "pool/short"] }, all, progress)), "pool/long");
  assert.equal(names(pickMistake({ ...card, lessons: ["pool"] }, all, progress)), "semaphore/own");
  assert.equal(pickMistake({ ...card, diagnosis: "stampede" }, all, progress), undefined);
});

test("a lesson that the learner knows comes before one that they do not", () => {
  const passed = Progress.of([{ id: "1", at: 1, lesson: "queue", type: "graded", passed: true, diagnoses: [] }]);
  const more = [...all, { lesson: "queue", mistake: mistake("queued", "permit-lost", 50) }];
  assert.equal(names(pickMistake(card, more, passed)), "queue/queued");
});

const failing = (diagnosis: Diagnosis): Verdict["tests"][number] => ({
  ...{ name: diagnosis, title: { en: "", "zh-cn": "" }, status: "failed", durationMs: 1, output: [] },
  schedules: { run: 1, total: 1, exhaustive: true, deviations: 0 },
  failure: { diagnosis, message: { en: `${diagnosis}!`, "zh-cn": "！" }, schedule: "1", at: 0, trace: [] },
});
const verdict: Verdict = {
  ...{ version: 1, lesson: "pool", passed: false, durationMs: 1 },
  tests: [failing("permit-lost"), failing("never-settles")],
};
const others = (["never-settles", "limit-exceeded", "released-twice", "order-lost"] as const).map((diagnosis) =>
  mistake(diagnosis, diagnosis),
);

test("what the code also shows is no wrong answer; the others come from the same lesson", () => {
  const item = reviewItem({ lesson: "pool", mistake: mistake("short", "permit-lost") }, others, verdict);
  assert.deepEqual([...item.options].sort(), ["limit-exceeded", "order-lost", "permit-lost", "released-twice"]);
  assert.equal(item.evidence?.en, "permit-lost!");
});

test("the right answer stands at every place, and a question is the same each time", () => {
  const places = new Set<number>();
  for (let index = 0; index < 40; index++) {
    const of = { lesson: "pool", mistake: mistake(`m${String(index)}`, "permit-lost") };
    const item = reviewItem(of, [], undefined);
    assert.equal(new Set(item.options).size, 4);
    assert.deepEqual(reviewItem(of, [], undefined), item);
    places.add(item.options.indexOf("permit-lost"));
  }
  assert.deepEqual([...places].sort(), [0, 1, 2, 3]);
});

test("the page does not give the answer away before it is checked", () => {
  const item = reviewItem({ lesson: "pool", mistake: mistake("short", "permit-lost") }, others, verdict);
  const titleOf = () => ({ en: "A pool", "zh-cn": "池" });
  const state = reviewState({ items: [item], cards: [card], now: 0, titleOf }, "en");
  const [question] = state.questions;
  assert.ok(question);
  assert.equal(state.lesson, undefined);
  assert.equal(question.heading, "Question 1 of 1");
  assert.match(question.prompt, /“A pool”/);
  assert.doesNotMatch(question.html ?? "", /diagnosis|it is fine/);
  assert.deepEqual(question.source, { lesson: "pool", title: "A pool" });
  const whys = question.options.map(({ id, why }) => [id, why] as const);
  for (const [id, why] of whys) assert.equal(why.startsWith("Not here."), id !== "permit-lost", why);
  assert.match(new Map(whys).get("permit-lost") ?? "", /permit-lost!$/);
});

test("what is graded is what is shown, so that the lines of a message are those of the page", () => {
  const code = "// diagnosis: permit-lost - it is fine\n\n// A pool.\nexport const a = 1;\n";
  assert.equal(askedCode({ ...mistake("short", "permit-lost"), code }), "// A pool.\nexport const a = 1;\n");
});

test("where nothing is due, the page says when something will be", () => {
  const titleOf = () => undefined;
  const day = 86_400_000;
  const note = (cards: readonly ReviewCard[]) => reviewState({ items: [], cards, now: 0, titleOf }, "en").note;
  assert.match(note([]) ?? "", /nothing to review/);
  assert.match(note([{ ...card, dueAt: 2.5 * day }]) ?? "", /comes up in 3 days/);
  assert.match(note([{ ...card, dueAt: day / 2 }]) ?? "", /within a day/);
});
