// style: reservations; a slot is asked for first, as a promise of leave to dial or of a connection, and a host is a small ledger
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Options = ConstructorParameters<typeof Pool>[1];
/** What a caller gets for its turn: somebody's connection, or leave to dial one. */
type Turn = { readonly connection: Connection } | "dial";

interface Waiter {
  readonly signal: AbortSignal;
  take(turn: Turn): void;
}

/** One host's slots, whatever they are used for. */
class Ledger {
  taken = 0;
  readonly waiters: Waiter[] = [];
}

interface Rest {
  readonly connection: Connection;
  readonly host: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: Options;
  readonly #ledgers = new Map<string, Ledger>();
  readonly #lent = new Map<Connection, string>();
  readonly #closing = new AbortController();
  /** The one that rests for the longest comes first. */
  #resting: Rest[] = [];
  #dials = 0;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    let waiting = 0;
    for (const { waiters } of this.#ledgers.values()) waiting += waiters.length;
    return { idle: this.#resting.length, inUse: this.#lent.size, dialing: this.#dials, waiting };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    const closing = this.#closing.signal;
    if (closing.aborted) return Promise.reject(closing.reason);
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const giveUp = new AbortController();
      const answered = (): void => {
        signal.removeEventListener("abort", onAbort);
        closing.removeEventListener("abort", onClose);
      };
      const leave = (reason: unknown): void => {
        answered();
        reject(reason);
        giveUp.abort(reason);
      };
      const onAbort = (): void => leave(signal.reason);
      const onClose = (): void => leave(closing.reason);
      signal.addEventListener("abort", onAbort);
      closing.addEventListener("abort", onClose);
      const use = (connection: Connection): void => {
        answered();
        this.#lent.set(connection, host);
        resolve(connection);
      };
      this.#reserve(host, signal, giveUp.signal, (turn) => {
        if (turn !== "dial") use(turn.connection);
        else this.#connect(host, signal, giveUp.signal, use, leave);
      });
    });
  }

  /** Calls `take` once it is this caller's turn; never where it gives up before. */
  #reserve(host: string, signal: AbortSignal, gone: AbortSignal, take: (turn: Turn) => void): void {
    const ledger = this.#ledgerOf(host);
    const connection = this.#wakeOne(host);
    if (connection !== undefined) return take({ connection });
    if (ledger.taken < this.#options.maxPerHost) {
      ledger.taken++;
      return take("dial");
    }
    const waiter: Waiter = { signal, take };
    ledger.waiters.push(waiter);
    gone.addEventListener("abort", () => {
      const place = ledger.waiters.indexOf(waiter);
      if (place >= 0) ledger.waiters.splice(place, 1);
    });
  }

  #connect(
    host: string,
    signal: AbortSignal,
    gone: AbortSignal,
    use: (connection: Connection) => void,
    leave: (reason: unknown) => void,
  ): void {
    this.#dials++;
    let dialed: Promise<Connection>;
    try {
      dialed = this.#dial(host, gone);
    } catch (error) {
      dialed = Promise.reject(error);
    }
    dialed.then(
      (connection) => {
        this.#dials--;
        // The signal may have aborted a moment ago, and our listener's turn may be still to come.
        if (signal.aborted) leave(signal.reason);
        if (!gone.aborted) return use(connection);
        connection.close();
        this.#slotFree(host);
      },
      (error) => {
        this.#dials--;
        if (!gone.aborted) leave(signal.aborted ? signal.reason : error);
        this.#slotFree(host);
      },
    );
  }

  release(connection: Connection): void {
    const host = this.#lent.get(connection);
    if (host === undefined) return;
    this.#lent.delete(connection);
    if (this.#closing.signal.aborted || !connection.healthy) {
      connection.close();
      this.#slotFree(host);
      return;
    }
    const next = this.#nextOf(host);
    if (next !== undefined) return next.take({ connection });
    const timer = setTimeout(() => this.#evict(rest), this.#options.idleTimeoutMs);
    const rest: Rest = { connection, host, timer };
    this.#resting.push(rest);
    const neighbours = this.#resting.filter((other) => other.host === host);
    if (neighbours.length > this.#options.maxIdlePerHost) this.#evict(neighbours[0]);
    else if (this.#resting.length > this.#options.maxIdle) this.#evict(this.#resting[0]);
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new DOMException("this pool is closed", "AbortError"));
    for (const rest of this.#resting) {
      clearTimeout(rest.timer);
      rest.connection.close();
    }
    this.#resting = [];
  }

  #ledgerOf(host: string): Ledger {
    let ledger = this.#ledgers.get(host);
    if (ledger === undefined) this.#ledgers.set(host, (ledger = new Ledger()));
    return ledger;
  }

  #nextOf(host: string): Waiter | undefined {
    const { waiters } = this.#ledgerOf(host);
    for (let next = waiters.shift(); next !== undefined; next = waiters.shift()) {
      if (!next.signal.aborted) return next;
    }
    return undefined;
  }

  /** The slot goes to the next in line, who dials; or nobody has it. */
  #slotFree(host: string): void {
    const next = this.#closing.signal.aborted ? undefined : this.#nextOf(host);
    if (next === undefined) this.#ledgerOf(host).taken--;
    else next.take("dial");
  }

  #wakeOne(host: string): Connection | undefined {
    for (;;) {
      const rest = this.#resting.findLast((other) => other.host === host);
      if (rest === undefined) return undefined;
      if (rest.connection.healthy) {
        this.#forget(rest);
        return rest.connection;
      }
      this.#evict(rest);
    }
  }

  #evict(rest: Rest | undefined): void {
    if (rest === undefined) return;
    this.#forget(rest);
    rest.connection.close();
    this.#ledgerOf(rest.host).taken--;
  }

  #forget(rest: Rest): void {
    clearTimeout(rest.timer);
    this.#resting = this.#resting.filter((other) => other !== rest);
  }
}
