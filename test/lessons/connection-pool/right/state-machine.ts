// style: state machine, every event changes the state and then calls one pump
export interface Connection {
  readonly host: string;
  readonly healthy: boolean;
  close(): void;
}
export type Dial = (host: string, signal: AbortSignal) => Promise<Connection>;

type Options = { maxPerHost: number; maxIdlePerHost: number; maxIdle: number; idleTimeoutMs: number };

/** queued -> dialing -> over, or queued -> over; an abandoned dial is over for its caller while it still runs. */
type Request = {
  host: string;
  signal: AbortSignal;
  phase: "queued" | "dialing" | "over";
  dial: AbortController;
  resolve(connection: Connection): void;
  reject(reason: unknown): void;
  onAbort(): void;
};

type Member = {
  connection: Connection;
  host: string;
  phase: "inUse" | "idle" | "gone";
  /** When it was last released, as a serial number: time is too coarse to order by. */
  lastUse: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

export class Pool {
  #dial: Dial;
  #options: Options;
  #requests: Request[] = [];
  #members: Member[] = [];
  #dials: Request[] = [];
  #uses = 0;
  #closed: DOMException | undefined;

  constructor(dial: Dial, options: Options) {
    this.#dial = dial;
    this.#options = options;
  }

  get stats(): { readonly idle: number; readonly inUse: number; readonly dialing: number; readonly waiting: number } {
    return {
      idle: this.#members.filter((member) => member.phase === "idle").length,
      inUse: this.#members.filter((member) => member.phase === "inUse").length,
      dialing: this.#dials.length,
      waiting: this.#requests.filter((request) => request.phase === "queued").length,
    };
  }

  acquire(host: string, signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(this.#closed);
      if (signal.aborted) return reject(signal.reason);
      const request: Request = {
        host,
        signal,
        phase: "queued",
        dial: new AbortController(),
        resolve,
        reject,
        onAbort: () => this.#refuse(request, signal.reason),
      };
      signal.addEventListener("abort", request.onAbort, { once: true });
      this.#requests.push(request);
      this.#pump(host);
    });
  }

  release(connection: Connection): void {
    const member = this.#members.find((candidate) => candidate.connection === connection);
    if (member?.phase !== "inUse") return;
    member.lastUse = ++this.#uses;
    member.phase = "idle";
    if (this.#closed) this.#retire(member);
    this.#pump(member.host);
    this.#settleDown(member);
  }

  close(): void {
    this.#closed ??= new DOMException("This pool is closed", "AbortError");
    for (const member of this.#members.filter(({ phase }) => phase === "idle")) this.#retire(member);
    for (const request of [...this.#requests]) this.#refuse(request, this.#closed);
  }

  /** Serves the line of a host as far as it can be served now. */
  #pump(host: string): void {
    if (this.#closed) return;
    for (const bad of this.#members.filter((m) => m.host === host && m.phase === "idle" && !m.connection.healthy)) {
      this.#retire(bad);
    }
    for (;;) {
      const request = this.#requests.find((candidate) => candidate.host === host && candidate.phase === "queued");
      if (request === undefined) return;
      if (request.signal.aborted) {
        this.#refuse(request, request.signal.reason);
        continue;
      }
      const mine = this.#members.filter((member) => member.host === host);
      const idle = mine.filter((m) => m.phase === "idle").reduce<Member | undefined>(later, undefined);
      if (idle !== undefined) {
        clearTimeout(idle.timer);
        idle.phase = "inUse";
        this.#finish(request);
        request.resolve(idle.connection);
      } else if (mine.length + this.#dials.filter((d) => d.host === host).length < this.#options.maxPerHost) {
        request.phase = "dialing";
        this.#start(request);
      } else {
        return;
      }
    }
  }

  #start(request: Request): void {
    const { host } = request;
    this.#dials.push(request);
    const ended = (then: () => void): void => {
      this.#dials.splice(this.#dials.indexOf(request), 1);
      if (request.signal.aborted) this.#refuse(request, request.signal.reason);
      then();
      this.#pump(host);
    };
    new Promise<Connection>((dialed) => dialed(this.#dial(host, request.dial.signal))).then(
      (connection) =>
        ended(() => {
          if (request.phase === "over") return connection.close();
          this.#members.push({ connection, host, phase: "inUse", lastUse: 0, timer: undefined });
          this.#finish(request);
          request.resolve(connection);
        }),
      (error: unknown) => ended(() => this.#refuse(request, error)),
    );
  }

  #refuse(request: Request, reason: unknown): void {
    if (request.phase === "over") return;
    this.#finish(request);
    request.reject(reason);
    request.dial.abort(reason);
  }

  #finish(request: Request): void {
    request.phase = "over";
    request.signal.removeEventListener("abort", request.onAbort);
    this.#requests.splice(this.#requests.indexOf(request), 1);
  }

  /** A connection that nobody took out of the pump's hands stays idle, if there is room for it. */
  #settleDown(member: Member): void {
    if (member.phase !== "idle") return;
    member.timer = setTimeout(() => this.#retire(member), this.#options.idleTimeoutMs);
    const idle = this.#members.filter(({ phase }) => phase === "idle");
    const ofHost = idle.filter(({ host }) => host === member.host);
    if (ofHost.length > this.#options.maxIdlePerHost) this.#retire(ofHost.reduce(earlier));
    else if (idle.length > this.#options.maxIdle) this.#retire(idle.reduce(earlier));
  }

  #retire(member: Member): void {
    clearTimeout(member.timer);
    member.phase = "gone";
    this.#members.splice(this.#members.indexOf(member), 1);
    member.connection.close();
  }
}

function later(a: Member | undefined, b: Member): Member {
  return a === undefined || b.lastUse > a.lastUse ? b : a;
}

function earlier(a: Member, b: Member): Member {
  return b.lastUse < a.lastUse ? b : a;
}
