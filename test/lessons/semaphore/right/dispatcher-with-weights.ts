// style: in the technique of async-mutex: a value, a queue of tasks, and one dispatcher that everything calls
interface Task {
  readonly signal: AbortSignal;
  readonly weight: number;
  resolve(release: () => void): void;
  settle(): void;
}

export class Semaphore {
  #value: number;
  #queue: Task[] = [];

  constructor(permits: number) {
    this.#value = permits;
  }

  get available(): number {
    return this.#value;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const task: Task = {
        signal,
        weight: 1,
        resolve,
        settle: () => {
          this.#queue = this.#queue.filter((other) => other !== task);
          signal.removeEventListener("abort", onAbort);
        },
      };
      const onAbort = () => {
        task.settle();
        reject(signal.reason);
        this.#dispatch(); // with other weights, those behind it may fit in now
      };
      signal.addEventListener("abort", onAbort);
      this.#queue.push(task);
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (;;) {
      const task = this.#queue[0];
      if (task === undefined || task.weight > this.#value) return;
      task.settle();
      this.#value -= task.weight;
      task.resolve(this.#releaser(task.weight));
    }
  }

  #releaser(weight: number): () => void {
    let called = false;
    return () => {
      if (called) return;
      called = true;
      this.#value += weight;
      this.#dispatch();
    };
  }
}
