// diagnosis: released-twice, wrong-result - nobody else can take the top of the stack between looking and popping
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
    const top = this.#free.at(-1);
    await undefined;
    if (top) this.#free.splice(this.#free.indexOf(top), 1);
    const buffer = top?.fill(0) ?? this.#create();
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
