// diagnosis: settled-before-cleanup - the caller need not wait until the buffer has been put away
export class BufferPool {
  readonly #size: number;
  readonly #maxPooled: number;
  readonly #free: Uint8Array[] = [];
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
    this.#maxPooled = options.maxPooled;
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.#take();
    const result = work(buffer);
    void result.then(undefined, () => undefined).then(() => this.#giveBack(buffer));
    return result;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#free.length };
  }

  #take(): Uint8Array {
    const buffer = this.#free.pop();
    if (buffer !== undefined) return buffer.fill(0);
    this.#created++;
    return new Uint8Array(this.#size);
  }

  #giveBack(buffer: Uint8Array): void {
    if (this.#free.length < this.#maxPooled) this.#free.push(buffer);
  }
}
