/** A binary heap of due times: earliest first, then first armed. Removal is lazy, so clearing 10,000 timers stays cheap. Pure. */
export interface Due {
  /** Virtual ms. */
  readonly due: number;
  /** Among those that are due together, the lowest comes first. */
  readonly order: number;
}

export class TimerQueue<T extends Due> {
  readonly #heap: T[] = [];
  readonly #gone: (item: T) => boolean;

  /** @param gone tells whether an item was cleared since it was added; such items are dropped when they surface. */
  constructor(gone: (item: T) => boolean) {
    this.#gone = gone;
  }

  push(item: T): void {
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(item, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = item;
  }

  /** The item that is due first, without taking it. */
  peek(): T | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (first === undefined || !this.#gone(first)) return first;
      this.pop();
    }
  }

  /** Takes the first item, whether cleared or not. */
  pop(): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      let child = heap[left];
      if (child === undefined) break;
      let childIndex = left;
      const right = heap[left + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        childIndex = left + 1;
      }
      if (!before(child, last)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
    return first;
  }
}

function before(one: Due, other: Due): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
