// diagnosis: listener-left-on-signal, timer-still-armed - without a connection there is nothing to clean up
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

export function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  const callerSignal = options.signal;
  if (callerSignal.aborted) {
    return Promise.reject(callerSignal.reason);
  }

  const result = Promise.withResolvers<string>();
  const requestController = new AbortController();
  let heldConnection: Connection | undefined = undefined;
  let isFinished = false;

  const whenDeadlineStrikes = (): void => {
    giveUp(new DOMException(`no answer from ${host} within ${options.timeoutMs} ms`, "TimeoutError"));
  };
  const whenCallerAborts = (): void => {
    giveUp(callerSignal.reason);
  };

  const deadlineTimer = setTimeout(whenDeadlineStrikes, options.timeoutMs);
  callerSignal.addEventListener("abort", whenCallerAborts);

  function stopWatching(): void {
    isFinished = true;
    clearTimeout(deadlineTimer);
    callerSignal.removeEventListener("abort", whenCallerAborts);
  }

  function throwAway(connection: Connection): void {
    connection.close();
    pool.release(connection);
  }

  function giveUp(reason: unknown): void {
    if (isFinished) {
      return;
    }
    stopWatching();
    requestController.abort(reason);
    const connection = heldConnection;
    heldConnection = undefined;
    if (connection !== undefined) {
      throwAway(connection);
    }
    result.reject(reason);
  }

  async function acquireAndTalk(): Promise<void> {
    let connection: Connection;
    try {
      connection = await pool.acquire(host, requestController.signal);
    } catch (error) {
      // Nothing was granted, so there is nothing to close.
      result.reject(error);
      return;
    }
    if (isFinished) {
      throwAway(connection);
      return;
    }
    heldConnection = connection;
    try {
      const answer = await connection.roundTrip(payload, requestController.signal);
      if (isFinished) {
        return;
      }
      stopWatching();
      heldConnection = undefined;
      pool.release(connection);
      result.resolve(answer);
    } catch (error) {
      if (isFinished) {
        return;
      }
      stopWatching();
      heldConnection = undefined;
      throwAway(connection);
      result.reject(error);
    }
  }

  void acquireAndTalk();
  return result.promise;
}
