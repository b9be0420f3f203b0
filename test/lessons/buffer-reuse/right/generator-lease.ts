// style: a generator holds the buffer, its finally block puts it back
export class BufferPool {
  readonly #size: number;
  readonly #maxPooled: number;
  readonly #stack: Uint8Array[] = [];
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
    this.#maxPooled = options.maxPooled;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#stack.length };
  }

  *#borrowed(): Generator<Uint8Array, void> {
    let buffer = this.#stack.pop();
    if (buffer === undefined) {
      buffer = new Uint8Array(this.#size);
      this.#created++;
    } else {
      buffer.fill(0);
    }
    try {
      yield buffer;
    } finally {
      if (this.#stack.length < this.#maxPooled) this.#stack.push(buffer);
    }
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    for (const buffer of this.#borrowed()) {
      return await work(buffer);
    }
    throw new Error("unreachable");
  }
}
