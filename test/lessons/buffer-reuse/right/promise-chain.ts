// style: a promise chain, cleared on the way back
export class BufferPool {
  private readonly free: Uint8Array[] = [];
  private readonly options: { size: number; maxPooled: number };
  private made = 0;

  constructor(options: { size: number; maxPooled: number }) {
    this.options = options;
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.free.shift() ?? this.make();
    return work(buffer).then(
      (result) => {
        this.keep(buffer);
        return result;
      },
      (error: unknown) => {
        this.keep(buffer);
        throw error;
      },
    );
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.made, pooled: this.free.length };
  }

  private make(): Uint8Array {
    this.made += 1;
    return new Uint8Array(this.options.size);
  }

  private keep(buffer: Uint8Array): void {
    if (this.free.length === this.options.maxPooled) return;
    buffer.fill(0);
    this.free.push(buffer);
  }
}
