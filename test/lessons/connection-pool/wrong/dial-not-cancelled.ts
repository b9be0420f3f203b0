// diagnosis: signal-not-passed-on, work-still-running - the caller is rejected and the late connection is closed, so nobody needs to stop the dial
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;
type Call = { host: string; dialing?: true; give(c: Connection): void; fail(e: unknown): void };

const closedError = () => new DOMException("pool closed", "AbortError");

export class Pool {
  #idle = new Map<Connection, ReturnType<typeof setTimeout>>(); // LRU first
  #used = new Set<Connection>();
  #calls = new Set<Call>(); // unsettled, FIFO
  #dials: string[] = []; // hosts of unsettled dials, abandoned ones too
  #closed = false;
  #dial;
  #o;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#o = options;
  }

  get stats() {
    const waiting = [...this.#calls].filter((c) => !c.dialing).length;
    return { idle: this.#idle.size, inUse: this.#used.size, dialing: this.#dials.length, waiting };
  }

  acquire(host: string, signal: AbortSignal) {
    return new Promise<Connection>((resolve, reject) => {
      if (this.#closed) return reject(closedError());
      if (signal.aborted) return reject(signal.reason);
      for (const c of this.#idleOf(host).reverse()) {
        if (!c.healthy) {
          this.#drop(c);
          continue;
        }
        this.#unpark(c);
        this.#used.add(c);
        return resolve(c);
      }
      const dial = new AbortController();
      const end = () => {
        this.#calls.delete(call);
        signal.removeEventListener("abort", onAbort);
      };
      const call: Call & { signal: AbortSignal } = {
        host,
        signal: dial.signal,
        give: (c) => {
          end();
          this.#used.add(c);
          resolve(c);
        },
        fail: (e) => {
          end();
          reject(e);
          dial.abort(e);
        },
      };
      const onAbort = () => {
        end();
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort);
      this.#calls.add(call);
      this.#next(host);
    });
  }

  release(c: Connection) {
    if (!this.#used.delete(c)) return;
    if (this.#closed || !c.healthy) {
      c.close();
      return this.#next(c.host);
    }
    const call = this.#first(c.host);
    if (call) return call.give(c);
    this.#idle.set(
      c,
      setTimeout(() => this.#drop(c), this.#o.idleTimeoutMs),
    );
    const mine = this.#idleOf(c.host);
    if (mine.length > this.#o.maxIdlePerHost) this.#drop(mine[0]!);
    if (this.#idle.size > this.#o.maxIdle) this.#drop(this.#idle.keys().next().value!);
  }

  close() {
    this.#closed = true;
    for (const c of [...this.#idle.keys()]) this.#drop(c);
    for (const call of [...this.#calls].reverse()) call.fail(closedError());
  }

  #next(host: string) {
    const call = this.#first(host) as (Call & { signal: AbortSignal }) | undefined;
    const taken =
      [...this.#used].filter((c) => c.host === host).length +
      this.#idleOf(host).length +
      this.#dials.filter((h) => h === host).length;
    if (!call || taken >= this.#o.maxPerHost) return;
    call.dialing = true;
    this.#dials.push(host);
    const settled = () => {
      this.#dials.splice(this.#dials.indexOf(host), 1);
      return this.#calls.has(call);
    };
    this.#dial(host, call.signal).then(
      (c) => {
        settled() ? call.give(c) : (c.close(), this.#next(host));
      },
      (e) => {
        if (settled()) call.fail(e);
        this.#next(host);
      },
    );
  }

  #first(host: string) {
    return [...this.#calls].find((c) => c.host === host && !c.dialing);
  }
  #idleOf(host: string) {
    return [...this.#idle.keys()].filter((c) => c.host === host);
  }
  #unpark(c: Connection) {
    clearTimeout(this.#idle.get(c));
    this.#idle.delete(c);
  }
  #drop(c: Connection) {
    this.#unpark(c);
    c.close();
  }
}
