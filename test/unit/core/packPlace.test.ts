// Where in a pack a file might lie.
import assert from "node:assert/strict";
import { test } from "node:test";
import { possiblePlaces } from "../../../src/core/packs/packPlace.ts";

test("a file's place in a pack follows from its path", () => {
  assert.deepEqual(possiblePlaces("/work/pack/catalog.json"), [
    { root: "/work/pack", file: "catalog.json" },
    { root: "/work", file: "pack/catalog.json", lesson: "pack" },
  ]);
  assert.deepEqual(possiblePlaces("/work/pack/sleep/lesson.en.md"), [
    { root: "/work/pack", file: "sleep/lesson.en.md", lesson: "sleep" },
  ]);
  // A lesson may be called "mistakes", too: the disk decides.
  assert.deepEqual(possiblePlaces("/work/pack/sleep/mistakes/a.ts"), [
    { root: "/work/pack", file: "sleep/mistakes/a.ts", lesson: "sleep" },
    { root: "/work/pack/sleep", file: "mistakes/a.ts", lesson: "mistakes" },
  ]);
  assert.deepEqual(possiblePlaces("/Work Folder/notes.txt"), []);
  assert.deepEqual(possiblePlaces("/c:/Pack/sleep/spec.ts"), [
    { root: "/c:/Pack", file: "sleep/spec.ts", lesson: "sleep" },
  ]);
});
