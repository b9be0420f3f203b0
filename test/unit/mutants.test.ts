/** The mutants of a solution: where the changes are, and which of them no contract speaks of. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf, describesMutant } from "../lessons/mutants/equivalents.ts";
import { changesWordsOnly, makeMutants } from "../lessons/mutants/makeMutants.ts";

const source = `export function half(n: number): number {
  if (n < 2) throw new RangeError("too small");
  return n / 2;
}
`;
const mutants = await makeMutants(source);

test("each mutant is the source with one change, at its line", () => {
  const division = mutants.find(({ original }) => original === "n / 2");
  assert.ok(division);
  assert.equal(division.replacement, "n * 2");
  assert.equal(division.line, 3);
  assert.equal(division.text, source.replace("n / 2", "n * 2"));
  assert.equal(changeOf(division), "n / 2 → n * 2");
});

test("conditions and blocks are changed too", () => {
  const changes = mutants.map(changeOf);
  for (const change of ["n < 2 → true", "n < 2 → false", "n < 2 → n <= 2"]) assert.ok(changes.includes(change), change);
});

test("the words of a message are told from other strings", () => {
  assert.deepEqual(mutants.filter(changesWordsOnly).map(changeOf), ['"too small" → ""']);
});

test("an equivalent is named by its line and its change", () => {
  const [words] = mutants.filter(changesWordsOnly);
  assert.ok(words);
  const entry = { line: 'if (n < 2) throw new RangeError("too small");', change: '"too small" → ""', why: "words" };
  assert.ok(describesMutant(entry, words));
  assert.ok(!describesMutant({ ...entry, change: '"too small" → "small"' }, words));
  assert.equal(mutants.filter((mutant) => describesMutant(entry, mutant)).length, 1);
});
