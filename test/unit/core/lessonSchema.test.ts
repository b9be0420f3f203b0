import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { Parsed } from "../../../src/core/lesson/lessonFinding.ts";
import { parseCatalog, parseLessonMeta, parseQuiz, parseUsableCatalog } from "../../../src/core/lesson/lessonSchema.ts";
import { catalog, meta, quiz } from "./lessonSamples.ts";
import { fits } from "./jsonSchema.ts";

type Json = Record<string, unknown>;

const question = (kind: string, more: Json, option: Json) => ({
  ...quiz.questions[0],
  kind,
  ...more,
  options: quiz.questions[0]?.options.map((each) => ({ ...each, ...option })),
});
const withQuestion = (first: unknown) => ({ ...quiz, questions: [first, ...quiz.questions.slice(1)] });

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `number-${String(index)}`);
const binding = meta.diagrams[0]?.bindings[0];

const pack = { id: "acme", title: { en: "Acme", "zh-cn": "艾克美" }, version: "1.0.0" };
const change = { version: "1.0.0", text: { en: "It began.", "zh-cn": "开始了。" } };

/** Samples, and whether they are right. Both the schema in the code and the one for editors must say so. */
const samples: Readonly<Record<"catalog" | "lesson" | "quiz", readonly (readonly [boolean, unknown])[]>> = {
  catalog: [
    [true, catalog],
    [true, { $schema: "x", ...catalog }],
    [true, { ...catalog, pack }],
    [true, { ...catalog, pack: { ...pack, version: "2.0.0-beta.11" } }],
    [true, { ...catalog, pack: { ...pack, changelog: [change, { ...change, lesson: "sleep" }] } }],
    [false, { ...catalog, pack: { ...pack, id: "acme/more" } }],
    [false, { ...catalog, pack: { ...pack, title: "Acme" } }],
    [false, { ...catalog, pack: { ...pack, version: "1.2" } }],
    [false, { ...catalog, pack: { ...pack, version: undefined } }],
    [false, { ...catalog, pack: { ...pack, extra: 1 } }],
    [false, { ...catalog, pack: { ...pack, changelog: [{ version: "1.0.0" }] } }],
    [false, { ...catalog, pack: { ...pack, changelog: Array(2_001).fill(change) } }],
    [false, { ...catalog, version: 2 }],
    [false, { ...catalog, tracks: [] }],
    [false, { ...catalog, extra: 1 }],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], id: "Not Kebab" }] }],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], lessons: [] }] }],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], title: { en: "only one" } }] }],
    [false, []],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], id: "con" }] }],
    [true, { ...catalog, tracks: [{ ...catalog.tracks[0], id: "concurrency" }] }],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], lessons: ["../sleep"] }] }],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], lessons: ["lesson".repeat(20)] }] }],
    [false, { ...catalog, tracks: [{ ...catalog.tracks[0], lessons: many(2_001) }] }],
    [false, { ...catalog, tracks: many(101).map((id) => ({ ...catalog.tracks[0], id, lessons: [`in-${id}`] })) }],
  ],
  lesson: [
    [true, meta],
    [false, { ...meta, prerequisites: many(101) }],
    [false, { ...meta, exports: many(101).map((id) => id.replace("-", "_")) }],
    [false, { ...meta, diagrams: many(21).map((id) => ({ ...meta.diagrams[0], file: `${id}.mmd` })) }],
    [false, { ...meta, diagrams: [{ ...meta.diagrams[0], file: "aux.mmd" }] }],
    [false, { ...meta, diagrams: [{ ...meta.diagrams[0], file: `${"a".repeat(61)}.mmd` }] }],
    [false, { ...meta, diagrams: [{ ...meta.diagrams[0], bindings: Array(201).fill(binding) }] }],
    [false, { ...meta, level: "hard" }],
    [false, { ...meta, minutes: 12.5 }],
    [false, { ...meta, minutes: "20" }],
    [false, { ...meta, exports: [] }],
    [false, { ...meta, exports: ["not a name"] }],
    [false, { ...meta, skills: undefined }],
    [false, { ...meta, title: { en: " ", "zh-cn": "题" } }],
    [false, { ...meta, diagrams: [{ ...meta.diagrams[0], file: "../x.mmd" }] }],
    [false, { ...meta, diagrams: [{ ...meta.diagrams[0], bindings: [{ element: "a", on: { type: "explode" } }] }] }],
    [true, { ...meta, diagrams: [{ ...meta.diagrams[0], bindings: [] }] }],
  ],
  quiz: [
    [true, quiz],
    [false, { ...quiz, questions: many(101).map((id) => ({ ...quiz.questions[0], id })) }],
    [
      false,
      withQuestion({
        ...quiz.questions[0],
        options: Array<unknown>(27).fill(quiz.questions[0]?.options[1]),
        answer: "b",
      }),
    ],
    [true, withQuestion(question("predict-output", { code: "console.log(1)" }, { output: "1" }))],
    [false, withQuestion(question("predict-output", { code: "console.log(1)" }, {}))],
    [true, withQuestion(question("find-bug", { code: "export {}" }, { diagnosis: "stampede" }))],
    [false, withQuestion(question("find-bug", { code: "export {}" }, { diagnosis: "no-such-bug" }))],
    [false, withQuestion(question("find-bug", {}, {}))],
    [false, withQuestion(question("choose-design", { code: "not here" }, {}))],
    [false, withQuestion(question("essay", {}, {}))],
    [false, { ...quiz, questions: quiz.questions.slice(1) }],
  ],
};

