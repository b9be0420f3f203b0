// style: a reducer; every event makes a new plain state, and one function does what the state asks for
export interface Message {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

interface Lane {
  readonly next: number;
  readonly queue: readonly Message[];
  readonly busy: boolean;
  readonly dead: boolean;
}

interface State {
  readonly lanes: ReadonlyMap<number, Lane>;
  readonly asking: boolean;
  readonly over: "no" | "ended" | "aborted" | { readonly error: unknown };
}

type Event =
  | { readonly type: "asked" }
  | { readonly type: "came"; readonly message: Message }
  | { readonly type: "ended" }
  | { readonly type: "threw"; readonly error: unknown }
  | { readonly type: "aborted" }
  | { readonly type: "began"; readonly partition: number }
  | { readonly type: "handled"; readonly message: Message }
  | { readonly type: "failed"; readonly partition: number };

function reduce(state: State, event: Event): State {
  const change = (partition: number, edit: (lane: Lane) => Lane): State => {
    const lane = state.lanes.get(partition);
    return lane === undefined ? state : { ...state, lanes: new Map(state.lanes).set(partition, edit(lane)) };
  };
  switch (event.type) {
    case "asked":
      return { ...state, asking: true };
    case "came": {
      const { message } = event;
      const known = state.lanes.get(message.partition);
      const lane = known ?? { next: message.offset, queue: [], busy: false, dead: false };
      const queue = lane.dead ? [] : [...lane.queue, message];
      return { ...state, asking: false, lanes: new Map(state.lanes).set(message.partition, { ...lane, queue }) };
    }
    case "ended":
      return { ...state, asking: false, over: "ended" };
    case "threw":
      return { ...state, asking: false, over: { error: event.error } };
    case "aborted": {
      const lanes = new Map([...state.lanes].map(([id, lane]) => [id, { ...lane, queue: [] }]));
      return { ...state, lanes, over: "aborted" };
    }
    case "began":
      return change(event.partition, (lane) => ({ ...lane, queue: lane.queue.slice(1), busy: true }));
    case "handled":
      return change(event.message.partition, (lane) => ({ ...lane, busy: false, next: event.message.offset + 1 }));
    case "failed":
      return change(event.partition, (lane) => ({ ...lane, busy: false, queue: [], dead: true }));
  }
}

const inFlight = ({ lanes }: State): number =>
  [...lanes.values()].reduce((sum, { queue, busy }) => sum + queue.length + (busy ? 1 : 0), 0);

export function consume(
  messages: AsyncIterable<Message>,
  handler: (message: Message, signal: AbortSignal) => Promise<void>,
  options: { maxInFlight: number; handlerTimeoutMs: number; signal: AbortSignal },
): Promise<Map<number, number>> {
  const { maxInFlight, handlerTimeoutMs, signal } = options;
  if (signal.aborted) return Promise.resolve(new Map());
  const iterator = messages[Symbol.asyncIterator]();
  const working = new Set<AbortController>();
  let state: State = { lanes: new Map(), asking: false, over: "no" };

  return new Promise((resolve, reject) => {
    const dispatch = (event: Event): void => {
      state = reduce(state, event);
      act();
    };

    const ask = (): void => {
      dispatch({ type: "asked" });
      iterator.next().then(
        (step) => {
          if (state.over !== "no") return;
          dispatch(step.done === true ? { type: "ended" } : { type: "came", message: step.value });
        },
        (error: unknown) => {
          if (state.over === "no") dispatch({ type: "threw", error });
        },
      );
    };

    const handle = (message: Message): void => {
      const { partition } = message;
      const own = new AbortController();
      let late = false;
      working.add(own);
      const timer = setTimeout(() => {
        late = true;
        own.abort(new DOMException("this message took too long", "TimeoutError"));
      }, handlerTimeoutMs);
      const settled = (event: Event): void => {
        clearTimeout(timer);
        working.delete(own);
        dispatch(event);
      };
      dispatch({ type: "began", partition });
      let work: Promise<void>;
      try {
        work = handler(message, own.signal);
      } catch (error) {
        work = Promise.reject(error);
      }
      work.then(
        () => settled(late ? { type: "failed", partition } : { type: "handled", message }),
        () => settled({ type: "failed", partition }),
      );
    };

    const onAbort = (): void => {
      const open = state.over === "no";
      dispatch({ type: "aborted" });
      for (const each of working) each.abort(signal.reason);
      if (open) Promise.resolve(iterator.return?.()).catch(() => {});
    };

    const act = (): void => {
      for (const lane of state.lanes.values()) {
        const [first] = lane.queue;
        if (first !== undefined && !lane.busy) return handle(first);
      }
      if (state.over === "no") {
        if (!state.asking && inFlight(state) < maxInFlight) ask();
        return;
      }
      if (inFlight(state) > 0) return;
      signal.removeEventListener("abort", onAbort);
      if (typeof state.over === "object") reject(state.over.error);
      else resolve(new Map([...state.lanes].map(([id, { next }]) => [id, next])));
    };

    signal.addEventListener("abort", onAbort);
    act();
  });
}
