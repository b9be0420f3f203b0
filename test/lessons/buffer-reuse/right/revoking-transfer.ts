// style: takes the memory away from its last user by transferring it, so that a stale view is empty
export class BufferPool {
  readonly #options: { size: number; maxPooled: number };
  readonly #spare = new Set<ArrayBuffer>();
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#options = options;
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const memory = this.#claim();
    const [outcome] = await Promise.allSettled([work(new Uint8Array(memory))]);
    const { maxPooled } = this.#options;
    const returned = memory.transfer();
    if (this.#spare.size < maxPooled) this.#spare.add(returned);
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  #claim(): ArrayBuffer {
    for (const memory of this.#spare) {
      this.#spare.delete(memory);
      new Uint8Array(memory).fill(0);
      return memory;
    }
    this.#created++;
    return new ArrayBuffer(this.#options.size);
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#spare.size };
  }
}
