// What a learner hands over: what it holds, that it stays what it was, and that the editor's schema says the same as the code.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import {
  canonicalJson,
  formatExport,
  maxPersonLength,
  parseExport,
  personName,
  type ProgressExport,
} from "../../../src/core/progress/progressExport.ts";
import { fits } from "./jsonSchema.ts";
import { day, exportOf, graded, monday, sha256 } from "./teamReport/teams.ts";

const exported = exportOf(
  "Ada",
  monday + 9 * day,
  [monday, { type: "opened", lesson: "sleep" }],
  [monday + 1_000, graded("sleep", false, "timer-still-armed", "stampede")],
  [monday + 2_000, { type: "hint-shown", lesson: "sleep", hint: 2 }],
  [monday + 3_000, graded("sleep", false, "stampede")],
  [monday + 4_000, graded("sleep", true)],
  [monday + 5_000, { type: "solution-shown", lesson: "sleep" }],
  [monday + 6_000, graded("sleep", false, "never-settles")],
  [monday + 7_000, { type: "opened", lesson: "pool" }],
  [monday + 8_000, { type: "reviewed", lesson: "retry", diagnosis: "stampede", mistake: "a.ts", right: true }],
);

/** As somebody would change it who also computes the checksum anew. */
function resealed(change: (open: Record<string, unknown>) => unknown): string {
  const open = Object.fromEntries(Object.entries(structuredClone(exported)).filter(([key]) => key !== "checksum"));
  const changed = change(open) as Record<string, unknown>;
  return JSON.stringify({ ...changed, checksum: `sha256:${sha256(canonicalJson(changed))}` });
}

const refused = (text: string): string => {
  const read = parseExport(text, sha256);
  assert.ok(!read.ok, text);
  assert.match(read.why["zh-cn"], /[\u4e00-\u9fff]/);
  return read.why.en;
};

test("an export says how each lesson stands, and nothing else", () => {
  const time = (ms: number): string => new Date(monday + ms).toISOString();
  assert.deepEqual(
    { ...exported, checksum: "" },
    {
      format: "interleave-progress-export",
      version: 1,
      person: "Ada",
      exportedAt: time(9 * day),
      product: "0.1.0",
      lessons: [
        {
          lesson: "pool",
          status: "in-progress",
          attempts: 0,
          firstAt: time(7_000),
          lastAt: time(7_000),
          hintsShown: 0,
          solutionShown: false,
          diagnoses: [],
        },
        {
          lesson: "sleep",
          status: "passed",
          attempts: 4,
          firstAt: time(0),
          lastAt: time(6_000),
          hintsShown: 2,
          solutionShown: true,
          passedAt: time(4_000),
          attemptsUntilPassed: 3,
          passedUnaided: true,
          diagnoses: [
            { diagnosis: "timer-still-armed", times: 1 },
            { diagnosis: "never-settles", times: 1 },
            { diagnosis: "stampede", times: 2 },
          ],
        },
      ],
      checksum: "",
    },
  );
});

test("it is read as it was written, also when it was laid out anew or its keys were sorted", () => {
  const text = formatExport(exported);
  for (const each of [text, text.replaceAll("\n", "\r\n"), JSON.stringify(exported), canonicalJson(exported)]) {
    assert.deepEqual(parseExport(each, sha256), { ok: true, value: exported });
  }
});

