// What "Begin" needs is there before it is pressed, and is dropped where the learner has met something meanwhile.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { ItemMaterial } from "../../../src/core/assessment/assessmentView.ts";
import { type Material, nothingKnown, type Past } from "../../../src/core/assessment/drawInputs.ts";
import type { Locale } from "../../../src/protocol/words.ts";
import { type RehearsalChoice, RehearsalPreparation } from "../../../src/vscode/rehearsal/rehearsalPreparation.ts";
import { readMaterial, readRealBank } from "../core/assessment/material.ts";

let material: Material;
let items: ItemMaterial;
before(async () => {
  material = await readMaterial(await readRealBank());
  const questions = new Map(material.bank.flatMap((file) => file.questions.map((each) => [each.id, each] as const)));
  items = {
    question: (id) => questions.get(id),
    mistake: (lesson, name) => material.mistakes.get(lesson)?.find((each) => each.name === name),
    lesson: () => undefined,
    checklist: () => [],
    titleOf: (lesson) => ({ en: lesson, "zh-cn": lesson }),
  };
});

const choice: RehearsalChoice = { profile: "campus", minutes: 20 };

interface Desk {
  readonly preparation: RehearsalPreparation;
  /** How often a rehearsal was drawn. */
  readonly drawn: () => number;
  past: Past;
  locale: Locale;
  broken: boolean;
}

function desk(): Desk {
  let drawn = 0;
  const preparation = new RehearsalPreparation({
    material: () => {
      drawn++;
      return its.broken ? Promise.reject(new Error("no disk")) : Promise.resolve(material);
    },
    past: () => Promise.resolve(structuredClone(its.past)),
    ofPlan: () => Promise.resolve(items),
    locale: () => its.locale,
    now: () => 1_000,
  });
  const its: Desk = { preparation, drawn: () => drawn, past: nothingKnown, locale: "en", broken: false };
  return its;
}

test("what was considered is taken as it is, drawn once, with every item rendered and the whole time left", async () => {
  const { preparation, drawn } = desk();
  preparation.consider(choice);
  preparation.consider(choice);
  const { plan, view } = await preparation.take(choice);
  assert.equal(drawn(), 1);
  assert.equal(view?.items.length, plan.items.length);
  assert.ok(view.items.every(({ question, task }) => question !== undefined || task !== undefined));
  assert.deepEqual([view.rehearsal, view.current, view.remainingMs, view.running], [plan.id, "1", 1_200_000, true]);
});

test("what was considered before something was met is got ready anew when it is considered again", async () => {
  const its = desk();
  its.preparation.consider(choice);
  its.past = { ...nothingKnown, helped: new Set(material.lessons.map(({ id }) => id)) };
  its.preparation.consider(choice);
  const { plan } = await its.preparation.take(choice);
  assert.equal(plan.drawn, "around-history");
  assert.equal(its.drawn(), 2);
});

test("each is taken once: the next one has another id and another seed", async () => {
  const { preparation, drawn } = desk();
  preparation.consider(choice);
  const [first, second] = [await preparation.take(choice), await preparation.take(choice)];
  assert.notEqual(first.plan.id, second.plan.id);
  assert.notEqual(first.plan.seed, second.plan.seed);
  assert.equal(drawn(), 2);
});

test("another choice, another language, or something met meanwhile is drawn anew", async () => {
  const its = desk();
  const { preparation, drawn } = its;
  preparation.consider(choice);
  const typed = await preparation.take({ ...choice, minutes: 40, seed: 7 });
  assert.deepEqual([typed.plan.seed, typed.plan.minutes], [7, 40]);
  preparation.consider(choice);
  its.locale = "zh-cn";
  assert.match((await preparation.take(choice)).view?.title ?? "", /校招/);
  preparation.consider(choice);
  const lessons = new Set(material.lessons.map(({ id }) => id));
  its.past = { ...nothingKnown, helped: lessons };
  const { plan } = await preparation.take(choice);
  assert.equal(plan.drawn, "around-history");
  assert.ok(plan.items.every((item) => !("mistake" in item)));
  assert.equal(drawn(), 6);
});

test("what could not be read while the form was looked at is tried again, and then said", async () => {
  const its = desk();
  its.broken = true;
  its.preparation.consider(choice);
  await new Promise(setImmediate);
  its.broken = false;
  assert.ok((await its.preparation.take(choice)).view);
  its.broken = true;
  await assert.rejects(its.preparation.take(choice), /no disk/);
});
