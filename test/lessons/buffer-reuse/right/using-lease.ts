// style: a disposable lease and `using`
interface Lease extends Disposable {
  readonly buffer: Uint8Array;
}

export class BufferPool {
  readonly #options: { size: number; maxPooled: number };
  readonly #pool: Uint8Array[] = [];
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.#options = { ...options };
  }

  get stats() {
    return { created: this.#created, pooled: this.#pool.length };
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    using lease = this.#lease();
    return await work(lease.buffer);
  }

  #lease(): Lease {
    const pool = this.#pool;
    const { size, maxPooled } = this.#options;
    const buffer = pool.pop() ?? new Uint8Array(size);
    // A used buffer was wiped when it came back; wipe again for the case that someone wrote to it later.
    if (this.#out(buffer)) buffer.fill(0);
    return {
      buffer,
      [Symbol.dispose]() {
        buffer.fill(0);
        if (pool.length < maxPooled) pool.push(buffer);
      },
    };
  }

  readonly #known = new WeakSet<Uint8Array>();

  #out(buffer: Uint8Array): boolean {
    if (this.#known.has(buffer)) return true;
    this.#known.add(buffer);
    this.#created++;
    return false;
  }
}
