// diagnosis: wrong-result, settled-before-cleanup - wiping can be left for after the buffer is back on the shelf
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
      return reused;
    }
    this.made += 1;
    return new Uint8Array(this.options.size);
  }

  private async wipeLater(buffer: Uint8Array): Promise<void> {
    for (let turn = 0; turn < 10; turn++) await undefined;
    buffer.fill(0);
  }

  private put(buffer: Uint8Array): void {
    if (this.shelf.length >= this.options.maxPooled) return;
    this.shelf.push(buffer);
    this.wipeLater(buffer);
  }
}
