// diagnosis: unhandled-rejection - a finally on the side only looks on
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  readonly setLimit: (limit: number) => void;
  readonly go: (task: Task) => void;
  readonly wait: () => Promise<void>;

  constructor(parent: AbortSignal) {
    const controller = new AbortController();
    const signal = controller.signal;
    const queue: Task[] = [];
    const waiters: (() => void)[] = [];
    let limit = Infinity;
    let active = 0;
    let first: { error: unknown } | undefined;

    function fail(error: unknown): void {
      if (first) return;
      first = { error };
      queue.splice(0);
      controller.abort(error);
    }

    function onParentAbort(): void {
      fail(parent.reason);
    }

    function end(): void {
      active -= 1;
      while (active < limit && queue.length > 0 && !signal.aborted) begin(queue.shift()!);
      if (active === 0) waiters.splice(0).forEach((tell) => tell());
    }

    function begin(task: Task): void {
      active += 1;
      const running = task(signal);
      running.catch(fail);
      running.finally(end);
    }

    this.signal = signal;
    this.setLimit = (n) => {
      limit = n;
    };
    this.go = (task) => {
      if (signal.aborted) return;
      if (active < limit) begin(task);
      else queue.push(task);
    };
    this.wait = () =>
      new Promise<void>((resolve, reject) => {
        const finish = () => {
          parent.removeEventListener("abort", onParentAbort);
          if (first) reject(first.error);
          else resolve();
        };
        if (active === 0) finish();
        else waiters.push(finish);
      });

    if (parent.aborted) onParentAbort();
    else parent.addEventListener("abort", onParentAbort);
  }
}
