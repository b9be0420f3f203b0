// A rehearsal holds to its blueprint whatever its seed, is the same one for the same seed, and asks nothing that it should not.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { blueprintOf } from "../../../../src/core/assessment/blueprint.ts";
import { drawRehearsal } from "../../../../src/core/assessment/draw.ts";
import type { Material, Past } from "../../../../src/core/assessment/drawInputs.ts";
import { skillOfLesson } from "../../../../src/core/assessment/lessonSkills.ts";
import { levels } from "../../../../src/core/assessment/questionBank.ts";
import { type PlannedItem, rehearsalMinutes, type RehearsalPlan } from "../../../../src/core/assessment/rehearsal.ts";
import type { Diagnosis } from "../../../../src/protocol/diagnosis.ts";
import { areaIds, profileIds, skillIds, skills } from "../../../../src/core/assessment/skills.ts";
import { madeUpBank, noPast, readMaterial, readRealBank } from "./material.ts";

let material: Material;
let real: Material;

before(async () => {
  material = await readMaterial(madeUpBank());
  real = { ...material, bank: await readRealBank() };
});

const rehearsals = 1_000;
const combinations = profileIds.flatMap((profile) => rehearsalMinutes.map((minutes) => ({ profile, minutes })));

function draw(seed: number, from: Material, past: Past = noPast): RehearsalPlan {
  const combination = combinations[seed % combinations.length];
  assert.ok(combination);
  return drawRehearsal({ id: `r-${String(seed)}`, seed, ...combination }, from, past);
}

/** What is wrong with a plan by its blueprint, in words. */
function faultsOf(plan: RehearsalPlan): readonly string[] {
  const { items, profile, minutes } = plan;
  const blueprint = blueprintOf(profile, minutes);
  const questions = items.filter(({ kind }) => kind !== "coding");
  const coding = items.filter((item) => item.kind === "coding");
  const seconds = items.reduce((sum, item) => sum + item.seconds, 0);
  const counted = [
    ...(["predict-output", "choose-design", "find-bug"] as const).map(
      (kind) => [kind, count(items, (item) => item.kind === kind), blueprint.kinds[kind]] as const,
    ),
    ["coding", coding.length, blueprint.coding] as const,
    ...areaIds.map(
      (area) => [area, count(items, (item) => skills[item.skill].area === area), blueprint.areas[area]] as const,
    ),
    ...levels.map(
      (level) => [level, count(questions, (item) => item.level === level), blueprint.levels[level]] as const,
    ),
    ["skills of coding tasks", new Set(coding.map(({ skill }) => skill)).size, 2] as const,
    ["different items", new Set(items.map(nameOf)).size, items.length] as const,
  ];
  const faults = counted.flatMap(([what, is, wanted]) =>
    is === wanted ? [] : [`${what}: ${String(is)} instead of ${String(wanted)}`],
  );
  if (Math.abs(seconds - minutes * 60) > minutes * 6) faults.push(`${String(seconds)} s for ${String(minutes)} min`);
  return faults;
}

function count(items: readonly PlannedItem[], isOne: (item: PlannedItem) => boolean): number {
  return items.filter(isOne).length;
}

function nameOf(item: PlannedItem): string {
  if ("question" in item) return item.question;
  return "mistake" in item ? `${item.lesson}/${item.mistake}` : item.lesson;
}

function holdsToBlueprint(from: Material): void {
  for (let seed = 0; seed < rehearsals; seed++) {
    const plan = draw(seed, from);
    assert.deepEqual(faultsOf(plan), [], `seed ${String(seed)}, ${plan.profile}, ${String(plan.minutes)} minutes`);
  }
}

test("a thousand rehearsals hold to their blueprint: skills, kinds, difficulty, time", () => {
  holdsToBlueprint(material);
});

test("so do a thousand from the bank that ships, which has at least 120 questions", () => {
  assert.ok(real.bank.reduce((sum, { questions }) => sum + questions.length, 0) >= 120);
  holdsToBlueprint(real);
});

test("the same seed gives the same rehearsal, another seed another one", () => {
  const texts = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const text = JSON.stringify(draw(seed, material).items);
    assert.equal(JSON.stringify(draw(seed, structuredClone(material)).items), text);
    texts.add(text);
  }
  assert.equal(texts.size, 60);
});

test("a blueprint follows the source document: more governance and storage, and harder, for the experienced", () => {
  for (const minutes of rehearsalMinutes) {
    const [campus, experienced] = [blueprintOf("campus", minutes), blueprintOf("experienced", minutes)];
    assert.ok(campus.areas.concurrency > experienced.areas.concurrency);
    assert.ok(campus.areas.storage < experienced.areas.storage);
    assert.ok(campus.levels.introductory > experienced.levels.introductory);
    assert.ok(campus.levels.advanced < experienced.levels.advanced);
  }
});

