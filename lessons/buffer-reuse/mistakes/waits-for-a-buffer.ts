// diagnosis: serial-not-parallel - maxPooled is how many buffers there may be, so the others have to wait
export class BufferPool {
  readonly #size: number;
  readonly #maxPooled: number;
  readonly #free: Uint8Array[] = [];
  readonly #line: (() => void)[] = [];
  #created = 0;
  #inUse = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
    this.#maxPooled = options.maxPooled;
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    if (this.#inUse === this.#maxPooled) await new Promise<void>((resolve) => this.#line.push(resolve));
    else this.#inUse++;
    const buffer = this.#take();
    try {
      return await work(buffer);
    } finally {
      this.#giveBack(buffer);
      const next = this.#line.shift();
      if (next) next();
      else this.#inUse--;
    }
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
