// diagnosis: limit-not-reached - first come, first served: who came first is served first, whatever host they asked for
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

/** A promise that is settled from outside, at most once, and says what it has become. */
class Pending<T> {
  readonly promise: Promise<T>;
  state: "pending" | "done" = "pending";
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;
  readonly onSettle: (() => void)[] = [];

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(value: T): void {
    if (this.#done()) this.#resolve(value);
  }

  reject(reason: unknown): void {
    if (this.#done()) this.#reject(reason);
  }

  #done(): boolean {
    if (this.state === "done") return false;
    this.state = "done";
    for (const callback of this.onSettle) callback();
    return true;
  }
}

interface PendingAcquire extends Pending<Connection> {
  host: string;
  signal: AbortSignal;
}

interface PendingCreate {
  readonly host: string;
  readonly forAcquire: PendingAcquire;
  readonly controller: AbortController;
}

interface Resource {
  readonly connection: Connection;
  readonly host: string;
  freeSince: number;
}

export class Pool {
  private readonly dial: Dial;
  private readonly options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };
  private pendingAcquires: PendingAcquire[] = [];
  private pendingCreates: PendingCreate[] = [];
  private used: Resource[] = [];
  private free: Resource[] = []; // longest free first
  private reaper: { readonly timer: ReturnType<typeof setTimeout>; readonly of: Resource } | undefined;
  private destroyed = false;

  constructor(
    dial: Dial,
    options: { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number },
  ) {
    this.dial = dial;
    this.options = options;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return {
      idle: this.free.length,
      inUse: this.used.length,
      dialing: this.pendingCreates.length,
      waiting: this.pendingAcquires.length,
    };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    const pending: PendingAcquire = Object.assign(new Pending<Connection>(), { host, signal });
    if (signal.aborted) {
      pending.reject(signal.reason);
    } else if (this.destroyed) {
      pending.reject(new DOMException("pool is destroyed", "AbortError"));
    } else {
      const abort = (): void => pending.reject(signal.reason);
      signal.addEventListener("abort", abort);
      pending.onSettle.push(
        () => signal.removeEventListener("abort", abort),
        () => {
          this.pendingAcquires = this.pendingAcquires.filter((other) => other !== pending);
        },
        () => {
          // Only while it is still creating: a create that has delivered is out of the list by then.
          const create = this.pendingCreates.find((other) => other.forAcquire === pending);
          create?.controller.abort(signal.aborted ? signal.reason : new DOMException("not needed", "AbortError"));
        },
      );
      this.pendingAcquires.push(pending);
      this.tryAcquireOrCreate();
    }
    return pending.promise;
  }

  release(connection: Connection): void {
    const at = this.used.findIndex((resource) => resource.connection === connection);
    const [resource] = at === -1 ? [] : this.used.splice(at, 1);
    if (resource === undefined) return;
    if (this.destroyed || !connection.healthy) {
      connection.close();
      this.tryAcquireOrCreate();
      return;
    }
    resource.freeSince = performance.now();
    this.free.push(resource);
    this.tryAcquireOrCreate();
    this.trim(resource.host);
    this.setReaper();
  }

  close(): void {
    this.destroyed = true;
    for (const resource of this.free.splice(0)) resource.connection.close();
    this.setReaper();
    const waiting = [...this.pendingAcquires, ...this.pendingCreates.map((create) => create.forAcquire)];
    for (const pending of waiting) pending.reject(new DOMException("pool is destroyed", "AbortError"));
  }

  private tryAcquireOrCreate(): void {
    for (const pending of [...this.pendingAcquires]) {
      if (pending.signal.aborted) pending.reject(pending.signal.reason);
      if (!this.pendingAcquires.includes(pending)) continue;
      const resource = this.takeFree(pending.host);
      if (resource !== undefined) {
        this.used.push(resource);
        pending.resolve(resource.connection);
      } else if (this.size(pending.host) < this.options.maxPerHost) {
        this.pendingAcquires = this.pendingAcquires.filter((other) => other !== pending);
        void this.create(pending);
      } else {
        break;
      }
    }
    this.setReaper();
  }

  private async create(pending: PendingAcquire): Promise<void> {
    const create: PendingCreate = { host: pending.host, forAcquire: pending, controller: new AbortController() };
    this.pendingCreates.push(create);
    const forget = (): void => {
      this.pendingCreates = this.pendingCreates.filter((other) => other !== create);
      if (pending.signal.aborted) pending.reject(pending.signal.reason);
    };
    try {
      const connection = await this.dial(create.host, create.controller.signal);
      forget();
      if (pending.state === "done") {
        connection.close();
      } else {
        this.used.push({ connection, host: create.host, freeSince: 0 });
        pending.resolve(connection);
      }
    } catch (error) {
      forget();
      pending.reject(error);
    }
    this.tryAcquireOrCreate();
  }

  private takeFree(host: string): Resource | undefined {
    for (;;) {
      const resource = this.free.findLast((candidate) => candidate.host === host);
      if (resource === undefined) return undefined;
      if (!resource.connection.healthy) {
        this.destroy(resource);
        continue;
      }
      this.free = this.free.filter((other) => other !== resource);
      return resource;
    }
  }

  private destroy(resource: Resource): void {
    this.free = this.free.filter((other) => other !== resource);
    resource.connection.close();
  }

  private trim(host: string): void {
    const ofHost = this.free.filter((resource) => resource.host === host);
    if (ofHost.length > this.options.maxIdlePerHost && ofHost[0] !== undefined) this.destroy(ofHost[0]);
    if (this.free.length > this.options.maxIdle && this.free[0] !== undefined) this.destroy(this.free[0]);
  }

  private size(host: string): number {
    const of = (list: readonly { readonly host: string }[]): number => list.filter((item) => item.host === host).length;
    return of(this.used) + of(this.free) + of(this.pendingCreates);
  }

  /** One timer for the whole pool. It is always that of the longest free resource, and there is none without one. */
  private setReaper(): void {
    const oldest = this.free[0];
    if (this.reaper?.of === oldest) return;
    clearTimeout(this.reaper?.timer);
    this.reaper = undefined;
    if (oldest === undefined) return;
    const left = Math.max(0, oldest.freeSince + this.options.idleTimeoutMs - performance.now());
    const timer = setTimeout(() => {
      for (const due of this.free.filter((resource) => resource.freeSince <= oldest.freeSince)) this.destroy(due);
      this.setReaper();
    }, left);
    this.reaper = { timer, of: oldest };
  }
}
