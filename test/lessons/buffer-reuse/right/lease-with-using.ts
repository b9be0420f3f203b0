// style: a disposable lease and `using`; the oldest is dropped when too many come back
class Lease implements Disposable {
  readonly buffer: Uint8Array;
  readonly #end: (buffer: Uint8Array) => void;

  constructor(buffer: Uint8Array, end: (buffer: Uint8Array) => void) {
    this.buffer = buffer;
    this.#end = end;
  }

  [Symbol.dispose](): void {
    this.#end(this.buffer);
  }
}

export class BufferPool {
  #idle: Uint8Array[] = [];
  #created = 0;
  readonly #size: number;
  readonly #max: number;

  constructor({ size, maxPooled }: { size: number; maxPooled: number }) {
    this.#size = size;
    this.#max = maxPooled;
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    using lease = this.#lease();
    return await work(lease.buffer);
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#idle.length };
  }

  #lease(): Lease {
    let buffer = this.#idle.pop();
    if (!buffer) {
      buffer = new Uint8Array(this.#size);
      this.#created += 1;
    }
    buffer.fill(0);
    return new Lease(buffer, (done) => {
      this.#idle = [...this.#idle, done].slice(-this.#max);
    });
  }
}
