// style: looks at the signal before and after everything, and lets a turn pass wherever it can.
const turn = (): Promise<void> => new Promise((resolve) => queueMicrotask(resolve));

export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await turn();
  if (signal?.aborted === true) throw signal.reason;
  const outcome = await new Promise<"rested" | "woken">((resolve) => {
    const timer = setTimeout(() => done("rested"), ms);
    const onAbort = (): void => done("woken");
    const done = (how: "rested" | "woken"): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve(how);
    };
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted === true) onAbort();
  });
  await turn();
  if (outcome === "woken") throw signal?.reason;
}

export async function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  options: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { everyMs, signal } = options;
  await turn();
  while (true) {
    if (signal.aborted) throw signal.reason;
    const result = await settle(check, signal);
    await turn();
    if (result.how === "failed") throw result.error;
    if (result.how === "answered" && result.answer !== undefined) return result.answer;
    if (signal.aborted) throw signal.reason;
    await sleep(everyMs, signal);
  }
}

type Result<T> = { how: "answered"; answer: T | undefined } | { how: "failed"; error: unknown } | { how: "aborted" };

function settle<T>(check: (signal: AbortSignal) => Promise<T | undefined>, signal: AbortSignal): Promise<Result<T>> {
  return new Promise((resolve) => {
    const onAbort = (): void => finish({ how: "aborted" });
    const finish = (result: Result<T>): void => {
      signal.removeEventListener("abort", onAbort);
      resolve(result);
    };
    signal.addEventListener("abort", onAbort);
    Promise.resolve(check(signal)).then(
      (answer) => finish({ how: "answered", answer }),
      (error: unknown) => finish({ how: "failed", error }),
    );
  });
}
