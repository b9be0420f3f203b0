// style: terse senior; holders and waiters are two sets, every number is derived from them
export class Semaphore {
  #max;
  #in = new Set<object>();
  #line = new Map<object, (release: () => void) => void>();

  constructor(permits: number) {
    this.#max = permits;
  }
  get available() {
    return this.#max - this.#in.size;
  }
  get waiting() {
    return this.#line.size;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const me = {};
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const quit = () => void (this.#line.delete(me), reject(signal.reason));
    signal.addEventListener("abort", quit, { once: true });
    this.#line.set(me, (release) => (signal.removeEventListener("abort", quit), resolve(release)));
    this.#pump();
    return promise;
  }

  #pump() {
    for (const [who, admit] of this.#line) {
      if (this.#in.size >= this.#max) return;
      this.#line.delete(who);
      this.#in.add(who);
      admit(() => void (this.#in.delete(who) && this.#pump()));
    }
  }
}
