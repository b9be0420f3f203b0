/** The heap against a sorted array. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "../../../../src/base/random.ts";
import { Heap } from "../../../../src/world/outside/heap.ts";

interface Item {
  readonly due: number;
  readonly order: number;
  gone: boolean;
}

const before = (one: Item, other: Item): boolean =>
  one.due < other.due || (one.due === other.due && one.order < other.order);

const seed = Number(process.env["TEST_SEED"] ?? 7);

/** What the queue must do, done slowly. */
class Model {
  #items: Item[] = [];

  push(item: Item): void {
    this.#items.push(item);
    this.#items.sort((one, other) => one.due - other.due || one.order - other.order);
  }

  peek(): Item | undefined {
    while (this.#items[0]?.gone === true) this.#items.shift();
    return this.#items[0];
  }

  pop(): Item | undefined {
    return this.#items.shift();
  }
}

test(`random pushes, clears, peeks and pops (TEST_SEED=${String(seed)})`, () => {
  for (let round = 0; round < 150; round++) {
    const random = new Random(seed + round);
    const queue = new Heap<Item>(before, (item) => item.gone);
    const model = new Model();
    const items: Item[] = [];
    for (let step = 0; step < 200; step++) {
      const what = random.next();
      const where = `seed ${String(seed + round)} step ${String(step)}`;
      if (what < 0.5) {
        // Ids in no order: a queue must not depend on being filled in theirs.
        const item = { due: random.below(12), order: Math.imul(items.length + 1, 0x9e3779b1) >>> 0, gone: false };
        items.push(item);
        queue.push(item);
        model.push(item);
      } else if (what < 0.65) {
        const item = items[random.below(items.length + 1)];
        if (item?.gone === false) {
          item.gone = true;
          queue.noteGone();
        }
      } else if (what < 0.8) {
        assert.equal(queue.peek(), model.peek(), where);
      } else {
        // As the world does it: look first, then take what was seen.
        assert.equal(queue.peek(), model.peek(), where);
        assert.equal(queue.pop(), model.pop(), where);
      }
    }
    for (;;) {
      const next = model.peek();
      assert.equal(queue.peek(), next);
      assert.equal(queue.pop(), model.pop());
      if (next === undefined) break;
    }
  }
});

test("equal times come out in the order of their ids", () => {
  const queue = new Heap<Item>(before, () => false);
  for (const id of [5, 3, 9, 1, 7]) queue.push({ due: 10, order: id, gone: false });
  queue.push({ due: 2, order: 11, gone: false });
  const ids: number[] = [];
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) ids.push(item.order);
  assert.deepEqual(ids, [11, 1, 3, 5, 7, 9]);
});

test("an empty queue, and one of which everything was cleared", () => {
  const queue = new Heap<Item>(before, (item) => item.gone);
  assert.equal(queue.peek(), undefined);
  assert.equal(queue.pop(), undefined);
  for (let id = 0; id < 10_000; id++) queue.push({ due: id % 13, order: id, gone: true });
  assert.equal(queue.peek(), undefined);
  assert.equal(queue.pop(), undefined);
  const item = { due: 1, order: 1, gone: false };
  queue.push(item);
  assert.equal(queue.peek(), item);
});
