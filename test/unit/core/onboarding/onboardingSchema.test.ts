// The onboarding's file: what may be in it, said the same in the code and in the schema for editors, and what is wrong with one.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { type Catalog, parseCatalog } from "../../../../src/core/lesson/lessonSchema.ts";
import { referenceFindings } from "../../../../src/core/onboarding/onboardingReferences.ts";
import { lessonNamesIn, parseOnboarding } from "../../../../src/core/onboarding/onboardingSchema.ts";
import { repositoryRules } from "../../../../src/core/onboarding/repositoryRules.ts";
import { fits } from "../jsonSchema.ts";
import { onboarding, stop } from "./onboardingSamples.ts";

const withStop = (more: object) => ({ ...onboarding, stops: [{ ...stop, ...more }] });
const withStep = (step: object) => ({ ...onboarding, steps: [step] });

const samples: readonly (readonly [isRight: boolean, value: unknown])[] = [
  [true, onboarding],
  [true, { $schema: "x", ...onboarding, stops: [], steps: [{ kind: "track", id: "limits" }] }],
  [true, withStep({ kind: "lesson", id: "semaphore", due: 0, pass: "unaided", note: onboarding.title })],
  [true, withStep({ kind: "track", id: "limits", pass: { lessons: 2, unaided: 1 } })],
  [true, withStep({ kind: "track", id: "limits", pass: {} })],
  [true, withStep({ kind: "lesson", id: "acme/rate-limit" })],
  [true, withStep({ kind: "track", id: "acme/limits" })],
  [true, withStop({ lesson: "acme/rate-limit" })],
  [false, withStep({ kind: "lesson", id: "acme/team/rate-limit" })],
  [false, withStep({ kind: "lesson", id: "acme/" })],
  [false, withStep({ kind: "lesson", id: "con/rate-limit" })],
  [false, withStep({ kind: "lesson", id: "acme/aux" })],
  [false, withStep({ kind: "stop", id: "acme/acquire" })],
  [false, { ...onboarding, version: 2 }],
  [false, { ...onboarding, steps: [] }],
  [false, { ...onboarding, title: { en: "only one" } }],
  [false, { ...onboarding, more: 1 }],
  [false, withStep({ kind: "lesson", id: "semaphore", due: -1 })],
  [false, withStep({ kind: "lesson", id: "semaphore", due: 1.5 })],
  [false, withStep({ kind: "lesson", id: "semaphore", pass: { lessons: 1 } })],
  [false, withStep({ kind: "track", id: "limits", pass: "passed" })],
  [false, withStep({ kind: "track", id: "limits", pass: { lessons: 0 } })],
  [false, withStep({ kind: "talk", id: "limits" })],
  [false, { ...onboarding, stops: Array.from({ length: 501 }, (_, n) => ({ ...stop, id: `stop-${String(n)}` })) }],
  ...["Pool.acquire", "retry", "class Pool", "func Pool.Acquire", "Pool.#free", "池.取", "default", "$x._y"].map(
    (symbol) => [true, withStop({ symbol })] as const,
  ),
  ...["", "Pool.", ".acquire", "a b", "class", "function  x", "a()", "1x"].map(
    (symbol) => [symbol === "class", withStop({ symbol })] as const,
  ),
  ...["src/pool.ts", "a.go", "src/[slug]/+page.ts", ".github/a.ts", "src/a..b.ts", "源/池.ts", "a b/c.ts"].map(
    (file) => [true, withStop({ file })] as const,
  ),
  ...["../a.ts", "src/../a.ts", "./a.ts", "/etc/passwd", "C:/a.ts", "a\\b.ts", "a//b.ts", "a/", "", "a\u0000.ts"].map(
    (file) => [false, withStop({ file })] as const,
  ),
  [false, withStop({ hash: "0123" })],
  [false, withStop({ hash: "0123456789ABCDEF" })],
  [false, withStop({ lesson: "Not an id" })],
];

