// style: async/await; a waiter tidies up in finally, a few microtasks after the abort, and passes on what it was given meanwhile
type State = "waiting" | "granted" | "gone";

export class Semaphore {
  #free: number;
  readonly #line: { state: State; readonly signal: AbortSignal; wake(): void }[] = [];

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return this.#line.filter((one) => one.state === "waiting" && !one.signal.aborted).length;
  }

  async acquire(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);

    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      this.#next();
    };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const me = { state: "waiting" as State, signal, wake: resolve };
    this.#line.push(me);
    signal.addEventListener("abort", resolve as () => void, { once: true });
    try {
      await promise;
      if (!signal.aborted) return;
      if (me.state === "granted") this.#next(); // it came too late for me, but not for the next
      me.state = "gone";
      throw signal.reason;
    } finally {
      signal.removeEventListener("abort", resolve as () => void);
      const at = this.#line.indexOf(me);
      if (at >= 0) this.#line.splice(at, 1);
    }
  }

  #next(): void {
    const first = this.#line.find((one) => one.state === "waiting" && !one.signal.aborted);
    if (first === undefined) {
      this.#free++;
      return;
    }
    first.state = "granted";
    first.wake();
  }
}
