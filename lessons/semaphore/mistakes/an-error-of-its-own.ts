// diagnosis: reason-replaced - an AbortError is what everybody expects from something that was cancelled
export class Semaphore {
  #available: number;
  readonly #line = new Set<() => void>();

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#line.size;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        signal.removeEventListener("abort", leave);
        this.#line.delete(enter);
        reject(new DOMException("Gave up waiting for a permit", "AbortError"));
      };
      const enter = () => {
        signal.removeEventListener("abort", leave);
        resolve(this.#permit());
      };
      if (signal.aborted) {
        leave();
      } else if (this.#available > 0) {
        this.#available--;
        enter();
      } else {
        this.#line.add(enter);
        signal.addEventListener("abort", leave);
      }
    });
  }

  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      for (const enter of this.#line) {
        this.#line.delete(enter);
        return enter();
      }
      this.#available++;
    };
  }
}