const schema = JSON.parse(
  await readFile(new URL("../../../../media/schemas/onboarding.schema.json", import.meta.url), "utf8"),
) as Record<string, unknown>;

test("the schema for editors and the one in the code say the same", () => {
  for (const [isRight, value] of samples) {
    const shown = JSON.stringify(value).slice(0, 400);
    assert.equal(fits(value, schema), isRight, `schema: ${shown}`);
    assert.equal(parseOnboarding(JSON.stringify(value)).ok, isRight, `code: ${shown}`);
  }
});

test("a reader of repositories refuses whatever leads out of them", () => {
  for (const path of ["../a", "a/../b", "/a", "a//b", "a\\b", "C:a", "nul", "a/com1.ts", "a.", "a ", "a\u0007"]) {
    assert.throws(() => repositoryRules.segments(path), /not one that/, path);
  }
  assert.deepEqual(repositoryRules.segments("src/[slug]/+page 源.ts"), ["src", "[slug]", "+page 源.ts"]);
  assert.deepEqual(repositoryRules.segments(""), []);
});

test("ids that are given twice, and steps that lead nowhere, are found with their lines", () => {
  const twice = { ...onboarding, stops: [stop, stop], steps: [{ kind: "stop", id: "nowhere" }] };
  const result = parseOnboarding(JSON.stringify(twice, null, 1));
  const lines = JSON.stringify(twice, null, 1).split("\n");
  assert.ok(!result.ok);
  assert.deepEqual(
    result.findings.map(({ line = 0, message }) => [lines[line - 1]?.trim(), message.en]),
    [
      [`"id": "acquire",`, 'two stops are called "acquire"'],
      [`"id": "nowhere"`, 'there is no stop "nowhere" in this file'],
    ],
  );
});

test("lessons and tracks that are not there are found, with the nearest name", () => {
  const words = { en: "a", "zh-cn": "甲" };
  const track = { id: "limits", title: words, summary: words, lessons: ["semaphore", "connection-pool"] };
  const catalog = parseCatalog(JSON.stringify({ version: 1, tracks: [track] }), "catalog.json");
  const steps = [
    { kind: "lesson", id: "semafore" },
    { kind: "track", id: "limit" },
    { kind: "track", id: "limits", pass: { lessons: 3 } },
  ];
  const value = { ...onboarding, steps, stops: [{ ...stop, lesson: "zzzzzzzzzzzz" }] };
  const result = parseOnboarding(JSON.stringify(value));
  assert.ok(catalog.ok && result.ok);
  assert.deepEqual(
    referenceFindings(result.value, catalog.value).map(({ message }) => message.en),
    [
      'there is no lesson "semafore"; did you mean "semaphore"?',
      'there is no track "limit"; did you mean "limits"?',
      "asks for 3 lessons, and the track has 2",
      'there is no lesson "zzzzzzzzzzzz"',
    ],
  );
});

test("names of a pack are looked up where the pack is known, and passed over where it is not", () => {
  const words = { en: "a", "zh-cn": "甲" };
  const catalog: Catalog = {
    version: 1,
    tracks: [{ id: "acme/limits", title: words, summary: words, lessons: ["acme/rate-limit"] }],
  };
  const steps = [
    { kind: "lesson", id: "acme/rate-limit" },
    { kind: "lesson", id: "acme/rate-limits" },
    { kind: "track", id: "acme/limit" },
    { kind: "lesson", id: "elsewhere/rate-limit" },
    { kind: "track", id: "elsewhere/limits" },
  ];
  const result = parseOnboarding(JSON.stringify({ ...onboarding, steps, stops: [] }));
  assert.ok(result.ok);
  assert.deepEqual(
    referenceFindings(result.value, catalog).map(({ message }) => message.en),
    [
      'there is no lesson "acme/rate-limits"; did you mean "acme/rate-limit"?',
      'there is no track "acme/limit"; did you mean "acme/limits"?',
    ],
  );
  assert.deepEqual(
    lessonNamesIn(result.value.onboarding),
    steps.map(({ id }) => id),
  );
});
