// style: the technique of stoppable and http-terminator, a set of what is open and a terminator beside the server
export class ServerClosedError extends Error {}

interface Open {
  readonly signal: AbortSignal;
  destroy(): void;
  destroyed: boolean;
}

class Terminator {
  terminating = false;
  terminated = false;
  readonly open = new Set<Open>();
  readonly #waiters: (() => void)[] = [];
  #promise: Promise<{ completed: number; aborted: number }> | null = null;

  enter(): Open {
    const controller = new AbortController();
    const open: Open = {
      signal: controller.signal,
      destroyed: false,
      destroy() {
        open.destroyed = true;
        controller.abort();
      },
    };
    this.open.add(open);
    return open;
  }

  leave(open: Open): void {
    this.open.delete(open);
    if (this.open.size === 0) for (const wake of this.#waiters.splice(0)) wake();
  }

  #empty(): Promise<void> {
    if (this.open.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  terminate(graceMs: number): Promise<{ completed: number; aborted: number }> {
    if (this.#promise === null) {
      this.terminating = true;
      const found = [...this.open];
      const timeout = setTimeout(() => this.open.forEach((open) => open.destroy()), graceMs);
      this.#promise = this.#empty().then(() => {
        clearTimeout(timeout);
        this.terminated = true;
        const aborted = found.filter((open) => open.destroyed).length;
        return { aborted, completed: found.length - aborted };
      });
    }
    return this.#promise;
  }
}

export class Server<Req, Res> {
  readonly #handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  readonly #terminator = new Terminator();

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.#handler = handler;
  }

  async handle(request: Req): Promise<Res> {
    if (this.#terminator.terminating) throw new ServerClosedError("terminating");
    const open = this.#terminator.enter();
    try {
      return await this.#handler(request, open.signal);
    } finally {
      this.#terminator.leave(open);
    }
  }

  health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    const { terminating, terminated, open } = this.#terminator;
    return { status: terminated ? "closed" : terminating ? "draining" : "ok", inFlight: open.size };
  }

  shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    return this.#terminator.terminate(options.graceMs);
  }
}
