// diagnosis: wrong-result, order-lost - when the idle list of the host is full there is no room for the connection that comes back
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Ticket {
  readonly host: string;
  readonly signal: AbortSignal;
  readonly resolve: (connection: Connection) => void;
  readonly reject: (reason: unknown) => void;
  onAbort: () => void;
  dial: AbortController | undefined;
  settled: boolean;
}

interface Idle {
  readonly connection: Connection;
  readonly host: string;
  readonly timer: ReturnType<typeof setTimeout>;
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  readonly #inUse = new Map<Connection, string>();
  readonly #dialing = new Set<Ticket>();
  #idle: Idle[] = []; // least recently used first
  #waiting: Ticket[] = [];
  #closed = false;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return {
      idle: this.#idle.length,
      inUse: this.#inUse.size,
      dialing: this.#dialing.size,
      waiting: this.#waiting.length,
    };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.#closed) {
        reject(new DOMException("The pool is closed", "AbortError"));
        return;
      }
      const reused = this.#takeIdle(host);
      if (reused !== undefined) {
        resolve(reused);
        return;
      }
      const ticket: Ticket = { host, signal, resolve, reject, onAbort: () => {}, dial: undefined, settled: false };
      ticket.onAbort = () => this.#giveUp(ticket, signal.reason);
      signal.addEventListener("abort", ticket.onAbort);
      if (this.#taken(host) < this.#options.maxPerHost) this.#startDial(ticket);
      else this.#waiting.push(ticket);
    });
  }

  release(connection: Connection): void {
    const host = this.#inUse.get(connection);
    if (host === undefined) return;
    this.#inUse.delete(connection);
    if (this.#closed || !connection.healthy) {
      connection.close();
      this.#slotFreed(host);
      return;
    }
    const next = this.#nextInLine(host);
    if (next !== undefined) {
      this.#grant(next, connection);
      return;
    }
    this.#park(connection, host);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const idle = this.#idle;
    this.#idle = [];
    for (const entry of idle) {
      clearTimeout(entry.timer);
      entry.connection.close();
    }
    for (const ticket of [...this.#waiting, ...this.#dialing]) {
      this.#giveUp(ticket, new DOMException("The pool is closed", "AbortError"));
    }
  }

  #giveUp(ticket: Ticket, reason: unknown): void {
    if (ticket.settled) return;
    this.#settle(ticket);
    this.#waiting = this.#waiting.filter((other) => other !== ticket);
    ticket.reject(reason);
    ticket.dial?.abort(reason);
  }

  #settle(ticket: Ticket): void {
    ticket.settled = true;
    ticket.signal.removeEventListener("abort", ticket.onAbort);
  }

  #grant(ticket: Ticket, connection: Connection): void {
    this.#inUse.set(connection, ticket.host);
    this.#settle(ticket);
    ticket.resolve(connection);
  }

  #startDial(ticket: Ticket): void {
    ticket.dial = new AbortController();
    this.#dialing.add(ticket);
    this.#dial(ticket.host, ticket.dial.signal).then(
      (connection) => {
        this.#dialing.delete(ticket);
        if (ticket.settled) {
          connection.close();
          this.#slotFreed(ticket.host);
        } else {
          this.#grant(ticket, connection);
        }
      },
      (error) => {
        this.#dialing.delete(ticket);
        if (!ticket.settled) {
          this.#settle(ticket);
          ticket.reject(error);
        }
        this.#slotFreed(ticket.host);
      },
    );
  }

  #slotFreed(host: string): void {
    if (this.#taken(host) >= this.#options.maxPerHost) return;
    const next = this.#nextInLine(host);
    if (next !== undefined) this.#startDial(next);
  }

  #nextInLine(host: string): Ticket | undefined {
    // One whose signal has aborted is about to leave through its own listener.
    const index = this.#waiting.findIndex((ticket) => ticket.host === host && !ticket.signal.aborted);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  #taken(host: string): number {
    let count = 0;
    for (const other of this.#inUse.values()) if (other === host) count++;
    for (const ticket of this.#dialing) if (ticket.host === host) count++;
    for (const entry of this.#idle) if (entry.host === host) count++;
    return count;
  }

  #takeIdle(host: string): Connection | undefined {
    for (;;) {
      const index = this.#idle.findLastIndex((entry) => entry.host === host);
      if (index < 0) return undefined;
      const { connection } = this.#remove(index);
      if (connection.healthy) {
        this.#inUse.set(connection, host);
        return connection;
      }
      connection.close();
    }
  }

  #park(connection: Connection, host: string): void {
    const timer = setTimeout(() => {
      const index = this.#idle.findIndex((entry) => entry.connection === connection);
      if (index >= 0) this.#remove(index).connection.close();
    }, this.#options.idleTimeoutMs);
    this.#idle.push({ connection, host, timer });
    if (this.#idle.filter((entry) => entry.host === host).length > this.#options.maxIdlePerHost) {
      this.#remove(this.#idle.length - 1).connection.close();
    }
    if (this.#idle.length > this.#options.maxIdle) this.#remove(0).connection.close();
  }

  #remove(index: number): Idle {
    const [entry] = this.#idle.splice(index, 1);
    clearTimeout(entry!.timer);
    return entry!;
  }
}