test("every lesson has a skill, and only the order of execution has no lesson", () => {
  const found = material.lessons.map(({ id, skills: words }) => [id, skillOfLesson(words)] as const);
  assert.deepEqual(
    found.filter(([, skill]) => skill === undefined),
    [],
  );
  assert.deepEqual(
    skillIds.filter((skill) => !found.some(([, each]) => each === skill)),
    ["order"],
  );
});

test("no bug is asked that the learner wrote, reviewed, ran into or was helped with lately, or was asked before", () => {
  const all = [...material.mistakes].flatMap(([lesson, mistakes]) => mistakes.map((mistake) => ({ lesson, mistake })));
  const written = all.filter((_, index) => index % 4 === 0);
  const reviewed = all.filter((_, index) => index % 4 === 1);
  const met = [
    { lesson: "context-tree", diagnosis: "listener-left-on-signal" },
    { lesson: "retry-with-backoff", diagnosis: "wrong-result" },
  ] as const;
  const earlier = Array.from({ length: 6 }, (_, index) => draw(1_000 + index, material));
  const past: Past = {
    // Laid out and commented in another way, as a learner's own would be.
    written: written.map(({ mistake }) => `// mine\n${mistake.code.replaceAll("  ", "\t")}\n`),
    reviewed: new Set(reviewed.map(({ lesson, mistake }) => `${lesson}/${mistake.name}`)),
    met,
    passed: new Set(),
    helped: new Set(["semaphore"]),
    plans: earlier,
  };
  const known = new Set([
    ...written.map(({ lesson, mistake }) => `${lesson}/${mistake.name}`),
    ...past.reviewed,
    ...all
      .filter(({ lesson, mistake }) =>
        met.some((each) => each.lesson === lesson && each.diagnosis === mistake.diagnosis),
      )
      .map(({ lesson, mistake }) => `${lesson}/${mistake.name}`),
    ...all.filter(({ lesson }) => past.helped.has(lesson)).map(({ lesson, mistake }) => `${lesson}/${mistake.name}`),
    ...earlier.flatMap(({ items }) => items.filter((item) => "mistake" in item).map(nameOf)),
  ]);
  for (let seed = 0; seed < 100; seed++) {
    const bugs = draw(seed, material, past).items.filter((item) => "mistake" in item);
    assert.deepEqual(
      bugs.map(nameOf).filter((name) => known.has(name)),
      [],
    );
  }
});

test("no bug gives away what a coding task of the same rehearsal is about", () => {
  for (let seed = 0; seed < 200; seed++) {
    const { items } = draw(seed, material);
    const coded = new Set(items.flatMap((item) => (item.kind === "coding" ? [item.lesson] : [])));
    const given = items.flatMap((item) => ("mistake" in item ? [item.lesson] : []));
    assert.deepEqual(
      given.filter((lesson) => coded.has(lesson)),
      [],
    );
  }
});

test("questions of earlier rehearsals come last: two in a row share none", () => {
  for (let seed = 0; seed < 30; seed++) {
    const first = draw(seed, material);
    const second = draw(seed, material, { ...noPast, plans: [first] });
    const asked = new Set(first.items.filter((item) => "question" in item).map(nameOf));
    const again = second.items.filter((item) => "question" in item).map(nameOf);
    assert.deepEqual(
      again.filter((name) => asked.has(name)),
      [],
    );
    assert.deepEqual(faultsOf(second), []);
  }
});

test("tasks that were passed lately or coded before are not coded again while there are others", () => {
  const passed = new Set(["semaphore", "context-tree", "fan-out-with-timeout"]);
  for (let seed = 0; seed < 60; seed++) {
    for (const past of [{ passed }, { helped: passed }]) {
      const coded = draw(seed, material, { ...noPast, ...past }).items.filter((item) => item.kind === "coding");
      assert.deepEqual(
        coded.filter(({ lesson }) => passed.has(lesson)),
        [],
      );
    }
  }
});

test("the right answer is among four different ones, in any place; what the code also shows is no wrong answer", () => {
  const places = new Set<number>();
  const shown = (): readonly Diagnosis[] => ["never-settles", "wrong-result"];
  for (let seed = 0; seed < 200; seed++) {
    for (const item of draw(seed, { ...material, shown }).items) {
      if (!("mistake" in item)) continue;
      const right = material.mistakes.get(item.lesson)?.find(({ name }) => name === item.mistake)?.diagnosis;
      assert.ok(right);
      assert.equal(new Set(item.options).size, 4);
      places.add(item.options.indexOf(right));
      for (const other of item.options)
        assert.ok(other === right || !["never-settles", "wrong-result"].includes(other));
    }
  }
  assert.deepEqual([...places].sort(), [0, 1, 2, 3]);
});

test("with little to ask it asks that, and nothing twice", () => {
  const scarce: Material = {
    bank: madeUpBank().slice(0, 1),
    lessons: material.lessons.slice(0, 1),
    mistakes: new Map(),
  };
  const { items } = draw(5, scarce);
  assert.equal(new Set(items.map(nameOf)).size, items.length);
  assert.ok(items.length > 5);
  assert.deepEqual(draw(5, { bank: [], lessons: [], mistakes: new Map() }).items, []);
});
