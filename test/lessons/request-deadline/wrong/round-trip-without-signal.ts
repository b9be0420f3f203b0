// diagnosis: signal-not-passed-on, work-still-running - closing the connection stops the round trip anyway
export interface Connection {
  readonly healthy: boolean;
  roundTrip(payload: string, signal: AbortSignal): Promise<string>;
  close(): void;
}
export interface Pool {
  acquire(host: string, signal: AbortSignal): Promise<Connection>;
  release(connection: Connection): void;
}

type Phase = "acquiring" | "talking" | "over";

class PendingRequest {
  readonly #pool: Pool;
  readonly #caller: AbortSignal;
  readonly #own = new AbortController();
  readonly #answer = Promise.withResolvers<string>();
  #phase: Phase = "acquiring";
  #connection: Connection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(pool: Pool, caller: AbortSignal) {
    this.#pool = pool;
    this.#caller = caller;
  }

  run(host: string, payload: string, timeoutMs: number): Promise<string> {
    this.#caller.addEventListener("abort", this);
    this.#timer = setTimeout(
      () => this.#cancel(new DOMException("The deadline has passed", "TimeoutError")),
      timeoutMs,
    );
    this.#pool.acquire(host, this.#own.signal).then(
      (connection) => this.#granted(connection, payload),
      (error: unknown) => this.#fail(error),
    );
    return this.#answer.promise;
  }

  handleEvent(): void {
    this.#cancel(this.#caller.reason);
  }

  #granted(connection: Connection, payload: string): void {
    if (this.#phase === "over") {
      this.#breakOff(connection);
      return;
    }
    this.#phase = "talking";
    this.#connection = connection;
    connection.roundTrip(payload, new AbortController().signal).then(
      (answer) => this.#succeed(answer),
      (error: unknown) => this.#fail(error),
    );
  }

  #succeed(answer: string): void {
    if (this.#phase !== "talking") return;
    const connection = this.#connection;
    this.#end();
    if (connection) this.#pool.release(connection);
    this.#answer.resolve(answer);
  }

  #fail(error: unknown): void {
    if (this.#phase === "over") return;
    const connection = this.#connection;
    this.#end();
    if (connection) this.#breakOff(connection);
    this.#answer.reject(error);
  }

  #cancel(reason: unknown): void {
    if (this.#phase === "over") return;
    this.#fail(reason);
    this.#own.abort(reason);
  }

  #breakOff(connection: Connection): void {
    connection.close();
    this.#pool.release(connection);
  }

  #end(): void {
    this.#phase = "over";
    this.#connection = null;
    clearTimeout(this.#timer);
    this.#caller.removeEventListener("abort", this);
  }
}

export function request(
  pool: Pool,
  host: string,
  payload: string,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<string> {
  if (options.signal.aborted) return Promise.reject(options.signal.reason);
  return new PendingRequest(pool, options.signal).run(host, payload, options.timeoutMs);
}
