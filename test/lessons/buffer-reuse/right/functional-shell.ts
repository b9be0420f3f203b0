// style: functional; an allocator closure, the class is a thin shell
type Stats = { readonly created: number; readonly pooled: number };

function allocator(size: number, keep: number) {
  let free: readonly Uint8Array[] = [];
  let created = 0;
  return {
    stats: (): Stats => ({ created, pooled: free.length }),
    take: (): Uint8Array => {
      const [first, ...rest] = free;
      if (first === undefined) {
        created += 1;
        return new Uint8Array(size);
      }
      free = rest;
      return first.fill(0);
    },
    put: (buffer: Uint8Array): void => {
      free = [...free, buffer].slice(0, keep);
    },
  };
}

async function bracket<R, T>(take: () => R, body: (resource: R) => Promise<T>, put: (resource: R) => void): Promise<T> {
  const resource = take();
  try {
    return await body(resource);
  } finally {
    put(resource);
  }
}

export class BufferPool {
  #alloc;
  constructor(options: { size: number; maxPooled: number }) {
    this.#alloc = allocator(options.size, options.maxPooled);
  }
  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    return bracket(this.#alloc.take, work, this.#alloc.put);
  }
  get stats(): Stats {
    return this.#alloc.stats();
  }
}
