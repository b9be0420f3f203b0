// style: generator with try/catch/finally, driven by a runner that throws the abort reason into it
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

type Step = Promise<unknown>;

function drive<T>(
  steps: (signal: AbortSignal) => Generator<Step, T, unknown>,
  parent: AbortSignal,
  timeoutMs: number,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const control = new AbortController();
  const plan = steps(control.signal);
  let live = true;
  let running = false;
  let stop: { reason: unknown } | undefined;

  const leave = () => {
    live = false;
    clearTimeout(timer);
    parent.removeEventListener("abort", onAbort);
  };
  const advance = (move: () => IteratorResult<Step, T>) => {
    let at: IteratorResult<Step, T>;
    running = true;
    try {
      at = move();
    } catch (error) {
      leave();
      reject(error);
      return;
    } finally {
      running = false;
    }
    if (at.done) {
      leave();
      resolve(at.value);
      return;
    }
    if (stop) {
      // Interrupted from within the step that has just been made.
      const { reason } = stop;
      at.value.catch(() => {});
      advance(() => plan.throw(reason));
      return;
    }
    at.value.then(
      (value) => {
        if (live) advance(() => plan.next(value));
      },
      (error: unknown) => {
        if (live) advance(() => plan.throw(error));
      },
    );
  };
  const interrupt = (reason: unknown) => {
    if (!live) return;
    leave();
    control.abort(reason);
    if (running) stop = { reason };
    else advance(() => plan.throw(reason));
  };
  const onAbort = () => interrupt(parent.reason);
  const timer = setTimeout(() => interrupt(new DOMException("request deadline", "TimeoutError")), timeoutMs);
  parent.addEventListener("abort", onAbort);
  advance(() => plan.next());
  return promise;
}

export function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  if (options.signal.aborted) return Promise.reject(options.signal.reason);

  const breakOff = (connection: Connection) => {
    connection.close();
    pool.release(connection);
  };

  return drive(
    function* (signal): Generator<Step, string, unknown> {
      const acquiring = pool.acquire(host, signal);
      let connection: Connection;
      try {
        connection = (yield acquiring) as Connection;
      } catch (error) {
        // Either the pool failed, or we were interrupted and a connection may still come.
        acquiring.then(breakOff, () => {});
        throw error;
      }
      let answer: string;
      try {
        answer = (yield connection.roundTrip(payload, signal)) as string;
      } catch (error) {
        breakOff(connection);
        throw error;
      }
      pool.release(connection);
      return answer;
    },
    options.signal,
    options.timeoutMs,
  );
}
