// A class whose parts talk through an EventTarget.
class FanOut extends EventTarget {
  readonly #texts: string[] = [];
  readonly #requests = new Map<number, AbortController>();
  #error: unknown = undefined;
  #over = false;

  start(urls: readonly string[]): void {
    for (const [index, url] of urls.entries()) this.#requests.set(index, new AbortController());
    for (const [index, url] of urls.entries()) void this.#one(index, url);
    if (urls.length === 0) this.end(undefined);
  }

  async #one(index: number, url: string): Promise<void> {
    const controller = this.#requests.get(index) as AbortController;
    try {
      const response = await fetch(url, { signal: controller.signal });
      if (response.ok) {
        const text = await response.text();
        if (!this.#over) this.#texts.push(text);
      } else {
        controller.abort(new Error("nobody reads this"));
      }
    } catch {
      // It contributes nothing.
    }
    this.#requests.delete(index);
    if (this.#requests.size === 0) this.end(undefined);
  }

  end(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#error = error;
    for (const controller of this.#requests.values()) controller.abort(error);
    this.dispatchEvent(new Event("over"));
  }

  get outcome(): { results: string[]; error: unknown } {
    return { results: [...this.#texts], error: this.#error };
  }
}

export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  if (options.signal.aborted) return Promise.resolve({ results: [], error: options.signal.reason });
  const fan = new FanOut();
  const onAbort = (): void => fan.end(options.signal.reason);
  const timer = setTimeout(() => fan.end(new DOMException("deadline", "TimeoutError")), options.timeoutMs);
  options.signal.addEventListener("abort", onAbort);
  return new Promise((resolve) => {
    fan.addEventListener("over", () => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", onAbort);
      resolve(fan.outcome);
    });
    fan.start(urls);
  });
}
