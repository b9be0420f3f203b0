// diagnosis: late-after-abort - the dial obeys its signal, so its rejection is the answer and comes soon enough
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Limits = {
  readonly maxPerHost: number;
  readonly maxIdlePerHost: number;
  readonly maxIdle: number;
  readonly idleTimeoutMs: number;
};

type Empty = { readonly is: "empty" };
type Dialing = { readonly is: "dialing"; readonly cancel: (reason: unknown) => void };
type Lent = { readonly is: "lent"; readonly connection: Connection };
type Idle = { readonly is: "idle"; readonly connection: Connection; readonly since: number; readonly stop: () => void };
type Slot = { host: string; now: Empty | Dialing | Lent | Idle };

/** Puts a caller to work: with a connection, with a slot in which to dial, or (closing) with bad news. */
type Waiter = {
  readonly host: string;
  readonly isGone: () => boolean;
  readonly lend: (connection: Connection) => void;
  readonly dialIn: (slot: Slot) => void;
  readonly refuse: (reason: unknown) => void;
};

const EMPTY: Empty = { is: "empty" };
const closedError = () => new DOMException("acquire on a closed pool", "AbortError");

const createPool = (dial: Dial, limits: Limits) => {
  const slots: Slot[] = [];
  const waiters: Waiter[] = [];
  let releases = 0;
  let closed = false;

  const idleSlots = (host?: string) =>
    slots
      .flatMap((slot) =>
        slot.now.is === "idle" && (host ?? slot.host) === slot.host ? [{ slot, idle: slot.now }] : [],
      )
      .sort((a, b) => b.idle.since - a.idle.since);

  const emptySlot = (host: string): Slot | undefined => {
    const mine = slots.filter((slot) => slot.host === host);
    const empty = mine.find((slot) => slot.now.is === "empty");
    if (empty !== undefined || mine.length >= limits.maxPerHost) return empty;
    const added: Slot = { host, now: EMPTY };
    slots.push(added);
    return added;
  };

  const nextWaiter = (host: string): Waiter | undefined => {
    const at = waiters.findIndex((waiter) => waiter.host === host);
    if (at === -1) return undefined;
    const [waiter] = waiters.splice(at, 1);
    return waiter?.isGone() ? nextWaiter(host) : waiter;
  };

  const vacate = (slot: Slot): void => {
    slot.now = EMPTY;
    nextWaiter(slot.host)?.dialIn(slot);
  };

  const retire = ({ slot, idle }: { slot: Slot; idle: Idle }): void => {
    idle.stop();
    slot.now = EMPTY; // nobody waits for this host: it had an idle connection
    idle.connection.close();
  };

  const rest = (slot: Slot, connection: Connection): void => {
    const timer = setTimeout(() => retire({ slot, idle }), limits.idleTimeoutMs);
    const idle: Idle = { is: "idle", connection, since: ++releases, stop: () => clearTimeout(timer) };
    slot.now = idle;
    idleSlots(slot.host).slice(limits.maxIdlePerHost).forEach(retire);
    idleSlots().slice(limits.maxIdle).forEach(retire);
  };

  const reuse = (host: string): Connection | undefined => {
    const [found] = idleSlots(host);
    if (found === undefined) return undefined;
    if (!found.idle.connection.healthy) {
      retire(found);
      return reuse(host);
    }
    found.idle.stop();
    found.slot.now = { is: "lent", connection: found.idle.connection };
    return found.idle.connection;
  };

  const acquire = (host: string, signal: AbortSignal): Promise<Connection> => {
    if (closed || signal.aborted) return Promise.reject(signal.aborted ? signal.reason : closedError());
    const reused = reuse(host);
    if (reused !== undefined) return Promise.resolve(reused);

    return new Promise((resolve, reject) => {
      const cleanUp = (): void => signal.removeEventListener("abort", onAbort);
      const answer =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          cleanUp();
          settle(value);
        };
      const lend = answer(resolve);
      const refuse = answer(reject);

      const dialIn = (slot: Slot): void => {
        const controller = new AbortController();
        let abandoned = false;
        const cancel = (reason: unknown): void => {
          if (abandoned) return;
          abandoned = true;
          controller.abort(reason);
        };
        onGone = cancel;
        slot.now = { is: "dialing", cancel };

        const arrived = (connection: Connection): void => {
          if (signal.aborted) cancel(signal.reason);
          if (abandoned) {
            connection.close();
            refuse(controller.signal.reason);
            vacate(slot);
          } else {
            slot.now = { is: "lent", connection };
            lend(connection);
          }
        };
        const failed = (error: unknown): void => {
          if (signal.aborted) cancel(signal.reason);
          refuse(abandoned ? controller.signal.reason : error);
          vacate(slot);
        };
        (async () => dial(host, controller.signal))().then(arrived, failed);
      };

      const waiter: Waiter = {
        host,
        isGone: () => {
          if (signal.aborted) refuse(signal.reason);
          return signal.aborted;
        },
        lend,
        dialIn,
        refuse,
      };
      let onGone = (reason: unknown): void => {
        waiters.splice(waiters.indexOf(waiter), 1);
        refuse(reason);
      };
      const onAbort = (): void => onGone(signal.reason);
      signal.addEventListener("abort", onAbort);

      const slot = emptySlot(host);
      if (slot === undefined) waiters.push(waiter);
      else dialIn(slot);
    });
  };

  const release = (connection: Connection): void => {
    const slot = slots.find(({ now }) => now.is === "lent" && now.connection === connection);
    if (slot === undefined) return;
    if (closed || !connection.healthy) {
      connection.close();
      vacate(slot);
      return;
    }
    const next = nextWaiter(slot.host);
    if (next !== undefined) next.lend(connection);
    else rest(slot, connection);
  };

  const close = (): void => {
    closed = true;
    idleSlots().forEach(retire);
    waiters.splice(0).forEach((waiter) => waiter.refuse(closedError()));
    slots.forEach(({ now }) => now.is === "dialing" && now.cancel(closedError()));
  };

  const count = (is: Slot["now"]["is"]) => slots.filter((slot) => slot.now.is === is).length;
  const stats = () => ({
    idle: count("idle"),
    inUse: count("lent"),
    dialing: count("dialing"),
    waiting: waiters.length,
  });

  return { acquire, release, close, stats };
};

export class Pool {
  readonly #pool: ReturnType<typeof createPool>;

  constructor(dial: Dial, options: Limits) {
    this.#pool = createPool(dial, options);
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    return this.#pool.acquire(host, signal);
  }

  release(connection: Connection): void {
    this.#pool.release(connection);
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return this.#pool.stats();
  }

  close(): void {
    this.#pool.close();
  }
}
