// style: a state machine: waiting, asking, over; every event goes through one function
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

type State = { at: "waiting" } | { at: "asking"; connection: Connection } | { at: "over" };
type Event =
  | { type: "granted"; connection: Connection }
  | { type: "answered"; answer: string }
  | { type: "failed"; reason: unknown };

export function request(
  pool: Pool,
  host: string,
  payload: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const told = new AbortController();
  let state: State = { at: "waiting" };

  const destroy = (connection: Connection): void => {
    connection.close();
    pool.release(connection);
  };
  const stop = (): void => {
    state = { at: "over" };
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  };
  function dispatch(event: Event): void {
    const before = state;
    if (event.type === "granted") {
      if (before.at !== "waiting") return destroy(event.connection);
      state = { at: "asking", connection: event.connection };
      event.connection.roundTrip(payload, told.signal).then(
        (answer) => dispatch({ type: "answered", answer }),
        (reason: unknown) => dispatch({ type: "failed", reason }),
      );
      return;
    }
    if (before.at === "over") return;
    stop();
    if (event.type === "answered") {
      if (before.at === "asking") pool.release(before.connection);
      return resolve(event.answer);
    }
    if (before.at === "asking") destroy(before.connection);
    told.abort(event.reason);
    reject(event.reason);
  }
  const onAbort = (): void => dispatch({ type: "failed", reason: signal.reason });
  const timer = setTimeout(() => {
    dispatch({ type: "failed", reason: new DOMException("too late", "TimeoutError") });
  }, timeoutMs);
  signal.addEventListener("abort", onAbort);
  pool.acquire(host, told.signal).then(
    (connection) => dispatch({ type: "granted", connection }),
    (reason: unknown) => dispatch({ type: "failed", reason }),
  );
  return promise;
}