const parsers: Readonly<Record<keyof typeof samples, (json: string, file: string) => Parsed<unknown>>> = {
  catalog: parseCatalog,
  lesson: parseLessonMeta,
  quiz: parseQuiz,
};

for (const kind of ["catalog", "lesson", "quiz"] as const) {
  test(`${kind}.json: the code and the editor's schema agree`, async () => {
    const path = new URL(`../../../media/schemas/${kind}.schema.json`, import.meta.url);
    const schema = JSON.parse(await readFile(path, "utf8")) as Json;
    for (const [right, sample] of samples[kind]) {
      const json = JSON.stringify(sample, null, 2);
      assert.equal(parsers[kind](json, "file.json").ok, right, `code: ${json}`);
      assert.equal(fits(JSON.parse(json), schema), right, `schema: ${json}`);
    }
  });
}

test("a finding names the line and what is expected there", () => {
  const json = JSON.stringify({ ...meta, level: "hard", surprise: 1 }, null, 2);
  const result = parseLessonMeta(json, "sleep/lesson.json");
  assert.ok(!result.ok);
  const lines = json.split("\n");
  const [level, extra] = [...result.findings].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  assert.match(lines[(level?.line ?? 0) - 1] ?? "", /"level"/);
  assert.match(level?.message.en ?? "", /"level" should be .*"introductory".* but is "hard"/);
  assert.match(lines[(extra?.line ?? 0) - 1] ?? "", /"surprise"/);
  assert.match(extra?.message.en ?? "", /"surprise" is not a known key/);
});

test("a missing key and broken JSON are said plainly", () => {
  const missing = parseLessonMeta(JSON.stringify({ ...meta, exports: undefined }), "f");
  assert.ok(!missing.ok);
  assert.equal(missing.findings[0]?.message.en, '"exports" is missing');
  const broken = parseCatalog('{\n  "version": 1,\n}', "catalog.json");
  assert.ok(!broken.ok);
  assert.equal(broken.findings[0]?.line, 3);
  assert.match(broken.findings[0].message.en, /^not valid JSON/);
});

test("a quiz whose answer is no option, or with two options of one name, is refused", () => {
  const wrong = parseQuiz(JSON.stringify(withQuestion({ ...quiz.questions[0], answer: "z" })), "quiz.json");
  assert.ok(!wrong.ok);
  assert.match(wrong.findings[0]?.message.en ?? "", /not among its options/);
  const [first] = quiz.questions[0]?.options ?? [];
  const twins = withQuestion({ ...quiz.questions[0], options: [first, first], answer: "a" });
  const twice = parseQuiz(JSON.stringify(twins), "quiz.json");
  assert.ok(!twice.ok);
  assert.match(twice.findings[0]?.message.en ?? "", /same id/);
});

test("a changelog names lessons that are listed, and versions that are out", () => {
  const parse = (changelog: readonly unknown[]) => {
    const result = parseCatalog(JSON.stringify({ ...catalog, pack: { ...pack, changelog } }, null, 2), "catalog.json");
    return result.ok ? [] : result.findings.map(({ line, message }) => [line, message.en]);
  };
  assert.deepEqual(parse([{ ...change, lesson: "sleep" }]), []);
  const [[line, unknown] = []] = parse([change, { ...change, lesson: "slepe" }]);
  assert.match(String(unknown), /names the lesson "slepe", which no track lists/);
  assert.ok(Number(line) > 1);
  assert.match(String(parse([{ ...change, version: "1.0.1" }])[0]?.[1]), /version 1\.0\.1, and the pack is at 1\.0\.0/);
});

test("a changelog that is wrong takes neither the pack's name nor its lessons away", () => {
  const json = JSON.stringify({ ...catalog, pack: { ...pack, changelog: [{ version: "soon" }] } });
  const { catalog: usable, findings } = parseUsableCatalog(json, "catalog.json");
  assert.equal(usable?.pack?.id, "acme");
  assert.equal(usable.tracks.length, catalog.tracks.length);
  assert.notEqual(findings.length, 0);
});
