// diagnosis: resource-not-released - a closed pool has nothing to do any more, so release has nothing to do either
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Options = { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
type Answer = { connection: Connection } | { error: unknown };

/** Something that came free: a connection to use, or, without one, room to dial. */
class Offer extends Event {
  readonly connection: Connection | undefined;
  constructor(connection?: Connection) {
    super("offer", { cancelable: true });
    this.connection = connection;
  }
  accept(): void {
    this.preventDefault();
    this.stopImmediatePropagation();
  }
}

class Host extends EventTarget {
  readonly name: string;
  readonly idle: Connection[] = [];
  inUse = 0;
  dialing = 0;
  waiting = 0;

  constructor(name: string) {
    super();
    this.name = name;
  }

  /** Listeners are called in the order in which they were added: that is the line. */
  offer(connection?: Connection): boolean {
    return !this.dispatchEvent(new Offer(connection));
  }
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: Options;
  readonly #hosts = new Map<string, Host>();
  readonly #owner = new Map<Connection, Host>(); // of those in use
  readonly #timers = new Map<Connection, { host: Host; id: ReturnType<typeof setTimeout> }>(); // of the idle, in order
  readonly #closed = new AbortController();

  constructor(dial: Dial, options: Options) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    const hosts = [...this.#hosts.values()];
    const sum = (of: (host: Host) => number): number => hosts.reduce((total, host) => total + of(host), 0);
    return {
      idle: sum((host) => host.idle.length),
      inUse: sum((host) => host.inUse),
      dialing: sum((host) => host.dialing),
      waiting: sum((host) => host.waiting),
    };
  }

  acquire(name: string, signal: AbortSignal): Promise<Connection> {
    const closed = this.#closed.signal;
    if (closed.aborted) return Promise.reject(closed.reason);
    if (signal.aborted) return Promise.reject(signal.reason);
    let host = this.#hosts.get(name);
    if (host === undefined) this.#hosts.set(name, (host = new Host(name)));

    for (let connection = host.idle.at(-1); connection !== undefined; connection = host.idle.at(-1)) {
      this.#takeOut(connection);
      if (connection.healthy) {
        host.inUse++;
        this.#owner.set(connection, host);
        return Promise.resolve(connection);
      }
      connection.close();
    }

    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    const stop = this.#onEnd(signal, reject);
    const answer = (outcome: Answer): void => {
      stop.forget();
      if ("connection" in outcome) resolve(outcome.connection);
      else reject(outcome.error);
    };
    if (host.inUse + host.dialing < this.#options.maxPerHost) this.#dialNow(host, signal, stop, answer);
    else this.#waitForOffer(host, signal, stop, answer);
    return promise;
  }

  release(connection: Connection): void {
    if (this.#closed.signal.aborted) return;
    const host = this.#owner.get(connection);
    if (host === undefined) return;
    const usable = connection.healthy;
    if (usable && host.offer(connection)) return;

    this.#owner.delete(connection);
    if (usable) {
      host.inUse--;
      this.#putIn(host, connection);
    } else {
      connection.close();
      host.inUse--;
      host.offer();
    }
  }

  close(): void {
    this.#closed.abort(new DOMException("closed", "AbortError"));
    for (const connection of [...this.#timers.keys()]) {
      this.#takeOut(connection);
      connection.close();
    }
  }

  #waitForOffer(host: Host, signal: AbortSignal, stop: Ending, answer: (outcome: Answer) => void): void {
    const leave = (): void => {
      host.removeEventListener("offer", onOffer);
      host.waiting--;
    };
    const onOffer = (event: Event): void => {
      if (!(event instanceof Offer)) return;
      const ended = [this.#closed.signal, signal].find(({ aborted }) => aborted);
      if (ended !== undefined) return stop.now(ended.reason); // the offer goes on to the next
      event.accept();
      leave();
      stop.clear();
      if (event.connection !== undefined) answer({ connection: event.connection });
      else this.#dialNow(host, signal, stop, answer);
    };
    host.addEventListener("offer", onOffer);
    host.waiting++;
    stop.add(leave);
  }

  #dialNow(host: Host, signal: AbortSignal, stop: Ending, answer: (outcome: Answer) => void): void {
    const attempt = new AbortController();
    stop.add((reason) => attempt.abort(reason));
    host.dialing++;
    const over = (): boolean => {
      host.dialing--;
      if (signal.aborted) stop.now(signal.reason);
      return attempt.signal.aborted;
    };
    new Promise<Connection>((resolve) => {
      resolve(this.#dial(host.name, attempt.signal));
    }).then(
      (connection) => {
        if (over()) {
          connection.close();
          host.offer();
          return;
        }
        host.inUse++;
        this.#owner.set(connection, host);
        answer({ connection });
      },
      (error: unknown) => {
        if (!over()) answer({ error });
        host.offer();
      },
    );
  }

  #putIn(host: Host, connection: Connection): void {
    const drop = (victim = connection): void => {
      this.#takeOut(victim);
      victim.close();
    };
    host.idle.push(connection);
    this.#timers.set(connection, { host, id: setTimeout(drop, this.#options.idleTimeoutMs) });
    if (host.idle.length > this.#options.maxIdlePerHost) drop(host.idle[0]);
    if (this.#timers.size > this.#options.maxIdle) drop(this.#timers.keys().next().value);
  }

  #takeOut(connection: Connection): void {
    const entry = this.#timers.get(connection);
    if (entry === undefined) return;
    clearTimeout(entry.id);
    this.#timers.delete(connection);
    entry.host.idle.splice(entry.host.idle.indexOf(connection), 1);
  }

  /** Follows the caller's signal and the pool's end, whichever comes first, until it is told to forget. */
  #onEnd(signal: AbortSignal, reject: (reason: unknown) => void): Ending {
    const closed = this.#closed.signal;
    let undo: ((reason: unknown) => void)[] = [];
    const forget = (): void => {
      signal.removeEventListener("abort", onAbort);
      closed.removeEventListener("abort", onClosed);
    };
    const now = (reason: unknown): void => {
      forget();
      reject(reason);
      for (const step of undo.splice(0)) step(reason);
    };
    const onAbort = (): void => now(signal.reason);
    const onClosed = (): void => now(closed.reason);
    signal.addEventListener("abort", onAbort);
    closed.addEventListener("abort", onClosed);
    return { forget, now, add: (step) => undo.push(step), clear: () => (undo = []) };
  }
}

interface Ending {
  /** Stop following. */
  forget(): void;
  /** It has ended. */
  now(reason: unknown): void;
  /** What to undo when it ends. */
  add(step: (reason: unknown) => void): void;
  clear(): void;
}
