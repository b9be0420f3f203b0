// diagnosis: timer-still-armed, deadline-missed - the timer checks whether the connection is still idle, so it may go on running while the connection is in use
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

interface ConnectionRecord {
  connection: Connection;
  host: string;
  state: "inUse" | "idle" | "closed";
  releasedAt: number; // a counter, not a time
  idleTimer: ReturnType<typeof setTimeout> | undefined;
}

interface DialRecord {
  host: string;
  controller: AbortController;
  caller: CallerRecord;
}

interface CallerRecord {
  host: string;
  signal: AbortSignal;
  abortListener: (() => void) | undefined;
  resolve: (connection: Connection) => void;
  reject: (reason: unknown) => void;
  isSettled: boolean;
}

export class Pool {
  private dialFunction: Dial;
  private maxPerHost: number;
  private maxIdlePerHost: number;
  private maxIdle: number;
  private idleTimeoutMs: number;

  private records: ConnectionRecord[] = [];
  private dialRecords: DialRecord[] = [];
  private waitingCallers: CallerRecord[] = [];
  private isClosed = false;
  private releaseCounter = 0;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.dialFunction = dial;
    this.maxPerHost = options.maxPerHost;
    this.maxIdlePerHost = options.maxIdlePerHost;
    this.maxIdle = options.maxIdle;
    this.idleTimeoutMs = options.idleTimeoutMs;
  }

  public get stats() {
    return {
      idle: this.records.filter((record) => record.state === "idle").length,
      inUse: this.records.filter((record) => record.state === "inUse").length,
      dialing: this.dialRecords.length,
      waiting: this.waitingCallers.length,
    };
  }

  public acquire(host: string, signal: AbortSignal): Promise<Connection> {
    // 1. Nothing may start for a caller who has already given up.
    if (signal.aborted) {
      return Promise.reject(signal.reason);
    }

    // 2. A closed pool gives nothing any more.
    if (this.isClosed) {
      return Promise.reject(this.makeClosedError());
    }

    // 3. The connection that was released last, as long as it is healthy.
    let candidate = this.findNewestIdle(host);
    while (candidate !== undefined) {
      if (candidate.connection.healthy) {
        candidate.state = "inUse";
        return Promise.resolve(candidate.connection);
      }
      this.stopIdleTimer(candidate);
      this.closeRecord(candidate);
      candidate = this.findNewestIdle(host);
    }

    // 4. A new one, or a place in the line.
    return new Promise<Connection>((resolve, reject) => {
      const caller: CallerRecord = { host, signal, abortListener: undefined, resolve, reject, isSettled: false };
      caller.abortListener = () => {
        this.handleCallerAbort(caller);
      };
      signal.addEventListener("abort", caller.abortListener);
      if (this.countForHost(host) < this.maxPerHost) {
        this.beginDial(caller);
      } else {
        this.waitingCallers.push(caller);
      }
    });
  }

  public release(connection: Connection): void {
    const record = this.records.find((other) => other.connection === connection && other.state === "inUse");
    if (record === undefined) {
      return; // not in use: nothing to do
    }

    // The pool is gone: so is the connection.
    if (this.isClosed) {
      this.closeRecord(record);
      return;
    }

    // A broken connection makes room for a new one.
    if (!connection.healthy) {
      this.closeRecord(record);
      this.giveSlotToNextInLine(record.host);
      return;
    }

    // Somebody is waiting for exactly this.
    const nextCaller = this.takeNextInLine(record.host);
    if (nextCaller !== undefined) {
      this.resolveCaller(nextCaller, connection);
      return;
    }

    // Nobody needs it now: keep it for a while.
    record.state = "idle";
    record.releasedAt = this.releaseCounter;
    this.releaseCounter += 1;
    record.idleTimer = setTimeout(() => {
      this.handleIdleTimeout(record);
    }, this.idleTimeoutMs);
    this.enforceIdleLimits(record.host);
  }

  public close(): void {
    this.isClosed = true;

    for (const record of [...this.records]) {
      if (record.state === "idle") {
        this.stopIdleTimer(record);
        this.closeRecord(record);
      }
    }

    const waiting = this.waitingCallers;
    this.waitingCallers = [];
    for (const caller of waiting) {
      this.rejectCaller(caller, this.makeClosedError());
    }

    for (const dialRecord of [...this.dialRecords]) {
      const error = this.makeClosedError();
      this.rejectCaller(dialRecord.caller, error);
      dialRecord.controller.abort(error);
    }
  }

  private beginDial(caller: CallerRecord): void {
    const dialRecord: DialRecord = { host: caller.host, controller: new AbortController(), caller };
    this.dialRecords.push(dialRecord);

    this.dialFunction(caller.host, dialRecord.controller.signal).then(
      (connection) => {
        this.removeDialRecord(dialRecord);
        if (caller.isSettled) {
          // Too late: the caller has gone.
          connection.close();
          this.giveSlotToNextInLine(caller.host);
          return;
        }
        this.records.push({ connection, host: caller.host, state: "inUse", releasedAt: -1, idleTimer: undefined });
        this.resolveCaller(caller, connection);
      },
      (error) => {
        this.removeDialRecord(dialRecord);
        this.rejectCaller(caller, error);
        this.giveSlotToNextInLine(caller.host);
      },
    );
  }

  private giveSlotToNextInLine(host: string): void {
    if (this.isClosed) {
      return;
    }
    if (this.countForHost(host) >= this.maxPerHost) {
      return;
    }
    const nextCaller = this.takeNextInLine(host);
    if (nextCaller !== undefined) {
      this.beginDial(nextCaller);
    }
  }

  private takeNextInLine(host: string): CallerRecord | undefined {
    const index = this.waitingCallers.findIndex((caller) => caller.host === host && !caller.signal.aborted);
    if (index === -1) {
      return undefined;
    }
    const caller = this.waitingCallers[index];
    this.waitingCallers.splice(index, 1);
    return caller;
  }

  private handleCallerAbort(caller: CallerRecord): void {
    const index = this.waitingCallers.indexOf(caller);
    if (index !== -1) {
      this.waitingCallers.splice(index, 1);
    }
    const reason = caller.signal.reason;
    this.rejectCaller(caller, reason);
    const dialRecord = this.dialRecords.find((other) => other.caller === caller);
    if (dialRecord !== undefined) {
      dialRecord.controller.abort(reason);
    }
  }

  private handleIdleTimeout(record: ConnectionRecord): void {
    record.idleTimer = undefined;
    if (record.state === "idle") {
      this.closeRecord(record);
    }
  }

  private enforceIdleLimits(host: string): void {
    const idleOfHost = this.idleOldestFirst().filter((record) => record.host === host);
    if (idleOfHost.length > this.maxIdlePerHost) {
      const oldest = idleOfHost[0]!;
      this.stopIdleTimer(oldest);
      this.closeRecord(oldest);
    }
    const idleOfAll = this.idleOldestFirst();
    if (idleOfAll.length > this.maxIdle) {
      const oldest = idleOfAll[0]!;
      this.stopIdleTimer(oldest);
      this.closeRecord(oldest);
    }
  }

  private idleOldestFirst(): ConnectionRecord[] {
    return this.records
      .filter((record) => record.state === "idle")
      .sort((left, right) => left.releasedAt - right.releasedAt);
  }

  private findNewestIdle(host: string): ConnectionRecord | undefined {
    return this.idleOldestFirst()
      .filter((record) => record.host === host)
      .pop();
  }

  private countForHost(host: string): number {
    const connections = this.records.filter((record) => record.host === host).length;
    const dials = this.dialRecords.filter((dialRecord) => dialRecord.host === host).length;
    return connections + dials;
  }

  private resolveCaller(caller: CallerRecord, connection: Connection): void {
    if (caller.isSettled) {
      return;
    }
    this.markSettled(caller);
    caller.resolve(connection);
  }

  private rejectCaller(caller: CallerRecord, reason: unknown): void {
    if (caller.isSettled) {
      return;
    }
    this.markSettled(caller);
    caller.reject(reason);
  }

  private markSettled(caller: CallerRecord): void {
    caller.isSettled = true;
    if (caller.abortListener !== undefined) {
      caller.signal.removeEventListener("abort", caller.abortListener);
      caller.abortListener = undefined;
    }
  }

  private stopIdleTimer(record: ConnectionRecord): void {
    if (record.idleTimer !== undefined) {
      clearTimeout(record.idleTimer);
      record.idleTimer = undefined;
    }
  }

  private closeRecord(record: ConnectionRecord): void {
    record.state = "closed";
    this.records = this.records.filter((other) => other !== record);
    record.connection.close();
  }

  private removeDialRecord(dialRecord: DialRecord): void {
    this.dialRecords = this.dialRecords.filter((other) => other !== dialRecord);
  }

  private makeClosedError(): DOMException {
    return new DOMException("The pool has been closed", "AbortError");
  }
}
