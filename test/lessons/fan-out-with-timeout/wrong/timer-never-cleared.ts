// diagnosis: timer-still-armed - "a timer that finds everything settled does nothing, so it may run out"
interface Outcome {
  results: string[];
  error: unknown;
}

class FanOut {
  readonly #signal: AbortSignal;
  readonly #results: string[] = [];
  readonly #inFlight = new Set<AbortController>();
  readonly #onAbort = (): void => this.#settle(this.#signal.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resolve: (outcome: Outcome) => void = () => {};
  #settled = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  run(urls: readonly string[], timeoutMs: number): Promise<Outcome> {
    if (this.#signal.aborted) return Promise.resolve({ results: [], error: this.#signal.reason });
    if (urls.length === 0) return Promise.resolve({ results: [], error: undefined });
    const outcome = new Promise<Outcome>((resolve) => {
      this.#resolve = resolve;
    });
    this.#signal.addEventListener("abort", this.#onAbort);
    this.#timer = setTimeout(() => {
      this.#settle(new DOMException("No answer in time", "TimeoutError"));
    }, timeoutMs);
    const controllers = urls.map(() => new AbortController());
    for (const controller of controllers) this.#inFlight.add(controller);
    urls.forEach((url, i) => void this.#request(url, controllers[i]!));
    return outcome;
  }

  async #request(url: string, controller: AbortController): Promise<void> {
    try {
      const response = await fetch(url, { signal: controller.signal });
      if (response.ok) {
        const body = await response.text();
        if (!this.#settled) this.#results.push(body);
      } else {
        controller.abort();
      }
    } catch {
      // contributes nothing
    }
    this.#inFlight.delete(controller);
    if (this.#inFlight.size === 0) this.#settle(undefined);
  }

  #settle(error: unknown): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#signal.removeEventListener("abort", this.#onAbort);
    this.#resolve({ results: this.#results, error });
    for (const controller of this.#inFlight) controller.abort(error);
  }
}

export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<Outcome> {
  return new FanOut(options.signal).run(urls, options.timeoutMs);
}
