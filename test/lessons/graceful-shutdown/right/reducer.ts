// style: a reducer over an immutable state, effects in one place
export class ServerClosedError extends Error {
  override name = "ServerClosedError";
}

type Phase = "ok" | "draining" | "closed";
interface State {
  readonly phase: Phase;
  readonly running: ReadonlyMap<number, AbortController>;
  readonly completed: number;
  readonly aborted: number;
}
type Event =
  { type: "began"; id: number; controller: AbortController } | { type: "ended"; id: number } | { type: "stopped" };

function reduce(state: State, event: Event): State {
  switch (event.type) {
    case "began":
      return { ...state, running: new Map([...state.running, [event.id, event.controller]]) };
    case "ended": {
      const late = state.running.get(event.id)?.signal.aborted === true;
      const running = new Map([...state.running].filter(([id]) => id !== event.id));
      const draining = state.phase === "draining";
      return {
        phase: draining && running.size === 0 ? "closed" : state.phase,
        running,
        completed: state.completed + (draining && !late ? 1 : 0),
        aborted: state.aborted + (draining && late ? 1 : 0),
      };
    }
    case "stopped":
      return { ...state, phase: state.running.size === 0 ? "closed" : "draining" };
  }
}

export class Server<Req, Res> {
  private state: State = { phase: "ok", running: new Map(), completed: 0, aborted: 0 };
  private ids = 0;
  private readonly closing = Promise.withResolvers<{ completed: number; aborted: number }>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly handler: (request: Req, signal: AbortSignal) => Promise<Res>;

  constructor(handler: (request: Req, signal: AbortSignal) => Promise<Res>) {
    this.handler = handler;
  }

  private dispatch(event: Event): void {
    const before = this.state.phase;
    this.state = reduce(this.state, event);
    if (before !== "closed" && this.state.phase === "closed") {
      clearTimeout(this.timer);
      this.closing.resolve({ completed: this.state.completed, aborted: this.state.aborted });
    }
  }

  handle(request: Req): Promise<Res> {
    if (this.state.phase !== "ok") return Promise.reject(new ServerClosedError("closed"));
    const id = this.ids++;
    const controller = new AbortController();
    this.dispatch({ type: "began", id, controller });
    const over = (): void => this.dispatch({ type: "ended", id });
    const answer = this.handler(request, controller.signal);
    answer.then(over, over);
    return answer;
  }

  health(): { status: Phase; inFlight: number } {
    return { status: this.state.phase, inFlight: this.state.running.size };
  }

  shutdown({ graceMs }: { graceMs: number }): Promise<{ completed: number; aborted: number }> {
    if (this.state.phase === "ok") {
      this.dispatch({ type: "stopped" });
      if (this.state.phase === "ok") return this.closing.promise;
      if ((this.state.phase as Phase) === "draining") {
        this.timer = setTimeout(() => {
          for (const controller of this.state.running.values()) controller.abort();
        }, graceMs);
      }
    }
    return this.closing.promise;
  }
}
