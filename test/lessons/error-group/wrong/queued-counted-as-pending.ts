// diagnosis: never-settles - every task that was given to go ends some day
class Slots {
  #free = Infinity;
  #line: (() => void)[] = [];

  set size(size: number) {
    this.#free = size;
  }
  take(start: () => void): void {
    if (this.#free > 0) {
      this.#free--;
      start();
    } else {
      this.#line.push(start);
    }
  }
  giveBack(): void {
    const next = this.#line.shift();
    if (next) next();
    else this.#free++;
  }
  clear(): void {
    this.#line = [];
  }
}

class Latch {
  #count = 0;
  #open: (() => void)[] = [];

  up(): void {
    this.#count++;
  }
  down(): void {
    if (--this.#count > 0) return;
    const open = this.#open;
    this.#open = [];
    for (const resolve of open) resolve();
  }
  async opened(): Promise<void> {
    while (this.#count > 0) await new Promise<void>((resolve) => this.#open.push(resolve));
  }
}

export class ErrorGroup implements EventListenerObject {
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #slots = new Slots();
  readonly #latch = new Latch();
  readonly signal = this.#controller.signal;
  #first: { readonly reason: unknown } | null = null;

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    if (parent.aborted) this.#end(parent.reason);
    else parent.addEventListener("abort", this);
  }

  handleEvent(): void {
    this.#end(this.#parent.reason);
  }

  setLimit(limit: number): void {
    this.#slots.size = limit;
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.#first) return;
    this.#latch.up();
    this.#slots.take(() => void this.#run(task));
  }

  async wait(): Promise<void> {
    await this.#latch.opened();
    this.#parent.removeEventListener("abort", this);
    if (this.#first) throw this.#first.reason;
  }

  async #run(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await task(this.signal);
    } catch (error) {
      this.#end(error);
    } finally {
      this.#slots.giveBack();
      this.#latch.down();
    }
  }

  #end(reason: unknown): void {
    this.#first ??= { reason };
    this.#slots.clear();
    this.#controller.abort(reason);
  }
}
