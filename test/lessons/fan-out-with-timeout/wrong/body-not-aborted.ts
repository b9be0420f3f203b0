// diagnosis: work-still-running, signal-not-passed-on - "a request leaves the list of those in flight when its response is there"
export function fanOutFetch(
  urls: readonly string[],
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<{ results: string[]; error: unknown }> {
  const callerSignal: AbortSignal = options.signal;
  const timeoutMs: number = options.timeoutMs;

  // Nothing may be started when the caller has already given up.
  if (callerSignal.aborted === true) {
    return Promise.resolve({ results: [], error: callerSignal.reason });
  }
  // Without URLs there is nothing to wait for.
  if (urls.length === 0) {
    return Promise.resolve({ results: [], error: undefined });
  }

  return new Promise((resolve) => {
    const results: string[] = [];
    const controllers: Map<number, AbortController> = new Map();
    let numberOfUnfinishedRequests: number = urls.length;
    let hasSettled: boolean = false;

    function cleanUp(): void {
      clearTimeout(timeoutId);
      callerSignal.removeEventListener("abort", handleCallerAbort);
    }

    function settle(error: unknown): void {
      if (hasSettled) {
        return;
      }
      hasSettled = true;
      cleanUp();
      // A copy, so that nothing can change what the caller has been given.
      resolve({ results: results.slice(), error: error });
    }

    function abortEverythingInFlight(reason: unknown): void {
      for (const controller of controllers.values()) {
        controller.abort(reason);
      }
      controllers.clear();
    }

    function handleCallerAbort(): void {
      const reason: unknown = callerSignal.reason;
      settle(reason);
      abortEverythingInFlight(reason);
    }

    function handleDeadline(): void {
      const timeoutError = new DOMException("The operation timed out after " + timeoutMs + " ms", "TimeoutError");
      settle(timeoutError);
      abortEverythingInFlight(timeoutError);
    }

    function handleRequestFinished(index: number): void {
      controllers.delete(index);
      numberOfUnfinishedRequests = numberOfUnfinishedRequests - 1;
      if (numberOfUnfinishedRequests === 0) {
        settle(undefined);
      }
    }

    async function startRequest(index: number, url: string): Promise<void> {
      const controller = new AbortController();
      controllers.set(index, controller);
      try {
        const response: Response = await fetch(url, { signal: controller.signal });
        controllers.delete(index);
        const isGood: boolean = response.status >= 200 && response.status <= 299;
        if (isGood) {
          const body: string = await response.text();
          results.push(body);
        } else {
          // We do not want this body: hang up, so that the connection is not held.
          controller.abort();
        }
      } catch (_error) {
        // This URL contributes nothing.
      }
      handleRequestFinished(index);
    }

    const timeoutId = setTimeout(handleDeadline, timeoutMs);
    callerSignal.addEventListener("abort", handleCallerAbort);

    for (let index = 0; index < urls.length; index++) {
      const url: string = urls[index] as string;
      startRequest(index, url);
    }
  });
}
