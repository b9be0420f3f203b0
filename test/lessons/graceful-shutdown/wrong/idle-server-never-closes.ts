// diagnosis: never-settles - the last request to leave closes the server
export class ServerClosedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ServerClosedError";
  }
}

interface RequestRecord {
  id: number;
  controller: AbortController;
  outcome: "running" | "completed" | "aborted";
  settled: boolean;
}

export class Server<Req, Res> {
  private handler: (request: Req, signal: AbortSignal) => Promise<Res>;
  private nextId: number;
  private records: Map<number, RequestRecord>;
  private shutdownStarted: boolean;
  private shutdownFinished: boolean;
  private shutdownPromise: Promise<{ completed: number; aborted: number }> | null;
  private watched: RequestRecord[];
  private graceTimer: ReturnType<typeof setTimeout> | null;
  private resolveShutdown: ((result: { completed: number; aborted: number }) => void) | null;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.handler = handler;
    this.nextId = 1;
    this.records = new Map();
    this.shutdownStarted = false;
    this.shutdownFinished = false;
    this.shutdownPromise = null;
    this.watched = [];
    this.graceTimer = null;
    this.resolveShutdown = null;
  }

  public async handle(request: Req): Promise<Res> {
    // Once the shutdown has begun, the handler must not even be called.
    if (this.shutdownStarted) {
      throw new ServerClosedError("The server has been shut down.");
    }
    const record: RequestRecord = {
      id: this.nextId,
      controller: new AbortController(),
      outcome: "running",
      settled: false,
    };
    this.nextId = this.nextId + 1;
    this.records.set(record.id, record);

    let response: Res;
    try {
      response = await this.handler(request, record.controller.signal);
    } catch (error) {
      this.onSettled(record);
      throw error;
    }
    this.onSettled(record);
    return response;
  }

  public health(): { status: "ok" | "draining" | "closed"; inFlight: number } {
    if (this.shutdownFinished) {
      return { status: "closed", inFlight: this.records.size };
    }
    if (this.shutdownStarted) {
      return { status: "draining", inFlight: this.records.size };
    }
    return { status: "ok", inFlight: this.records.size };
  }

  public shutdown(options: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.shutdownPromise !== null) {
      return this.shutdownPromise;
    }
    this.shutdownStarted = true;
    this.watched = Array.from(this.records.values());
    this.shutdownPromise = new Promise((resolve) => {
      this.resolveShutdown = resolve;
    });
    if (this.watched.length > 0) {
      this.graceTimer = setTimeout(() => this.onGraceOver(), options.graceMs);
    }
    return this.shutdownPromise;
  }

  private onSettled(record: RequestRecord): void {
    record.settled = true;
    if (record.outcome === "running") {
      record.outcome = "completed";
    }
    this.records.delete(record.id);
    this.finishIfPossible();
  }

  private onGraceOver(): void {
    this.graceTimer = null;
    const stragglers = this.watched.filter((record) => !record.settled);
    // First write down what they are, then tell them: a listener may do anything.
    for (const record of stragglers) {
      record.outcome = "aborted";
    }
    for (const record of stragglers) {
      record.controller.abort(new DOMException("The grace period is over.", "AbortError"));
    }
  }

  private finishIfPossible(): void {
    if (!this.shutdownStarted || this.shutdownFinished || this.records.size > 0) {
      return;
    }
    if (this.graceTimer !== null) {
      clearTimeout(this.graceTimer);
      this.graceTimer = null;
    }
    this.shutdownFinished = true;
    let completed = 0;
    let aborted = 0;
    for (const record of this.watched) {
      if (record.outcome === "aborted") {
        aborted += 1;
      } else {
        completed += 1;
      }
    }
    this.resolveShutdown?.({ completed, aborted });
  }
}
