/** Keeps what was read, by key. A read that failed is forgotten, so that the next one tries again. */
export class ReadOnce<K, T> {
  readonly #known = new Map<K, Promise<T>>();

  get(key: K, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const reading = read();
    this.#known.set(key, reading);
    reading.catch(() => {
      if (this.#known.get(key) === reading) this.#known.delete(key);
    });
    return reading;
  }

  /** The next to ask reads anew; whoever waits still gets what was read before. */
  forget(key: K): void {
    this.#known.delete(key);
  }

  forgetAll(): void {
    this.#known.clear();
  }
}
