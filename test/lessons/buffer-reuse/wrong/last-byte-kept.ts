// diagnosis: wrong-result, unhealthy-reused - length - 1 is the end of the loop
export class BufferPool {
  public readonly stats: { readonly created: number; readonly pooled: number };

  private readonly bufferSize: number;
  private readonly maximumPooled: number;
  private readonly freeBuffers: Uint8Array[];
  private readonly counters: { created: number; pooled: number };

  constructor(options: { size: number; maxPooled: number }) {
    this.bufferSize = options.size;
    this.maximumPooled = options.maxPooled;
    this.freeBuffers = [];
    this.counters = { created: 0, pooled: 0 };
    this.stats = this.counters;
  }

  public use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const buffer = this.takeBuffer();
    const running: Promise<T> = Promise.resolve(buffer).then((given) => work(given));
    return running.then(
      (result: T) => {
        this.returnBuffer(buffer);
        return result;
      },
      (error: unknown) => {
        this.returnBuffer(buffer);
        throw error;
      },
    );
  }

  private takeBuffer(): Uint8Array {
    const pooledBuffer = this.freeBuffers.pop();
    if (pooledBuffer !== undefined) {
      this.counters.pooled = this.freeBuffers.length;
      // Whoever had it before must leave no trace.
      for (let index = 0; index < pooledBuffer.length - 1; index += 1) {
        pooledBuffer[index] = 0;
      }
      return pooledBuffer;
    }
    this.counters.created += 1;
    return new Uint8Array(this.bufferSize);
  }

  private returnBuffer(buffer: Uint8Array): void {
    const thereIsRoom = this.freeBuffers.length < this.maximumPooled;
    if (thereIsRoom) {
      this.freeBuffers.push(buffer);
      this.counters.pooled = this.freeBuffers.length;
    }
  }
}
