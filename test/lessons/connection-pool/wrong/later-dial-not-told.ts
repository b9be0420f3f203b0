// diagnosis: signal-not-passed-on, late-after-abort - the signal matters in line; once it is a caller's turn, the dial is the pool's
// In the style of Go's database/sql: freeConn, connRequests, numOpen, putConn, maybeOpenNewConnections.
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

const errDBClosed = (): DOMException => new DOMException("database is closed", "AbortError");

interface DriverConn {
  readonly ci: Connection;
  readonly db: DB;
  returnedAt: number;
  cleaner: ReturnType<typeof setTimeout> | undefined;
}

interface ConnRequest {
  readonly ctx: AbortSignal;
  readonly opening: AbortController;
  readonly stop: () => void;
  readonly ok: (conn: Connection) => void;
  readonly err: (reason: unknown) => void;
  state: "pending" | "opening" | "over";
  waited: boolean;
}

/** What belongs to one host. */
interface DB {
  readonly host: string;
  freeConn: DriverConn[]; // last returned is last
  connRequests: ConnRequest[];
  readonly opening: Set<ConnRequest>;
  readonly inUse: Map<Connection, DriverConn>;
  numOpen: number; // opened and pending open connections
}

export class Pool {
  private readonly dial: Dial;
  private readonly maxOpen: number;
  private readonly maxIdlePerHost: number;
  private readonly maxIdle: number;
  private readonly connMaxIdleTime: number;
  private readonly dbs = new Map<string, DB>();
  private closed = false;
  private clock = 0;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.dial = dial;
    this.maxOpen = options.maxPerHost;
    this.maxIdlePerHost = options.maxIdlePerHost;
    this.maxIdle = options.maxIdle;
    this.connMaxIdleTime = options.idleTimeoutMs;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    const total = { idle: 0, inUse: 0, dialing: 0, waiting: 0 };
    for (const db of this.dbs.values()) {
      total.idle += db.freeConn.length;
      total.inUse += db.inUse.size;
      total.dialing += db.opening.size;
      total.waiting += db.connRequests.length;
    }
    return total;
  }

  async acquire(host: string, ctx: AbortSignal): Promise<Connection> {
    if (this.closed) throw errDBClosed();
    if (ctx.aborted) throw ctx.reason;
    const db = this.db(host);
    // Prefer a free connection, if possible.
    for (let dc = db.freeConn.pop(); dc !== undefined; dc = db.freeConn.pop()) {
      clearTimeout(dc.cleaner);
      if (dc.ci.healthy) {
        db.inUse.set(dc.ci, dc);
        return dc.ci;
      }
      this.finalClose(dc);
    }
    return this.request(db, ctx);
  }

  release(connection: Connection): void {
    for (const db of this.dbs.values()) {
      const dc = db.inUse.get(connection);
      if (dc === undefined) continue;
      db.inUse.delete(connection);
      if (this.closed || !connection.healthy) {
        this.finalClose(dc);
        this.maybeOpenNewConnections(db);
      } else {
        this.putConn(dc);
      }
      return;
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const reason = errDBClosed();
    for (const db of this.dbs.values()) {
      const requests = db.connRequests;
      db.connRequests = [];
      for (const req of requests) this.giveUp(req, reason);
      for (const req of [...db.opening]) this.giveUp(req, reason);
      const free = db.freeConn;
      db.freeConn = [];
      for (const dc of free) {
        clearTimeout(dc.cleaner);
        this.finalClose(dc);
      }
    }
  }

  private request(db: DB, ctx: AbortSignal): Promise<Connection> {
    return new Promise<Connection>((resolve, reject) => {
      const req: ConnRequest = {
        ctx,
        opening: new AbortController(),
        stop: () => {
          db.connRequests = db.connRequests.filter((other) => other !== req);
          this.giveUp(req, ctx.reason);
        },
        ok: resolve,
        err: reject,
        state: "pending",
        waited: false,
      };
      ctx.addEventListener("abort", req.stop, { once: true });
      db.connRequests.push(req);
      this.maybeOpenNewConnections(db);
      req.waited = true;
    });
  }

  private giveUp(req: ConnRequest, reason: unknown): void {
    if (req.state === "over") return;
    const opening = req.state === "opening";
    this.finish(req);
    req.err(reason);
    if (opening) req.opening.abort(reason);
  }

  private finish(req: ConnRequest): void {
    req.state = "over";
    req.ctx.removeEventListener("abort", req.stop);
  }

  private takeRequest(db: DB): ConnRequest | undefined {
    let req = db.connRequests.shift();
    while (req !== undefined && req.ctx.aborted) {
      this.giveUp(req, req.ctx.reason);
      req = db.connRequests.shift();
    }
    if (req?.waited) req.ctx.removeEventListener("abort", req.stop);
    return req;
  }

  private maybeOpenNewConnections(db: DB): void {
    while (!this.closed && db.numOpen < this.maxOpen) {
      const req = this.takeRequest(db);
      if (req === undefined) return;
      db.numOpen++; // optimistically
      void this.openNewConnection(db, req);
    }
  }

  private async openNewConnection(db: DB, req: ConnRequest): Promise<void> {
    req.state = "opening";
    db.opening.add(req);
    try {
      const ci = await this.dial(db.host, req.opening.signal);
      db.opening.delete(req);
      const dc: DriverConn = { ci, db, returnedAt: 0, cleaner: undefined };
      if (req.state === "opening") {
        db.inUse.set(ci, dc);
        this.finish(req);
        req.ok(ci);
      } else {
        this.finalClose(dc);
      }
    } catch (error) {
      db.opening.delete(req);
      db.numOpen--; // correct for earlier optimism
      if (req.state === "opening") {
        this.finish(req);
        req.err(error);
      }
    }
    this.maybeOpenNewConnections(db);
  }

  private putConn(dc: DriverConn): void {
    const { db } = dc;
    const req = this.takeRequest(db);
    if (req !== undefined) {
      db.inUse.set(dc.ci, dc);
      this.finish(req);
      req.ok(dc.ci);
      return;
    }
    dc.returnedAt = ++this.clock;
    dc.cleaner = setTimeout(() => this.evict(dc), this.connMaxIdleTime);
    db.freeConn.push(dc);
    if (db.freeConn.length > this.maxIdlePerHost) this.evict(db.freeConn[0]);
    if (this.stats.idle > this.maxIdle) this.evict(this.leastRecentlyUsed());
  }

  private leastRecentlyUsed(): DriverConn | undefined {
    let oldest: DriverConn | undefined;
    for (const { freeConn } of this.dbs.values()) {
      const first = freeConn[0];
      if (first !== undefined && (oldest === undefined || first.returnedAt < oldest.returnedAt)) oldest = first;
    }
    return oldest;
  }

  private evict(dc: DriverConn | undefined): void {
    if (dc === undefined || !dc.db.freeConn.includes(dc)) return;
    dc.db.freeConn = dc.db.freeConn.filter((other) => other !== dc);
    clearTimeout(dc.cleaner);
    this.finalClose(dc);
    this.maybeOpenNewConnections(dc.db);
  }

  private finalClose(dc: DriverConn): void {
    dc.db.numOpen--;
    dc.ci.close();
  }

  private db(host: string): DB {
    let db = this.dbs.get(host);
    if (db === undefined) {
      db = { host, freeConn: [], connRequests: [], opening: new Set(), inUse: new Map(), numOpen: 0 };
      this.dbs.set(host, db);
    }
    return db;
  }
}
