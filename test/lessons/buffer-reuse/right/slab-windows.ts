// style: functional core; windows of one slab, carved when they are needed, as Node's own Buffer pool does
interface State {
  readonly free: readonly Uint8Array[];
  readonly created: number;
}

function take(state: State, make: (index: number) => Uint8Array): [Uint8Array, State] {
  const [first, ...free] = state.free;
  if (first !== undefined) return [first, { ...state, free }];
  return [make(state.created), { ...state, created: state.created + 1 }];
}

function giveBack(state: State, buffer: Uint8Array, max: number): State {
  buffer.fill(0);
  return state.free.length < max ? { ...state, free: [buffer, ...state.free] } : state;
}

export class BufferPool {
  readonly #max: number;
  readonly #make: (index: number) => Uint8Array;
  #state: State = { free: [], created: 0 };

  constructor(options: { size: number; maxPooled: number }) {
    const { size, maxPooled } = options;
    const slab = new ArrayBuffer(size * maxPooled);
    this.#max = maxPooled;
    this.#make = (index) => (index < maxPooled ? new Uint8Array(slab, index * size, size) : new Uint8Array(size));
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const [buffer, state] = take(this.#state, this.#make);
    this.#state = state;
    return work(buffer).finally(() => {
      this.#state = giveBack(this.#state, buffer, this.#max);
    });
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#state.created, pooled: this.#state.free.length };
  }
}
