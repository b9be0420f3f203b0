/** A binary heap. Removal is lazy, so clearing 10,000 timers stays cheap; yet what is gone is never most of it. Pure. */
/** Fewer than these are not worth clearing away. */
const fewGone = 32;

export class Heap<T> {
  #items: T[] = [];
  /** How many are gone, at most. */
  #goneCount = 0;
  readonly #before: (one: T, other: T) => boolean;
  readonly #gone: (item: T) => boolean;

  /**
   * @param before whether one comes ahead of the other; must not change while both are inside
   * @param gone whether an item has been dropped since it was added; such items vanish when they surface
   */
  constructor(before: (one: T, other: T) => boolean, gone: (item: T) => boolean) {
    this.#before = before;
    this.#gone = gone;
  }

  push(item: T): void {
    const items = this.#items;
    let index = items.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = items[parent];
      if (above === undefined || !this.#before(item, above)) break;
      items[index] = above;
      index = parent;
    }
    items[index] = item;
  }

  /** To be told each time that an item inside has gone: holding on to it would hold on to all that it refers to. */
  noteGone(): void {
    if (++this.#goneCount < fewGone || this.#goneCount * 2 < this.#items.length) return;
    const left = this.#items.filter((item) => !this.#gone(item));
    this.#items = [];
    this.#goneCount = 0;
    for (const item of left) this.push(item);
  }

  /** The first item, without taking it. */
  peek(): T | undefined {
    for (;;) {
      const first = this.#items[0];
      if (first === undefined || !this.#gone(first)) return first;
      this.pop();
    }
  }

  /** Takes the first item, whether gone or not. */
  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let child = items[left];
      if (child === undefined) break;
      let childIndex = left;
      const right = items[left + 1];
      if (right !== undefined && this.#before(right, child)) {
        child = right;
        childIndex = left + 1;
      }
      if (!this.#before(child, last)) break;
      items[index] = child;
      index = childIndex;
    }
    items[index] = last;
    return first;
  }
}
