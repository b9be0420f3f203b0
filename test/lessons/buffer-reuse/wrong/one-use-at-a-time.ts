// diagnosis: serial-not-parallel - a buffer belongs to one use at a time, so uses run one after the other
interface Options {
  size: number;
  maxPooled: number;
}

export class BufferPool {
  private readonly options: Options;
  private readonly shelf: Uint8Array[] = [];
  private made = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(options: Options) {
    this.options = options;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return Object.freeze({ created: this.made, pooled: this.shelf.length });
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const run = async () => {
      const buffer = this.take();
      return work(buffer).finally(() => this.put(buffer));
    };
    const mine = this.last.then(run);
    this.last = mine.catch(() => {});
    return mine;
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
    if (this.shelf.length >= this.options.maxPooled) return;
    this.shelf.push(buffer);
  }
}
