// style: event-driven: a release dispatches an event, and the first listener in line stops it for all others
export class Semaphore {
  #available: number;
  #waiting = 0;
  readonly #events = new EventTarget();

  constructor(permits: number) {
    this.#available = permits;
  }

  get available(): number {
    return this.#available;
  }

  get waiting(): number {
    return this.#waiting;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#events.removeEventListener("release", onRelease);
        signal.removeEventListener("abort", onAbort);
        this.#waiting--;
      };
      const onRelease = (event: Event) => {
        event.stopImmediatePropagation();
        event.preventDefault(); // taken
        leave();
        resolve(this.#lend());
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };

      if (signal.aborted) {
        reject(signal.reason);
      } else if (this.#available > 0) {
        this.#available--;
        resolve(this.#lend());
      } else {
        this.#waiting++;
        this.#events.addEventListener("release", onRelease);
        signal.addEventListener("abort", onAbort);
      }
    });
  }

  #lend(): () => void {
    const permit = new AbortController();
    permit.signal.addEventListener("abort", () => {
      const untaken = this.#events.dispatchEvent(new Event("release", { cancelable: true }));
      if (untaken) this.#available++;
    });
    return () => permit.abort();
  }
}