test("each value that somebody changes is noticed", () => {
  const text = formatExport(exported);
  const values = [...text.matchAll(/: (\d+|true|false|"[^"]*")(?=[,\n])/g)];
  assert.ok(values.length > 20);
  for (const { index, 0: found, 1: value = "" } of values) {
    const other = /^\d+$/.test(value) ? String(Number(value) + 1) : value === "true" ? "false" : '"other"';
    assert.ok(!parseExport(`${text.slice(0, index)}: ${other}${text.slice(index + found.length)}`, sha256).ok, found);
  }
  assert.match(refused(text.replace('"Ada"', '"Eve"')), /checksum does not fit/);
  assert.match(refused(text.replace('"attempts": 4', '"attempts": 5')), /checksum does not fit/);
});

test("what is no export, or one of another version, is told apart from a broken one", () => {
  assert.match(refused("{"), /not JSON/);
  assert.match(refused(""), /not JSON/);
  for (const other of ["null", "[]", "3", "{}", '{"format": "interleave-progress", "version": 1}']) {
    assert.match(refused(other), /no export of somebody's progress/);
  }
  assert.match(refused(resealed((open) => ({ ...open, version: 2 }))), /version 2 .* newer Interleave .* update it/);
  assert.match(refused(resealed((open) => ({ ...open, version: 0 }))), /"version" should be 1 but is 0/);
  assert.match(refused(resealed(({ person: _, ...open }) => open)), /"person" is missing/);
  assert.match(refused(resealed((open) => ({ ...open, code: "x" }))), /"code" is not a known key/);
  const { lessons } = exported;
  assert.match(refused(resealed((open) => ({ ...open, lessons: [...lessons, lessons[0]] }))), /“pool” twice/);
});

test("a name is one line that can be seen", () => {
  assert.equal(personName("  Ada \n Lovelace\t"), "Ada Lovelace");
  assert.equal(personName("a\u202eb\u0000c\u2066"), "abc");
  assert.equal(personName("\u200e \u0007"), "");
  assert.equal(personName("e\u0301"), "\u00e9");
  assert.ok(personName("x".repeat(500)).length === maxPersonLength);
  const emoji = personName(`${"x".repeat(maxPersonLength - 1)}\u{1f600}`);
  assert.ok(emoji.isWellFormed());
  for (const name of ["", "王小明", "👩‍💻 Ada", "\ud800x", "a".repeat(5_000)]) {
    assert.ok(parseExport(formatExport(exportOf(name, monday, [monday, graded("sleep", true)])), sha256).ok, name);
  }
});

test("whatever times a damaged file of progress holds, its export can be read", () => {
  for (const at of [0, 0.5, 1e300, Number.MAX_VALUE]) {
    const text = formatExport(exportOf("Ada", at, [at, graded("sleep", true)], [at, graded("x".repeat(300), true)]));
    const read = parseExport(text, sha256);
    assert.ok(read.ok, text);
    assert.equal(read.value.lessons.length, 1);
  }
});

test("the code and the editor's schema agree", async () => {
  const path = new URL("../../../media/schemas/progress-export.schema.json", import.meta.url);
  const schema = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
  const [open, passed] = exported.lessons;
  assert.ok(open !== undefined && passed !== undefined);
  const lesson = (change: object): object => ({ lessons: [{ ...open, ...change }] });
  const samples: readonly (readonly [boolean, object])[] = [
    [true, {}],
    [true, { person: "" }],
    [true, { lessons: [] }],
    [true, lesson({ diagnoses: [{ diagnosis: "of-a-newer-version", times: 1 }] })],
    [false, { format: "other" }],
    [false, { version: 2 }],
    [false, { extra: 1 }],
    [false, { person: 3 }],
    [false, { person: "x".repeat(101) }],
    [false, { person: "a\u202eb" }],
    [false, { person: "a\nb" }],
    [false, { exportedAt: "yesterday" }],
    [false, { exportedAt: "2026-13-01T00:00:00.000Z" }],
    [false, { exportedAt: "2026-01-01T00:00:00Z" }],
    [false, { product: " " }],
    [false, { checksum: undefined }],
    [false, { lessons: Array<object>(5_001).fill(open) }],
    [false, lesson({ lesson: "" })],
    [false, lesson({ lesson: "x".repeat(201) })],
    [false, lesson({ status: "not-started" })],
    [false, lesson({ status: "passed" })],
    [false, lesson({ attempts: -1 })],
    [false, lesson({ attempts: 1.5 })],
    [false, lesson({ attempts: 1_000_001 })],
    [false, lesson({ passedAt: passed.lastAt })],
    [false, lesson({ firstAt: undefined })],
    [false, lesson({ solutionShown: "no" })],
    [false, lesson({ diagnoses: [{ diagnosis: "stampede", times: 0 }] })],
    [false, lesson({ diagnoses: [{ diagnosis: "Not Kebab", times: 1 }] })],
    [false, { lessons: [{ ...passed, attemptsUntilPassed: 0 }] }],
    [false, { lessons: [{ ...passed, passedUnaided: undefined }] }],
  ];
  for (const [right, change] of samples) {
    const json = resealedWith(change);
    assert.equal(parseExport(json, sha256).ok, right, `code: ${json.slice(0, 2_000)}`);
    assert.equal(fits(JSON.parse(json), schema), right, `schema: ${json.slice(0, 2_000)}`);
  }
});

function resealedWith(change: Partial<Record<keyof ProgressExport, unknown>> | object): string {
  const text = resealed((open) => JSON.parse(JSON.stringify({ ...open, ...change })) as unknown);
  return "checksum" in change ? JSON.stringify({ ...(JSON.parse(text) as object), ...change }) : text;
}
