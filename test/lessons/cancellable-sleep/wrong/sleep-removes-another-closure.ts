// diagnosis: listener-left-on-signal - removeEventListener compares what the functions do
class Nap {
  readonly #signal: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reject: (reason: unknown) => void = () => {};
  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }
  #onAbort() {
    clearTimeout(this.#timer);
    this.#reject(this.#signal?.reason);
  }
  start(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#signal?.aborted) return reject(this.#signal.reason);
      this.#timer = setTimeout(() => {
        this.#signal?.removeEventListener("abort", () => this.#onAbort());
        resolve();
      }, ms);
      this.#signal?.addEventListener("abort", () => this.#onAbort(), { once: true });
    });
  }
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Nap(signal).start(ms);
}

function under<T>(outer: AbortSignal | undefined, start: (inner: AbortSignal) => Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  if (outer?.aborted) return (reject(outer.reason), promise);
  const inner = new AbortController();
  const hit = () => (reject(outer!.reason), inner.abort(outer!.reason));
  const off = () => outer?.removeEventListener("abort", hit);
  outer?.addEventListener("abort", hit, { once: true });
  start(inner.signal).then(
    (v) => (off(), resolve(v)),
    (e) => (off(), reject(e)),
  );
  return promise;
}

export const pollUntil = <T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> =>
  under(signal, async (inner) => {
    for (let found; ; await sleep(everyMs, inner)) {
      if ((found = await check(inner)) !== undefined) return found;
    }
  });
