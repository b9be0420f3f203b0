// style: in the manner of generic-pool: a factory that creates, resets and destroys; callbacks and withResolvers
interface Factory<R> {
  create(): R;
  reset(resource: R): void;
  destroy(resource: R): void;
}

class Pool<R> {
  readonly #factory: Factory<R>;
  readonly #max: number;
  readonly #available: R[] = [];
  readonly #borrowed = new Set<R>();

  constructor(factory: Factory<R>, max: number) {
    this.#factory = factory;
    this.#max = max;
  }

  get available(): number {
    return this.#available.length;
  }

  acquire(): R {
    const resource = this.#available.pop() ?? this.#factory.create();
    this.#borrowed.add(resource);
    return resource;
  }

  release(resource: R): void {
    if (!this.#borrowed.delete(resource)) return;
    if (this.#available.length >= this.#max) {
      this.#factory.destroy(resource);
      return;
    }
    this.#factory.reset(resource);
    this.#available.push(resource);
  }
}

export class BufferPool {
  readonly #pool: Pool<Uint8Array>;
  #created = 0;

  constructor(options: { size: number; maxPooled: number }) {
    const factory: Factory<Uint8Array> = {
      create: () => {
        this.#created++;
        return new Uint8Array(options.size);
      },
      reset: (buffer) => buffer.fill(0),
      destroy: () => undefined,
    };
    this.#pool = new Pool(factory, options.maxPooled);
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const buffer = this.#pool.acquire();
    const settle = (answer: () => void): void => {
      this.#pool.release(buffer);
      answer();
    };
    work(buffer).then(
      (result) => settle(() => resolve(result)),
      (error: unknown) => settle(() => reject(error)),
    );
    return promise;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: this.#pool.available };
  }
}
