// diagnosis: settled-before-cleanup - on an abort the caller wants to be gone
interface Outcome {
  failed: boolean;
  error: unknown;
}

class Place implements Disposable {
  private readonly leave: () => void;
  constructor(enter: () => void, leave: () => void) {
    this.leave = leave;
    enter();
  }
  [Symbol.dispose](): void {
    this.leave();
  }
}

export class ErrorGroup {
  public readonly signal: AbortSignal;
  private readonly parent: AbortSignal;
  private readonly controller: AbortController;
  private readonly onParentAbort: () => void;
  private readonly queued: Array<(signal: AbortSignal) => Promise<void>>;
  private limit: number | undefined;
  private running: number;
  private outcome: Outcome;
  private resolveWaiters: Array<() => void>;

  constructor(parent: AbortSignal) {
    this.parent = parent;
    this.controller = new AbortController();
    this.signal = this.controller.signal;
    this.queued = [];
    this.limit = undefined;
    this.running = 0;
    this.outcome = { failed: false, error: undefined };
    this.resolveWaiters = [];
    this.onParentAbort = () => {
      this.recordFailure(this.parent.reason);
      this.running = 0;
      this.wakeWaiters();
    };
    if (parent.aborted) {
      this.recordFailure(parent.reason);
    } else {
      parent.addEventListener("abort", this.onParentAbort);
    }
  }

  public setLimit(limit: number): void {
    this.limit = limit;
  }

  public go(task: (signal: AbortSignal) => Promise<void>): void {
    if (this.signal.aborted) {
      return;
    }
    if (this.limit !== undefined && this.running >= this.limit) {
      this.queued.push(task);
      return;
    }
    void this.runTask(task);
  }

  public async wait(): Promise<void> {
    while (this.running > 0) {
      await new Promise<void>((resolve) => {
        this.resolveWaiters.push(resolve);
      });
    }
    this.parent.removeEventListener("abort", this.onParentAbort);
    if (this.outcome.failed) {
      throw this.outcome.error;
    }
    // As in Go, the context of the group ends with its Wait.
    this.controller.abort();
  }

  private async runTask(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    using _place = new Place(
      () => {
        this.running = this.running + 1;
      },
      () => {
        this.running = Math.max(0, this.running - 1);
        this.startQueued();
        this.wakeWaiters();
      },
    );
    try {
      await task(this.signal);
    } catch (error) {
      this.recordFailure(error);
    }
  }

  private startQueued(): void {
    if (this.outcome.failed) {
      return;
    }
    const next = this.queued.shift();
    if (next !== undefined) {
      void this.runTask(next);
    }
  }

  private wakeWaiters(): void {
    if (this.running > 0) {
      return;
    }
    const resolvers = this.resolveWaiters;
    this.resolveWaiters = [];
    for (const resolve of resolvers) {
      resolve();
    }
  }

  private recordFailure(error: unknown): void {
    if (this.outcome.failed) {
      return; // only the first one counts
    }
    this.outcome = { failed: true, error };
    this.queued.length = 0;
    this.controller.abort(error);
  }
}
