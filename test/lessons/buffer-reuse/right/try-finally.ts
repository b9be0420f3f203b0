// style: terse senior; async/await with try/finally, stack of free buffers
export class BufferPool {
  #size;
  #max;
  #free: Uint8Array[] = [];
  #created = 0;

  constructor({ size, maxPooled }: { size: number; maxPooled: number }) {
    this.#size = size;
    this.#max = maxPooled;
  }

  get stats() {
    return { created: this.#created, pooled: this.#free.length };
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.#free.pop()?.fill(0) ?? this.#create();
    try {
      return await work(buffer);
    } finally {
      if (this.#free.length < this.#max) this.#free.push(buffer);
    }
  }

  #create() {
    this.#created++;
    return new Uint8Array(this.#size);
  }
}
