// diagnosis: unhandled-rejection - a then that only counts needs no rejection handler
interface Options {
  size: number;
  maxPooled: number;
}

export class BufferPool {
  private readonly options: Options;
  private readonly shelf: Uint8Array[] = [];
  private made = 0;
  private served = 0;

  constructor(options: Options) {
    this.options = options;
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return Object.freeze({ created: this.made, pooled: this.shelf.length });
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.take();
    const finished = work(buffer).finally(() => this.put(buffer));
    finished.then(() => {
      this.served += 1;
    });
    return finished;
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
