import assert from "node:assert/strict";
import { test } from "node:test";
import type { PanelMemory } from "../../../../src/protocol/lessonPanelMessages.ts";
import { keepMemory } from "../../../../webview/lesson/memory.ts";

test("the memory of the same lesson is restored", () => {
  const earlier: PanelMemory = { lesson: "a", scrollTop: 40, open: { "test:x": false } };
  const keeper = keepMemory({ lesson: "a" }, earlier, () => {
    assert.fail("nothing changed yet");
  });
  assert.ok(keeper.restored);
  assert.deepEqual(keeper.current, earlier);
});

test("another lesson starts at its top; the choice of tab stays", () => {
  const saved: PanelMemory[] = [];
  const keeper = keepMemory({ lesson: "b" }, { lesson: "a", scrollTop: 40, tab: "ts", open: {} }, (memory) =>
    saved.push(memory),
  );
  assert.ok(!keeper.restored);
  const others = [{ lesson: "a", scrollTop: 40, open: {} }];
  assert.deepEqual(saved, [{ lesson: "b", scrollTop: 0, tab: "ts", others }]);
});

test("a reader who comes back to a lesson finds their place, also after a reload", () => {
  const saved: PanelMemory[] = [];
  const save = (memory: PanelMemory): void => void saved.push(memory);
  const first = keepMemory({ lesson: "a" }, undefined, save);
  first.change({ scrollTop: 40, open: { hints: true } });
  first.change({ tab: "ts" });
  const second = keepMemory({ lesson: "b" }, first.current, save);
  second.change({ tab: "go" });
  const again = keepMemory({ lesson: "a" }, saved.at(-1), save);
  assert.ok(again.restored);
  const { others, ...current } = again.current;
  assert.deepEqual(current, { lesson: "a", scrollTop: 40, open: { hints: true }, tab: "go" });
  assert.deepEqual(others, [{ lesson: "b", scrollTop: 0 }]);
});

test("a page remembers twenty lessons besides the one on show, the latest first", () => {
  let memory: PanelMemory | undefined;
  for (let lesson = 0; lesson < 30; lesson++) {
    const keeper = keepMemory({ lesson: String(lesson) }, memory, () => undefined);
    memory = keeper.current;
  }
  const latest = Array.from({ length: 20 }, (_, index) => String(28 - index));
  assert.deepEqual(
    memory?.others?.map(({ lesson }) => lesson),
    latest,
  );
});

test("lessons of one name in two packs are two: a preview remembers its folder", () => {
  const saved: PanelMemory[] = [];
  const earlier: PanelMemory = { lesson: "a", folder: "file:///one/a", scrollTop: 40 };
  const other = keepMemory({ lesson: "a", folder: "file:///two/a" }, earlier, (memory) => saved.push(memory));
  assert.ok(!other.restored);
  assert.deepEqual(saved, [{ lesson: "a", folder: "file:///two/a", scrollTop: 0, others: [earlier] }]);
  assert.ok(keepMemory({ lesson: "a", folder: "file:///one/a" }, earlier, () => undefined).restored);
});

test("a change is saved at once and keeps the rest", () => {
  const saved: PanelMemory[] = [];
  const keeper = keepMemory({ lesson: "a" }, undefined, (memory) => saved.push(memory));
  keeper.change({ scrollTop: 7 });
  keeper.change({ tab: "go" });
  assert.deepEqual(saved.at(-1), { lesson: "a", scrollTop: 7, tab: "go" });
});
