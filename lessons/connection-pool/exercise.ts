export interface Connection {
  readonly host: string;
  /** Can change at any time: the other side may hang up on an idle connection too. */
  readonly healthy: boolean;
  close(): void;
}

/** Opens a connection. It obeys the signal, but may need time to notice, and may even deliver after all. */
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

export class Pool {
  readonly #dial: Dial;
  readonly #options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  #inUse = 0;
  #dialing = 0;

  /**
   * @param options.maxPerHost connections of one host: in use, being dialed and idle together
   * @param options.maxIdlePerHost idle connections kept for one host
   * @param options.maxIdle idle connections kept for all hosts together
   * @param options.idleTimeoutMs after so long without use, an idle connection is closed
   */
  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  /**
   * The most recently used healthy idle connection of the host; else a new one, while the host is below `maxPerHost`;
   * else this caller's turn in the host's line, first come, first served.
   * When `signal` aborts, rejects at once with its reason. The slot of a dial that was under way comes free once that
   * dial has settled; if it still delivers, its connection is closed.
   */
  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    // Begin here. This is a pool without the pooling: it dials for everybody, at any time, and keeps nothing.
    // First ask who may dial and who must wait, then what has to happen whenever a slot comes free.
    this.#dialing++;
    const connection = await this.#dial(host, signal);
    this.#dialing--;
    this.#inUse++;
    return connection;
  }

  /**
   * Gives a connection back: to the next in line, else to the idle ones, within their limits. An unhealthy one is closed
   * and its slot is free. A connection that is not in use is left alone.
   */
  release(connection: Connection): void {
    this.#inUse--;
    connection.close();
  }

  /** How many there are now, of all hosts. An aborted dial counts as `dialing` until it has settled. */
  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return { idle: 0, inUse: this.#inUse, dialing: this.#dialing, waiting: 0 };
  }

  /**
   * Closes idle connections, aborts dials, and rejects every caller who has no connection yet, and every later `acquire`,
   * with an `AbortError` DOMException. Connections in use are closed as they are released.
   */
  close(): void {
    // You will want this.#options, too.
  }
}
