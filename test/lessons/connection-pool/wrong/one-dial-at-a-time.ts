// diagnosis: serial-not-parallel, limit-not-reached - a host is dialed one connection after the other, so as not to flood it
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Call = { over: boolean; stop: (reason: unknown) => void };
type Turn = { call: Call; go: (connection: Connection | null) => void };
type Idle = { connection: Connection; at: number; timer: ReturnType<typeof setTimeout> };
type Lane = { busy: Promise<unknown>; inUse: Set<Connection>; dialing: number; idle: Idle[]; line: Turn[] };

export class Pool {
  #dial: Dial;
  #limits: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  #lanes = new Map<string, Lane>();
  #calls = new Set<Call>();
  #closed = false;
  #clock = 0;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.#dial = dial;
    this.#limits = options;
  }

  get stats() {
    const lanes = [...this.#lanes.values()];
    const sum = (of: (lane: Lane) => number) => lanes.reduce((total, lane) => total + of(lane), 0);
    return Object.freeze({
      idle: sum((lane) => lane.idle.length),
      inUse: sum((lane) => lane.inUse.size),
      dialing: sum((lane) => lane.dialing),
      waiting: sum((lane) => lane.line.length),
    });
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    if (this.#closed) return Promise.reject(closedError());
    if (signal.aborted) return Promise.reject(signal.reason);
    const lane = this.#lane(host);

    for (let idle = lane.idle.pop(); idle; idle = lane.idle.pop()) {
      clearTimeout(idle.timer);
      if (idle.connection.healthy) {
        lane.inUse.add(idle.connection);
        return Promise.resolve(idle.connection);
      }
      idle.connection.close();
    }

    const controller = new AbortController();
    const call: Call = { over: false, stop: () => {} };
    const stopped = new Promise<never>((_, reject) => {
      call.stop = (reason) => {
        if (call.over) return;
        call.over = true;
        lane.line = lane.line.filter((turn) => turn.call !== call);
        reject(reason);
        controller.abort(reason);
      };
    });
    const onAbort = () => call.stop(signal.reason);
    signal.addEventListener("abort", onAbort);
    this.#calls.add(call);

    const turn = new Promise<Connection | null>((go) => {
      if (lane.inUse.size + lane.dialing + lane.idle.length < this.#limits.maxPerHost) {
        lane.dialing++;
        go(null);
      } else {
        lane.line.push({ call, go });
      }
    });

    const dialInTurn = () => {
      if (call.over) {
        // Given up between the grant of the slot and this turn.
        this.#slotFreed(lane);
        return stopped;
      }
      const dialed = this.#dial(host, controller.signal);
      return dialed.then(
        (connection) => {
          if (call.over) {
            connection.close();
            this.#slotFreed(lane);
            return stopped;
          }
          call.over = true;
          lane.dialing--;
          lane.inUse.add(connection);
          return connection;
        },
        (error) => {
          this.#slotFreed(lane);
          throw error;
        },
      );
    };

    const served = turn.then((granted) => {
      if (granted) return granted;
      const mine = lane.busy.then(dialInTurn);
      lane.busy = mine.catch(() => {});
      return mine;
    });

    return Promise.race([stopped, served]).finally(() => {
      signal.removeEventListener("abort", onAbort);
      this.#calls.delete(call);
    });
  }

  release(connection: Connection): void {
    const lane = this.#lanes.get(connection.host);
    if (!lane || !lane.inUse.has(connection)) return;

    if (this.#closed || !connection.healthy) {
      lane.inUse.delete(connection);
      connection.close();
      lane.dialing++; // the slot is handed on as a dial, or given up there
      this.#slotFreed(lane);
      return;
    }

    const next = lane.line.shift();
    if (next) {
      next.call.over = true;
      next.go(connection);
      return;
    }

    lane.inUse.delete(connection);
    const idle: Idle = {
      connection,
      at: ++this.#clock,
      timer: setTimeout(() => this.#drop(lane, idle), this.#limits.idleTimeoutMs),
    };
    lane.idle.push(idle);
    if (lane.idle.length > this.#limits.maxIdlePerHost) this.#drop(lane, lane.idle[0]!);
    if (this.stats.idle > this.#limits.maxIdle) {
      const [oldestLane] = [...this.#lanes.values()]
        .filter((each) => each.idle.length > 0)
        .sort((a, b) => a.idle[0]!.at - b.idle[0]!.at);
      this.#drop(oldestLane!, oldestLane!.idle[0]!);
    }
  }

  close(): void {
    this.#closed = true;
    for (const lane of this.#lanes.values()) {
      for (const idle of [...lane.idle]) this.#drop(lane, idle);
    }
    for (const call of [...this.#calls]) call.stop(closedError());
  }

  #lane(host: string): Lane {
    let lane = this.#lanes.get(host);
    if (!lane)
      this.#lanes.set(host, (lane = { busy: Promise.resolve(), inUse: new Set(), dialing: 0, idle: [], line: [] }));
    return lane;
  }

  /** A dial has come to its end without a connection: its slot goes to the next in line. */
  #slotFreed(lane: Lane): void {
    const next = lane.line.shift();
    if (next) next.go(null);
    else lane.dialing--;
  }

  #drop(lane: Lane, idle: Idle): void {
    clearTimeout(idle.timer);
    lane.idle = lane.idle.filter((other) => other !== idle);
    idle.connection.close();
  }
}

function closedError(): DOMException {
  return new DOMException("This pool has been closed.", "AbortError");
}
