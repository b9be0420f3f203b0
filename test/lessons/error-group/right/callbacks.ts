// Callbacks and counters; `wait` only keeps a list of whom to tell.
type Task = (signal: AbortSignal) => Promise<void>;

export class ErrorGroup {
  readonly signal: AbortSignal;
  private controller = new AbortController();
  private parent: AbortSignal;
  private limit = Number.POSITIVE_INFINITY;
  private active = 0;
  private queue: Task[] = [];
  private listeners: Array<() => void> = [];
  private onParentAbort = () => {
    this.queue = [];
    this.controller.abort(this.parent.reason);
  };

  constructor(parent: AbortSignal) {
    this.parent = parent;
    this.signal = this.controller.signal;
    if (parent.aborted) this.onParentAbort();
    else parent.addEventListener("abort", this.onParentAbort, { once: true });
  }

  setLimit(limit: number): void {
    this.limit = limit;
  }

  go(task: Task): void {
    if (this.signal.aborted) return;
    if (this.active >= this.limit) {
      this.queue.push(task);
      return;
    }
    this.active += 1;
    const self = this;
    task(this.signal).then(
      () => self.ended(),
      (error: unknown) => {
        self.queue.length = 0;
        if (!self.signal.aborted) self.controller.abort(error);
        self.ended();
      },
    );
  }

  private ended(): void {
    this.active -= 1;
    if (this.queue.length > 0 && this.active < this.limit) {
      const next = this.queue.shift();
      if (next) this.go(next);
    }
    if (this.active > 0) return;
    const tell = this.listeners;
    this.listeners = [];
    for (const listener of tell) listener();
  }

  wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        this.parent.removeEventListener("abort", this.onParentAbort);
        if (this.signal.aborted) reject(this.signal.reason);
        else resolve();
      };
      if (this.active === 0) finish();
      else this.listeners.push(finish);
    });
  }
}
