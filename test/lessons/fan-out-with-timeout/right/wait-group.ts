// style: a literal port of the Go version, with a WaitGroup and ctx.Done() as a promise
class WaitGroup {
  #count = 0;
  #waiters: (() => void)[] = [];

  add(): void {
    this.#count += 1;
  }

  done(): void {
    this.#count -= 1;
    if (this.#count > 0) return;
    for (const wake of this.#waiters.splice(0)) wake();
  }

  wait(): Promise<void> {
    return this.#count === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiters.push(resolve));
  }
}

function withTimeout(parent: AbortSignal, timeoutMs: number): { ctx: AbortSignal; cancel: () => void } {
  const own = new AbortController();
  const released = new AbortController();
  parent.addEventListener("abort", () => own.abort(parent.reason), { signal: released.signal });
  const timer = setTimeout(() => own.abort(new DOMException("context deadline exceeded", "TimeoutError")), timeoutMs);
  const cancel = () => {
    clearTimeout(timer);
    released.abort();
    own.abort();
  };
  return { ctx: own.signal, cancel };
}

export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (options.signal.aborted) return { results: [], error: options.signal.reason };

  const { ctx, cancel } = withTimeout(options.signal, options.timeoutMs);
  const done = new Promise<void>((resolve) => {
    ctx.addEventListener("abort", () => resolve());
  });
  const bodies: string[] = [];
  const wg = new WaitGroup();

  for (const url of urls) {
    wg.add();
    void (async () => {
      try {
        const response = await fetch(url, { signal: ctx });
        if (response.ok) {
          const body = await response.text();
          if (!ctx.aborted) bodies.push(body);
        } else {
          await response.body?.cancel();
        }
      } catch {
        // err != nil
      } finally {
        wg.done();
      }
    })();
  }

  try {
    await Promise.race([wg.wait(), done]);
    return { results: bodies, error: ctx.aborted ? ctx.reason : undefined };
  } finally {
    cancel();
  }
}
