import assert from "node:assert/strict";
import { test } from "node:test";
import type { PanelMemory } from "../../../../src/protocol/lessonPanelMessages.ts";
import { keepMemory } from "../../../../webview/lesson/memory.ts";

test("the memory of the same lesson is restored", () => {
  const earlier: PanelMemory = { lesson: "a", scrollTop: 40, open: { "test:x": false } };
  const keeper = keepMemory("a", earlier, () => {
    assert.fail("nothing changed yet");
  });
  assert.ok(keeper.restored);
  assert.deepEqual(keeper.current, earlier);
});

test("another lesson starts at its top; the choice of tab stays", () => {
  const saved: PanelMemory[] = [];
  const keeper = keepMemory("b", { lesson: "a", scrollTop: 40, tab: "ts", open: {} }, (memory) => saved.push(memory));
  assert.ok(!keeper.restored);
  assert.deepEqual(saved, [{ lesson: "b", scrollTop: 0, tab: "ts" }]);
});

test("a change is saved at once and keeps the rest", () => {
  const saved: PanelMemory[] = [];
  const keeper = keepMemory("a", undefined, (memory) => saved.push(memory));
  keeper.change({ scrollTop: 7 });
  keeper.change({ tab: "go" });
  assert.deepEqual(saved.at(-1), { lesson: "a", scrollTop: 7, tab: "go" });
});
