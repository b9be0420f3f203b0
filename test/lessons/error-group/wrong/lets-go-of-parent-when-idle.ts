// diagnosis: signal-not-passed-on, late-after-abort, work-still-running - a group without running tasks has ended
export class ErrorGroup {
  readonly signal: AbortSignal;
  private readonly abort: (reason: unknown) => void;
  private readonly letGo: () => void;
  private readonly waiting: (() => void)[] = [];
  private readonly errors: unknown[] = [];
  private limit = Number.POSITIVE_INFINITY;
  private active = 0;
  private idle: Promise<void> = Promise.resolve();
  private becomeIdle: () => void = () => {};

  constructor(parent: AbortSignal) {
    const controller = new AbortController();
    const follow = () => this.fail(parent.reason);
    this.signal = controller.signal;
    this.abort = (reason) => controller.abort(reason);
    this.letGo = () => parent.removeEventListener("abort", follow);
    if (parent.aborted) follow();
    else parent.addEventListener("abort", follow, { once: true });
  }

  setLimit(limit: number): void {
    this.limit = limit;
  }

  go(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.signal.aborted) return;
    if (this.active < this.limit) this.start(task);
    else this.waiting.push(() => this.start(task));
  }

  wait(): Promise<void> {
    return this.idle.then(() => {
      if (this.active > 0) return this.wait();
      this.letGo();
      if (this.errors.length > 0) throw this.errors[0];
    });
  }

  private start(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.active++ === 0) this.idle = new Promise((resolve) => (this.becomeIdle = resolve));
    task(this.signal)
      .catch((error: unknown) => this.fail(error))
      .then(() => {
        this.waiting.shift()?.(); // before the place is given up, so that the group is not idle in between
        this.active--;
        if (this.active === 0) this.letGo();
        if (this.active === 0) this.becomeIdle();
      });
  }

  private fail(error: unknown): void {
    this.errors.push(error);
    if (this.errors.length > 1) return;
    this.waiting.length = 0;
    this.abort(error);
  }
}
