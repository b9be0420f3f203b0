/** Lends buffers of one size to one piece of work at a time, and keeps some of those that come back for the next. */
export class BufferPool {
  readonly #options: { size: number; maxPooled: number };
  #created = 0;

  /**
   * @param options.size bytes of each buffer
   * @param options.maxPooled how many buffers, at most, are kept while nobody uses them
   */
  constructor(options: { size: number; maxPooled: number }) {
    this.#options = options;
  }

  /**
   * Runs `work` at once with a buffer of its own, all zeros, and settles as the work does. Until the work has settled
   * nobody else has that buffer; by the time that `use` settles it is back, whether the work succeeded or failed.
   */
  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    // Begin here. This pool is none yet: each use gets a new buffer, which is forgotten afterwards.
    // Where would you look for one first, and who brings it back when the work fails?
    const buffer = new Uint8Array(this.#options.size);
    this.#created++;
    return work(buffer);
  }

  /** `created`: buffers made so far. `pooled`: buffers kept for the next use, now; `maxPooled` at most. */
  get stats(): { readonly created: number; readonly pooled: number } {
    return { created: this.#created, pooled: 0 };
  }
}
