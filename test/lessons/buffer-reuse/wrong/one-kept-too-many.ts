// diagnosis: limit-exceeded - the check is done before the push, so > is right
interface Options {
  size: number;
  maxPooled: number;
}

export class BufferPool {
  private readonly options: Options;
  private readonly shelf: Uint8Array[] = [];
  private made = 0;

  constructor(options: Options) {
    this.options = options;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return Object.freeze({ created: this.made, pooled: this.shelf.length });
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.take();
    return work(buffer).finally(() => this.put(buffer));
  }

  private take(): Uint8Array {
    const reused = this.shelf.shift();
    if (reused) {
      reused.fill(0);
      return reused;
    }
    this.made += 1;
    return new Uint8Array(this.options.size);
  }

  private put(buffer: Uint8Array): void {
    if (this.shelf.length > this.options.maxPooled) return;
    this.shelf.push(buffer);
  }
}
