// style: an actor; everything that happens is put into a mailbox, and what it means is decided in one place, one piece at a time
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface Options {
  maxPerHost: number;
  maxIdlePerHost: number;
  maxIdle: number;
  idleTimeoutMs: number;
}

type Mail =
  | { readonly about: "wanted" | "gone"; readonly caller: Caller }
  | { readonly about: "dialed"; readonly caller: Caller; readonly connection: Connection }
  | { readonly about: "refused"; readonly caller: Caller; readonly error: unknown }
  | { readonly about: "returned" | "expired"; readonly connection: Connection }
  | { readonly about: "closed" };

interface Caller {
  readonly host: string;
  readonly signal: AbortSignal;
  readonly dial: AbortController;
  open: boolean;
  readonly grant: (connection: Connection) => void;
  readonly refuse: (reason: unknown) => void;
}

interface Held {
  readonly host: string;
  /** Of one that rests. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

export class Pool {
  readonly #dial: Dial;
  readonly #options: Options;
  readonly #mailbox: Mail[] = [];
  #reading = false;
  #closed = false;
  readonly #waiting = new Set<Caller>();
  readonly #dialing = new Set<Caller>();
  readonly #inUse = new Map<Connection, Held>();
  readonly #idle = new Map<Connection, Held>();

  constructor(dial: Dial, options: Options) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats() {
    const [waiting, dialing, inUse, idle] = [this.#waiting, this.#dialing, this.#inUse, this.#idle];
    return { idle: idle.size, inUse: inUse.size, dialing: dialing.size, waiting: waiting.size };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    const answer = (): void => {
      caller.open = false;
      signal.removeEventListener("abort", leave);
    };
    const caller: Caller = {
      host,
      signal,
      dial: new AbortController(),
      open: true,
      grant: (connection) => {
        answer();
        resolve(connection);
      },
      refuse: (reason) => {
        if (!caller.open) return;
        answer();
        reject(reason);
        caller.dial.abort(reason);
      },
    };
    const leave = (): void => this.#post({ about: "gone", caller });
    signal.addEventListener("abort", leave);
    this.#post({ about: "wanted", caller });
    return promise;
  }

  release(connection: Connection): void {
    this.#post({ about: "returned", connection });
  }

  close(): void {
    this.#post({ about: "closed" });
  }

  /** Mail that comes while some is being read waits until that is done. */
  #post(mail: Mail): void {
    this.#mailbox.push(mail);
    if (this.#reading) return;
    this.#reading = true;
    for (let next = this.#mailbox.shift(); next !== undefined; next = this.#mailbox.shift()) this.#read(next);
    this.#reading = false;
  }

  #read(mail: Mail): void {
    switch (mail.about) {
      case "wanted":
        if (this.#closed) mail.caller.refuse(closedError());
        else this.#seat(mail.caller);
        return;
      case "gone":
        this.#waiting.delete(mail.caller);
        mail.caller.refuse(mail.caller.signal.reason);
        return;
      case "dialed":
        this.#dialing.delete(mail.caller);
        if (this.#stays(mail.caller)) {
          this.#lend(mail.connection, mail.caller);
          return;
        }
        mail.connection.close();
        this.#advance(mail.caller.host);
        return;
      case "refused":
        this.#dialing.delete(mail.caller);
        if (this.#stays(mail.caller)) mail.caller.refuse(mail.error);
        this.#advance(mail.caller.host);
        return;
      case "returned":
        this.#takeBack(mail.connection);
        return;
      case "expired":
        this.#drop(mail.connection);
        return;
      case "closed":
        this.#shut();
    }
  }

  /** Whether the caller is still there; one that has just aborted hears it now. */
  #stays(caller: Caller): boolean {
    if (caller.signal.aborted) caller.refuse(caller.signal.reason);
    return caller.open;
  }

  #seat(caller: Caller): void {
    for (const [connection, { host }] of [...this.#idle].reverse()) {
      if (host !== caller.host) continue;
      if (connection.healthy) {
        clearTimeout(this.#idle.get(connection)?.timer);
        this.#idle.delete(connection);
        this.#lend(connection, caller);
        return;
      }
      this.#drop(connection);
    }
    this.#waiting.add(caller);
    this.#advance(caller.host);
  }

  #lend(connection: Connection, caller: Caller): void {
    this.#inUse.set(connection, { host: caller.host, timer: undefined });
    caller.grant(connection);
  }

  #slots(host: string): number {
    let taken = 0;
    for (const group of [this.#inUse.values(), this.#idle.values(), this.#dialing]) {
      for (const each of group) if (each.host === host) taken++;
    }
    return this.#options.maxPerHost - taken;
  }

  #first(host: string): Caller | undefined {
    for (const caller of this.#waiting) {
      if (caller.host !== host) continue;
      this.#waiting.delete(caller);
      if (this.#stays(caller)) return caller;
    }
    return undefined;
  }

  #advance(host: string): void {
    while (this.#slots(host) > 0) {
      const caller = this.#first(host);
      if (caller === undefined) return;
      this.#dialing.add(caller);
      void this.#call(caller);
    }
  }

  async #call(caller: Caller): Promise<void> {
    let mail: Mail;
    try {
      mail = { about: "dialed", caller, connection: await this.#dial(caller.host, caller.dial.signal) };
    } catch (error) {
      mail = { about: "refused", caller, error };
    }
    this.#post(mail);
  }

  #takeBack(connection: Connection): void {
    const held = this.#inUse.get(connection);
    if (held === undefined) return;
    const { host } = held;
    this.#inUse.delete(connection);
    if (this.#closed || !connection.healthy) {
      connection.close();
      this.#advance(host);
      return;
    }
    const next = this.#first(host);
    if (next !== undefined) {
      this.#lend(connection, next);
      return;
    }
    const timer = setTimeout(() => this.#post({ about: "expired", connection }), this.#options.idleTimeoutMs);
    this.#idle.set(connection, { host, timer });
    const mates = [...this.#idle].filter(([, other]) => other.host === host);
    if (mates.length > this.#options.maxIdlePerHost) this.#drop(mates[0]?.[0]);
    if (this.#idle.size > this.#options.maxIdle) this.#drop([...this.#idle.keys()][0]);
  }

  #drop(connection: Connection | undefined): void {
    if (connection === undefined) return;
    const held = this.#idle.get(connection);
    if (held === undefined) return;
    clearTimeout(held.timer);
    this.#idle.delete(connection);
    connection.close();
  }

  #shut(): void {
    this.#closed = true;
    for (const connection of [...this.#idle.keys()]) this.#drop(connection);
    const callers = [...this.#waiting, ...this.#dialing];
    this.#waiting.clear();
    for (const caller of callers) caller.refuse(closedError());
  }
}

function closedError(): DOMException {
  return new DOMException("the pool was closed", "AbortError");
}
