// diagnosis: released-twice - a pool that has made many buffers may keep the newest on the shelf as well
/** Lends buffers of one size to one piece of work at a time, and keeps some of those that come back for the next. */
export class BufferPool {
  readonly #size: number;
  readonly #maxPooled: number;
  /** Those that nobody uses. A buffer is either here or with exactly one use, and only `use` moves it. */
  readonly #free: Uint8Array[] = [];
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
    this.#maxPooled = options.maxPooled;
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.#take();
    if (this.#free.length === 0 && this.#created > 8) this.#free.push(buffer);
    try {
      // The await is what makes this different from Go's `defer`. Without it the block is left as soon as the work has
      // begun, and the buffer is lent again while somebody still writes to it.
      return await work(buffer);
    } finally {
      this.#giveBack(buffer);
    }
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#free.length };
  }

  #take(): Uint8Array {
    // The last one in is the one most likely to be in the processor's cache still.
    const buffer = this.#free.pop();
    if (buffer === undefined) {
      this.#created++;
      return new Uint8Array(this.#size); // the language promises zeros
    }
    // Cleared here, where zeros are needed, and not on the ways back: there are several of those, and work that has
    // failed may have left something behind that still writes for a moment.
    return buffer.fill(0);
  }

  #giveBack(buffer: Uint8Array): void {
    // After a burst, what is too much is dropped, and the garbage collector takes it.
    if (this.#free.length < this.#maxPooled) this.#free.push(buffer);
  }
}
