// diagnosis: wrong-result - the first to settle is the first to answer, so Promise.race does the choosing
export async function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { hedgeAfterMs, maxAttempts, signal } = options;
  signal.throwIfAborted();

  const controllers: AbortController[] = [];
  const attempts: Promise<{ value: T; from: AbortController }>[] = [];
  const start = () => {
    const own = new AbortController();
    controllers.push(own);
    attempts.push(operation(own.signal, controllers.length).then((value) => ({ value, from: own })));
  };
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  let winner: AbortController | undefined;
  try {
    for (;;) {
      start();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const pause = new Promise<undefined>((resolve) => {
        if (controllers.length < maxAttempts) timer = setTimeout(resolve, hedgeAfterMs, undefined);
      });
      try {
        const first = await Promise.race([...attempts, pause, aborted.promise]);
        if (first === undefined) continue;
        winner = first.from;
        return first.value;
      } finally {
        clearTimeout(timer);
      }
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    for (const controller of controllers) if (controller !== winner) controller.abort();
  }
}
