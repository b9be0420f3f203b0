// diagnosis: permit-lost - a caller whose signal has aborted must not be let in, so it is refused when its turn comes
export class Semaphore {
  #available: number;
  /** How to serve each caller in line, first come first. A Set keeps that order, and whoever leaves costs no search. */
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

  // Nothing is awaited between looking at the two fields and changing them, here or in #giveBack: no lock is needed.
  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#available > 0) {
      // While a permit is free nobody is in line, because #giveBack serves the line first. So this overtakes nobody.
      this.#available--;
      return Promise.resolve(this.#permit());
    }

    return new Promise((resolve, reject) => {
      // One of these two happens, whole: served is out of line and out of the signal, and so is whoever left.
      const serve = () => {
        this.#line.delete(serve);
        signal.removeEventListener("abort", leave);
        if (signal.aborted) return reject(signal.reason);
        resolve(this.#permit());
      };
      const leave = () => {
        this.#line.delete(serve);
        reject(signal.reason);
      };
      this.#line.add(serve);
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** What a caller holds: it counts once, however often it is called and whoever has the permit by then. */
  #permit(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#giveBack();
    };
  }

  /** Hands the permit over in this very turn. Were it made available first, a newcomer could be quicker than the line. */
  #giveBack(): void {
    const [serveFirst] = this.#line;
    if (serveFirst !== undefined) serveFirst();
    else this.#available++;
  }
}
