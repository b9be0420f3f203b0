// style: Promise.withResolvers, callbacks for either end
type Work<T> = (buffer: Uint8Array) => Promise<T>;

export class BufferPool {
  readonly #size: number;
  readonly #maxPooled: number;
  #idle = new Set<Uint8Array>();
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
    this.#maxPooled = options.maxPooled;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#idle.size };
  }

  use<T>(work: Work<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const buffer = this.#borrow();
    work(buffer).then(
      (value) => {
        this.#giveBack(buffer);
        resolve(value);
      },
      (error: unknown) => {
        this.#giveBack(buffer);
        reject(error);
      },
    );
    return promise;
  }

  #borrow(): Uint8Array {
    for (const buffer of this.#idle) {
      this.#idle.delete(buffer);
      buffer.fill(0);
      return buffer;
    }
    this.#created++;
    return new Uint8Array(this.#size);
  }

  #giveBack(buffer: Uint8Array): void {
    if (this.#idle.size < this.#maxPooled) this.#idle.add(buffer);
  }
}
