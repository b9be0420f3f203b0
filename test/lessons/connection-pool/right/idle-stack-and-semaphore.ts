// style: two parts; a fair semaphore with tickets for each host's slots, and a stack of idle connections that keep their tickets
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

/** What somebody in the line is given: a free ticket, or a ticket with the connection that goes with it. */
type Offer = { readonly connection: Connection | undefined };

class Tickets {
  #free: number;
  /** Each says whether it takes the offer: somebody who has left does not. */
  readonly #line: ((offer: Offer) => boolean)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  get waiting(): number {
    return this.#line.length;
  }

  tryTake(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  /** Gives a function that leaves the line. */
  join(taker: (offer: Offer) => boolean): () => void {
    this.#line.push(taker);
    return () => {
      const place = this.#line.indexOf(taker);
      if (place !== -1) this.#line.splice(place, 1);
    };
  }

  /** Whether somebody in the line took it. */
  offer(offer: Offer): boolean {
    for (;;) {
      const taker = this.#line.shift();
      if (taker === undefined) return false;
      if (taker(offer)) return true;
    }
  }

  giveBack(): void {
    if (!this.offer({ connection: undefined })) this.#free++;
  }
}

interface Parked {
  readonly connection: Connection;
  readonly host: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  readonly #tickets = new Map<string, Tickets>();
  /** The top is the one that was used last. */
  readonly #stack: Parked[] = [];
  readonly #lent = new Map<Connection, string>();
  readonly #unanswered = new Set<(reason: unknown) => void>();
  #dialing = 0;
  #closed = false;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    const waiting = [...this.#tickets.values()].reduce((sum, tickets) => sum + tickets.waiting, 0);
    return { idle: this.#stack.length, inUse: this.#lent.size, dialing: this.#dialing, waiting };
  }

  async acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed) throw poolClosed();
    signal.throwIfAborted();
    const reused = this.#pop(host);
    if (reused !== undefined) {
      this.#lent.set(reused, host);
      return reused;
    }
    const answer = Promise.withResolvers<Connection>();
    const dialing = new AbortController();
    let answered = false;
    let leaveLine = (): void => {};
    const settle = (): boolean => {
      if (answered) return false;
      answered = true;
      signal.removeEventListener("abort", onAbort);
      this.#unanswered.delete(fail);
      return true;
    };
    const fail = (reason: unknown): void => {
      leaveLine();
      if (!settle()) return;
      answer.reject(reason);
      dialing.abort(reason);
    };
    const succeed = (connection: Connection): boolean => {
      if (signal.aborted) fail(signal.reason);
      if (!settle()) return false;
      this.#lent.set(connection, host);
      answer.resolve(connection);
      return true;
    };
    const onAbort = (): void => fail(signal.reason);
    signal.addEventListener("abort", onAbort);
    this.#unanswered.add(fail);

    const connect = async (): Promise<void> => {
      this.#dialing++;
      const [dialed] = await Promise.allSettled([(async () => this.#dial(host, dialing.signal))()]);
      this.#dialing--;
      if (dialed.status === "fulfilled") {
        if (succeed(dialed.value)) return;
        dialed.value.close();
      } else fail(signal.aborted ? signal.reason : dialed.reason);
      this.#of(host).giveBack();
    };
    const tickets = this.#of(host);
    if (tickets.tryTake()) void connect();
    else {
      leaveLine = tickets.join(({ connection }) => {
        if (connection !== undefined) return succeed(connection);
        if (signal.aborted) fail(signal.reason);
        if (answered) return false;
        void connect();
        return true;
      });
    }
    return answer.promise;
  }

  release(connection: Connection): void {
    const host = this.#lent.get(connection);
    if (host === undefined) return;
    this.#lent.delete(connection);
    if (this.#closed || !connection.healthy) {
      connection.close();
      this.#of(host).giveBack();
    } else if (!this.#of(host).offer({ connection })) this.#push(connection, host);
  }

  close(): void {
    this.#closed = true;
    while (this.#stack.length > 0) this.#discard(0);
    for (const fail of [...this.#unanswered]) fail(poolClosed());
  }

  #of(host: string): Tickets {
    const tickets = this.#tickets.get(host) ?? new Tickets(this.#options.maxPerHost);
    this.#tickets.set(host, tickets);
    return tickets;
  }

  #push(connection: Connection, host: string): void {
    const { maxIdle, maxIdlePerHost, idleTimeoutMs } = this.#options;
    const timer = setTimeout(() => {
      this.#discard(this.#stack.findIndex((parked) => parked.connection === connection));
    }, idleTimeoutMs);
    this.#stack.push({ connection, host, timer });
    const isOfHost = (parked: Parked): boolean => parked.host === host;
    if (this.#stack.filter(isOfHost).length > maxIdlePerHost) this.#discard(this.#stack.findIndex(isOfHost));
    if (this.#stack.length > maxIdle) this.#discard(0);
  }

  #pop(host: string): Connection | undefined {
    for (;;) {
      const place = this.#stack.findLastIndex((parked) => parked.host === host);
      const parked = this.#stack[place];
      if (parked === undefined) return undefined;
      if (!parked.connection.healthy) {
        this.#discard(place);
        continue;
      }
      this.#stack.splice(place, 1);
      clearTimeout(parked.timer);
      return parked.connection;
    }
  }

  #discard(place: number): void {
    const [parked] = this.#stack.splice(place, 1);
    if (parked === undefined) return;
    clearTimeout(parked.timer);
    parked.connection.close();
    this.#of(parked.host).giveBack();
  }
}

function poolClosed(): DOMException {
  return new DOMException("closed", "AbortError");
}
