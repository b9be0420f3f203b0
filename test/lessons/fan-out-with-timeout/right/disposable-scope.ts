// style: a Disposable class for the scope, bound with `using`
class DeadlineScope implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: ReturnType<typeof setTimeout>;

  constructor(parent: AbortSignal, timeoutMs: number) {
    this.#parent = parent;
    parent.addEventListener("abort", this.#follow);
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException(`exceeded ${timeoutMs} ms`, "TimeoutError"));
    }, timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What Go's ctx.Err() would say. */
  get error(): unknown {
    return this.signal.aborted ? this.signal.reason : undefined;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener("abort", this.#follow);
    this.#controller.abort();
  }

  readonly #follow = (): void => {
    this.#controller.abort(this.#parent.reason);
  };
}

async function readBody(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return await response.text();
    await response.body?.cancel();
  } catch {
    // no body from this one
  }
  return undefined;
}

export async function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (options.signal.aborted) return { results: [], error: options.signal.reason };

  using scope = new DeadlineScope(options.signal, options.timeoutMs);
  const results: string[] = [];
  await Promise.all(
    urls.map(async (url) => {
      const body = await readBody(url, scope.signal);
      if (body !== undefined) results.push(body);
    }),
  );
  return { results, error: scope.error };
}
