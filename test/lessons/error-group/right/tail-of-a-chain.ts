// style: functional core in a closure, promise chains; a slot is a chain that takes from the line until it is empty
interface Core {
  readonly signal: AbortSignal;
  setLimit(limit: number): void;
  go(task: (signal: AbortSignal) => Promise<void>): void;
  wait(): Promise<void>;
}

const createCore = (parent: AbortSignal): Core => {
  const controller = new AbortController();
  const { signal } = controller;
  const line: ((signal: AbortSignal) => Promise<void>)[] = [];
  const failures: unknown[] = [];
  let slots = Infinity;
  let open = 0;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  const fail = (error: unknown): void => {
    failures.push(error);
    controller.abort(failures[0]);
  };
  const follow = (): void => fail(parent.reason);
  const slot = (): Promise<void> => {
    const task = signal.aborted ? undefined : line.shift();
    if (task) return task(signal).then(undefined, fail).then(slot);
    open--; // in the same turn in which the line was seen to be empty
    if (open === 0) idle.resolve();
    return Promise.resolve();
  };

  if (parent.aborted) follow();
  else parent.addEventListener("abort", follow);

  return {
    signal,
    setLimit: (limit) => {
      slots = limit;
    },
    go: (task) => {
      if (signal.aborted) return;
      line.push(task);
      if (open >= slots) return;
      if (open++ === 0) idle = Promise.withResolvers<void>();
      void slot();
    },
    wait: () =>
      idle.promise.then(() => {
        parent.removeEventListener("abort", follow);
        if (failures.length > 0) throw failures[0];
      }),
  };
};

export class ErrorGroup {
  readonly #core: Core;

  constructor(parent: AbortSignal) {
    this.#core = createCore(parent);
  }

  get signal(): AbortSignal {
    return this.#core.signal;
  }

  setLimit(limit: number): void {
    this.#core.setLimit(limit);
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    this.#core.go(task);
  }

  wait(): Promise<void> {
    return this.#core.wait();
  }
}
