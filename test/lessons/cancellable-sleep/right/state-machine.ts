// style: a poll as a reducer: events in, a new state and something to do out.
type State = "idle" | "checking" | "pausing" | "over";
type Event<T> =
  | { type: "begin" }
  | { type: "answered"; answer: T | undefined }
  | { type: "failed"; error: unknown }
  | { type: "rested" }
  | { type: "aborted"; reason: unknown };
type Effect<T> =
  { do: "check" } | { do: "pause" } | { do: "resolve"; value: T } | { do: "reject"; error: unknown } | undefined;

function step<T>(state: State, event: Event<T>): [State, Effect<T>] {
  if (state === "over") return [state, undefined];
  switch (event.type) {
    case "begin":
      return ["checking", { do: "check" }];
    case "answered":
      return event.answer === undefined
        ? ["pausing", { do: "pause" }]
        : ["over", { do: "resolve", value: event.answer }];
    case "failed":
      return ["over", { do: "reject", error: event.error }];
    case "rested":
      return ["checking", { do: "check" }];
    case "aborted":
      return ["over", { do: "reject", error: event.reason }];
  }
}

export function pollUntil<T>(
  check: (signal: AbortSignal) => Promise<T | undefined>,
  { everyMs, signal }: { everyMs: number; signal: AbortSignal },
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let state: State = "idle";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const aborted = (): void => send({ type: "aborted", reason: signal.reason });

  function send(event: Event<T>): void {
    const [next, effect] = step(state, event);
    state = next;
    if (state === "over") {
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
    }
    if (effect === undefined) return;
    if (effect.do === "resolve") resolve(effect.value);
    if (effect.do === "reject") reject(effect.error);
    if (effect.do === "pause") timer = setTimeout(() => send({ type: "rested" }), everyMs);
    if (effect.do === "check") {
      check(signal).then(
        (answer) => send({ type: "answered", answer }),
        (error: unknown) => send({ type: "failed", error }),
      );
    }
  }

  if (signal.aborted) return Promise.reject(signal.reason);
  signal.addEventListener("abort", aborted);
  send({ type: "begin" });
  return promise;
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  if (signal === undefined) return promise;
  const wake = (): void => reject(signal.reason);
  signal.addEventListener("abort", wake);
  const tidy = (): void => {
    clearTimeout(timer);
    signal.removeEventListener("abort", wake);
  };
  return promise.finally(tidy);
}
