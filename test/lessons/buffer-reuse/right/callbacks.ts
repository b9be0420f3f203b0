// The promise constructor and two callbacks; a linked list as the shelf, cleared when a buffer comes back and when it goes.
interface Slot {
  readonly bytes: Uint8Array;
  readonly below: Slot | undefined;
}

export class BufferPool {
  private shelf: Slot | undefined = undefined;
  private height = 0;
  private made = 0;
  private readonly options: { size: number; maxPooled: number };

  constructor(options: { size: number; maxPooled: number }) {
    this.options = { ...options };
  }

  get stats(): { readonly created: number; readonly pooled: number } {
    return Object.freeze({ created: this.made, pooled: this.height });
  }

  use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const bytes = this.pull();
    return new Promise<T>((resolve, reject) => {
      work(bytes).then(
        (value) => {
          this.put(bytes);
          resolve(value);
        },
        (error: unknown) => {
          this.put(bytes);
          reject(error);
        },
      );
    });
  }

  private pull(): Uint8Array {
    const top = this.shelf;
    if (top === undefined) {
      this.made += 1;
      return new Uint8Array(this.options.size);
    }
    this.shelf = top.below;
    this.height -= 1;
    top.bytes.fill(0);
    return top.bytes;
  }

  private put(bytes: Uint8Array): void {
    bytes.fill(0);
    if (this.height >= this.options.maxPooled) return;
    this.shelf = { bytes, below: this.shelf };
    this.height += 1;
  }
}
