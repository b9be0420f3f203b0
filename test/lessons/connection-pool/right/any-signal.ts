// style: async/await, one AbortSignal.any per caller joins its own signal and the closing of the pool
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

/** What somebody in line is woken with: a connection, or a slot (already theirs) to dial in. */
type Turn = { readonly connection: Connection } | { readonly slot: true };

interface Place {
  readonly giveUp: AbortSignal;
  readonly call: (turn: Turn) => void;
}

class HostPool {
  readonly name: string;
  readonly idle: { readonly connection: Connection; readonly timer: ReturnType<typeof setTimeout> }[] = [];
  readonly inUse = new Set<Connection>();
  readonly line: Place[] = [];
  dialing = 0;

  constructor(name: string) {
    this.name = name;
  }

  get taken(): number {
    return this.idle.length + this.inUse.size + this.dialing;
  }

  /** The first in line who has not given up. */
  next(): Place | undefined {
    let place = this.line.shift();
    while (place?.giveUp.aborted) place = this.line.shift();
    return place;
  }

  /** To be called after `dialing` went down, or a connection left for good. */
  passSlotOn(): void {
    const place = this.next();
    if (place === undefined) return;
    this.dialing++;
    place.call({ slot: true });
  }
}

export class Pool {
  readonly #dial: Dial;
  readonly #limits: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  readonly #hosts = new Map<string, HostPool>();
  readonly #closing = new AbortController();
  /** Whose connection went idle, oldest first; a connection is here exactly while it is idle. */
  readonly #recency = new Map<Connection, HostPool>();

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#limits = options;
  }

  get stats() {
    const stats = { idle: 0, inUse: 0, dialing: 0, waiting: 0 };
    for (const host of this.#hosts.values()) {
      stats.idle += host.idle.length;
      stats.inUse += host.inUse.size;
      stats.dialing += host.dialing;
      stats.waiting += host.line.length;
    }
    return stats;
  }

  async acquire(name: string, signal: AbortSignal): Promise<Connection> {
    const giveUp = AbortSignal.any([this.#closing.signal, signal]);
    giveUp.throwIfAborted();

    const host = this.#hosts.get(name) ?? new HostPool(name);
    this.#hosts.set(name, host);
    for (let last = host.idle.at(-1); last !== undefined; last = host.idle.at(-1)) {
      this.#wake(host, last.connection);
      if (last.connection.healthy) {
        host.inUse.add(last.connection);
        return last.connection;
      }
      last.connection.close();
    }

    if (host.taken < this.#limits.maxPerHost) {
      host.dialing++;
    } else {
      const turn = await this.#queue(host, giveUp);
      if ("connection" in turn) return turn.connection;
      if (giveUp.aborted) {
        // It struck between the call and this line. The slot is ours, so it is ours to hand on.
        host.dialing--;
        host.passSlotOn();
        throw giveUp.reason;
      }
    }
    return await this.#dialInSlot(host, giveUp);
  }

  release(connection: Connection): void {
    for (const host of this.#hosts.values()) {
      if (!host.inUse.has(connection)) continue;
      if (!this.#closing.signal.aborted && connection.healthy) {
        const place = host.next();
        if (place !== undefined) {
          place.call({ connection });
          return;
        }
        host.inUse.delete(connection);
        this.#rest(host, connection);
      } else {
        host.inUse.delete(connection);
        connection.close();
        host.passSlotOn();
      }
      return;
    }
  }

  close(): void {
    this.#closing.abort(new DOMException("connection pool was closed", "AbortError"));
    for (const [connection, host] of [...this.#recency]) {
      this.#wake(host, connection);
      connection.close();
    }
  }

  #queue(host: HostPool, giveUp: AbortSignal): Promise<Turn> {
    const { promise, resolve, reject } = Promise.withResolvers<Turn>();
    const place: Place = { giveUp, call: resolve };
    host.line.push(place);
    giveUp.addEventListener("abort", () => {
      const at = host.line.indexOf(place);
      if (at !== -1) host.line.splice(at, 1);
      reject(giveUp.reason); // without effect when it has been called already
    });
    return promise;
  }

  async #dialInSlot(host: HostPool, giveUp: AbortSignal): Promise<Connection> {
    const attempt = (async () => {
      let connection: Connection;
      try {
        connection = await this.#dial(host.name, giveUp);
      } catch (error) {
        host.dialing--;
        host.passSlotOn();
        throw giveUp.aborted ? giveUp.reason : error;
      }
      host.dialing--;
      if (giveUp.aborted) {
        connection.close();
        host.passSlotOn();
        throw giveUp.reason;
      }
      host.inUse.add(connection);
      return connection;
    })();

    const { promise: gaveUp, reject } = Promise.withResolvers<never>();
    let open = true;
    attempt.then(
      () => (open = false),
      () => (open = false),
    );
    giveUp.addEventListener("abort", () => open && reject(giveUp.reason), { once: true });
    return await Promise.race([attempt, gaveUp]);
  }

  #rest(host: HostPool, connection: Connection): void {
    const retire = (victim: Connection | undefined, owner: HostPool | undefined): void => {
      if (victim === undefined || owner === undefined) return;
      this.#wake(owner, victim);
      victim.close();
    };
    const timer = setTimeout(retire, this.#limits.idleTimeoutMs, connection, host);
    host.idle.push({ connection, timer });
    this.#recency.set(connection, host);
    if (host.idle.length > this.#limits.maxIdlePerHost) retire(host.idle[0]?.connection, host);
    if (this.#recency.size > this.#limits.maxIdle) {
      const [oldest, owner] = this.#recency.entries().next().value ?? [];
      retire(oldest, owner);
    }
  }

  /** Out of the idle list, and its timer with it. */
  #wake(host: HostPool, connection: Connection): void {
    const at = host.idle.findIndex((entry) => entry.connection === connection);
    const [entry] = host.idle.splice(at, 1);
    clearTimeout(entry?.timer);
    this.#recency.delete(connection);
  }
}
