// Which rehearsal a seed means: of chance, around what the learner has met; typed in, the same one whatever has happened since.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assessmentStrings } from "../../../../src/core/assessment/assessmentStrings.ts";
import { drawRehearsal } from "../../../../src/core/assessment/draw.ts";
import {
  type DrawRequest,
  type Material,
  nothingKnown,
  type Past,
} from "../../../../src/core/assessment/drawInputs.ts";
import { planRehearsal } from "../../../../src/core/assessment/plan.ts";
import type { RehearsalPlan } from "../../../../src/core/assessment/rehearsal.ts";
import { formatSessionEvent, parseSessionEvents } from "../../../../src/core/assessment/sessionEvents.ts";
import { loadRehearsal } from "./rehearsalSamples.ts";
import { readMaterial, readRealBank } from "./material.ts";

let material: Material;
before(async () => {
  material = await readMaterial(await readRealBank());
});

const request: DrawRequest = { id: "r-1", seed: 42, profile: "experienced", minutes: 40 };

function plan(typed: boolean, past: Past, from = material): RehearsalPlan {
  return planRehearsal(request, typed, from, past);
}

/** Somebody who has looked at the hints of each lesson that the seed alone asks about. */
function helped(): Past {
  const { items } = plan(true, nothingKnown);
  return { ...nothingKnown, helped: new Set(items.flatMap((item) => ("lesson" in item ? [item.lesson] : []))) };
}

test("without a past a seed of chance and one that was typed in ask the same, and nothing is said of it", () => {
  assert.deepEqual(plan(true, nothingKnown), plan(false, nothingKnown));
  assert.equal(plan(true, nothingKnown).drawn, undefined);
});

test("a seed of chance is drawn around what the learner has met, and says so", () => {
  const around = plan(false, helped());
  assert.equal(around.drawn, "around-history");
  assert.notDeepEqual(around.items, plan(false, nothingKnown).items);
  assert.deepEqual(around.items, drawRehearsal(request, material, helped()).items);
});

test("a seed that is typed in asks the same whatever has been learned since, and says what it did not leave out", () => {
  const alone = plan(true, helped());
  assert.equal(alone.drawn, "seed-alone");
  assert.deepEqual(alone.items, plan(true, nothingKnown).items);
});

test("typed in again, the seed of an earlier rehearsal asks its items again, though it was drawn around something", () => {
  const earlier = { ...plan(false, helped()), id: "r-0" };
  const later: Past = { ...nothingKnown, helped: new Set(material.lessons.map(({ id }) => id)), plans: [earlier] };
  const again = plan(true, later);
  assert.deepEqual({ ...again, id: "r-0" }, { ...earlier, drawn: "again" });
  const shorter = planRehearsal({ ...request, minutes: 20 }, true, material, later);
  assert.notEqual(shorter.drawn, "again", "of another length it is another rehearsal");
  const without: Material = { ...material, bank: material.bank.slice(1) };
  assert.notEqual(plan(true, later, without).drawn, "again", "what cannot be asked any more is not");
});

test("a record keeps how its items were drawn, and what an older version wrote says nothing of it", () => {
  for (const drawn of ["again", undefined] as const) {
    const event = { type: "started", at: 1, plan: { ...plan(false, nothingKnown), ...(drawn && { drawn }) } } as const;
    assert.deepEqual(parseSessionEvents(formatSessionEvent(event)), [event]);
  }
});

test("a rehearsal is the same one in both languages: items, code and options in one order", async () => {
  const { sitting, start } = await loadRehearsal();
  const [en, zh] = [sitting().sitting, sitting([], "zh-cn").sitting];
  assert.ok(en !== undefined && zh !== undefined);
  const idsOf = ({ items }: typeof en): object[] =>
    items.map(({ id, question, task }) => ({
      id,
      options: question?.options.map((each) => each.id),
      file: task?.file,
    }));
  assert.deepEqual(idsOf(en), idsOf(zh));
  assert.notEqual(en.items[0]?.heading, zh.items[0]?.heading);
  assert.equal(start("zh-cn").strings, assessmentStrings["zh-cn"]);
});
