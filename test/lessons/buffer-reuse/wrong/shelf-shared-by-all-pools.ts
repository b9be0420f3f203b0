// diagnosis: wrong-result, limit-not-reached - all pools of a program can share one stack
const freeBuffers: Uint8Array[] = [];

export class BufferPool {
  #size;
  #max;
  #free = freeBuffers;
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
