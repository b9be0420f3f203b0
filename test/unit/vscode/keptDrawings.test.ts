/** Drawings are kept by lesson and diagram, the newest of each, and not without end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptDrawings } from "../../../src/vscode/lessons/keptDrawings.ts";

const drawing = (file: string, look = "0f") => ({ file, look, svg: `<svg>${file}</svg>` });

test("the newest drawing of each diagram is kept, by lesson", () => {
  const kept = new KeptDrawings();
  assert.deepEqual(kept.of("a"), []);
  kept.keep("a", drawing("1.mmd"));
  kept.keep("a", drawing("2.mmd"));
  kept.keep("b", drawing("1.mmd", "other"));
  kept.keep("a", drawing("1.mmd", "new"));
  assert.deepEqual(kept.of("a"), [drawing("2.mmd"), drawing("1.mmd", "new")]);
  assert.deepEqual(kept.of("b"), [drawing("1.mmd", "other")]);
});

test("what was kept longest goes: of a lesson's diagrams, and of lessons", () => {
  const kept = new KeptDrawings();
  for (let n = 0; n < 11; n++) kept.keep("a", drawing(`${String(n)}.mmd`));
  const files = kept.of("a").map(({ file }) => file);
  assert.deepEqual([files.length, files[0], files.at(-1)], [10, "1.mmd", "10.mmd"]);
  for (let n = 0; n < 40; n++) kept.keep(`lesson-${String(n)}`, drawing("1.mmd"));
  assert.deepEqual(kept.of("a"), []);
  assert.equal(kept.of("lesson-0").length, 1);
});
