// style: a reducer over immutable state; the interpreter performs what it asks for
type Attempt = "running" | "won" | { readonly error: unknown };
interface State {
  readonly attempts: readonly Attempt[];
  readonly over: boolean;
}
type Event =
  | { readonly type: "tick" }
  | { readonly type: "success"; readonly index: number }
  | { readonly type: "failure"; readonly index: number; readonly error: unknown }
  | { readonly type: "abort" };
type Command = "start" | "fail" | "win" | "give up" | "nothing";

function reduce(state: State, event: Event, most: number): readonly [State, Command] {
  if (state.over) return [state, "nothing"];
  const { attempts } = state;
  const more = (list: readonly Attempt[]): readonly [State, Command] =>
    list.length < most
      ? [{ attempts: [...list, "running"], over: false }, "start"]
      : [{ attempts: list, over: false }, "nothing"];
  switch (event.type) {
    case "tick":
      return more(attempts);
    case "abort":
      return [{ attempts, over: true }, "give up"];
    case "success":
      return [{ attempts: attempts.with(event.index, "won"), over: true }, "win"];
    case "failure": {
      const next = attempts.with(event.index, { error: event.error });
      const allFailed = next.length === most && next.every((one) => typeof one === "object");
      return allFailed ? [{ attempts: next, over: true }, "fail"] : more(next);
    }
  }
}

export function hedge<T>(
  operation: (signal: AbortSignal, attempt: number) => Promise<T>,
  options: { hedgeAfterMs: number; maxAttempts: number; signal: AbortSignal },
): Promise<T> {
  const { signal, maxAttempts, hedgeAfterMs } = options;
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise<T>((resolve, reject) => {
    const controllers: AbortController[] = [];
    let state: State = { attempts: [], over: false };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = (): void => dispatch({ type: "abort" });
    signal.addEventListener("abort", onAbort);

    function dispatch(event: Event, value?: T): void {
      const [next, command] = reduce(state, event, maxAttempts);
      state = next;
      if (command === "start") launch();
      if (command === "win") resolve(value as T);
      if (command === "give up") reject(signal.reason);
      if (command === "fail")
        reject(new AggregateError(state.attempts.map((one) => (one as { error: unknown }).error)));
      if (!state.over) return;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      controllers.forEach((controller, index) => {
        if (state.attempts[index] === "running") controller.abort();
      });
    }

    function launch(): void {
      clearTimeout(timer);
      const index = controllers.length;
      const controller = new AbortController();
      controllers.push(controller);
      if (index + 1 < maxAttempts) timer = setTimeout(() => dispatch({ type: "tick" }), hedgeAfterMs);
      operation(controller.signal, index + 1).then(
        (value) => dispatch({ type: "success", index }, value),
        (error: unknown) => dispatch({ type: "failure", index, error }),
      );
    }
    dispatch({ type: "tick" });
  });
}
