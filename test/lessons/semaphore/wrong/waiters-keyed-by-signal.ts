// diagnosis: never-settles, permit-lost - one signal stands for one caller
export class Semaphore {
  #max;
  #in = new Set<object>();
  #line = new Map<AbortSignal, (release: () => void) => void>();

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
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const quit = () => void (this.#line.delete(signal), reject(signal.reason));
    signal.addEventListener("abort", quit, { once: true });
    this.#line.set(signal, (release) => (signal.removeEventListener("abort", quit), resolve(release)));
    this.#pump();
    return promise;
  }

  #pump() {
    for (const [who, admit] of this.#line) {
      if (this.#in.size >= this.#max) return;
      this.#line.delete(who);
      const held = {};
      this.#in.add(held);
      admit(() => void (this.#in.delete(held) && this.#pump()));
    }
  }
}
