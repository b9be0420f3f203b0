// A state, actions, and a pure reducer; the class only carries out what the reducer asks for.
type Release = () => void;
interface State {
  readonly free: number;
  readonly line: readonly number[];
  readonly grant: number | undefined;
}
type Action = { readonly type: "ask" | "leave"; readonly id: number } | { readonly type: "back" };

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case "ask":
      if (state.free > 0) return { ...state, free: state.free - 1, grant: action.id };
      return { ...state, line: [...state.line, action.id], grant: undefined };
    case "leave":
      return { ...state, line: state.line.filter((id) => id !== action.id), grant: undefined };
    case "back": {
      const [first, ...rest] = state.line;
      if (first === undefined) return { ...state, free: state.free + 1, grant: undefined };
      return { ...state, line: rest, grant: first };
    }
  }
}

export class Semaphore {
  #state: State;
  #lastId = 0;
  readonly #grants = new Map<number, () => void>();

  constructor(permits: number) {
    this.#state = { free: permits, line: [], grant: undefined };
  }

  get available(): number {
    return this.#state.free;
  }

  get waiting(): number {
    return this.#state.line.length;
  }

  async acquire(signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    const id = ++this.#lastId;
    let leave: (() => void) | undefined;
    const turn = new Promise<void>((resolve, reject) => {
      leave = () => {
        this.#grants.delete(id);
        this.#dispatch({ type: "leave", id });
        reject(signal.reason);
      };
      this.#grants.set(id, () => {
        if (leave !== undefined) signal.removeEventListener("abort", leave);
        resolve();
      });
      this.#dispatch({ type: "ask", id });
      if (this.#grants.has(id)) signal.addEventListener("abort", leave, { once: true });
    });
    await turn;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#dispatch({ type: "back" });
    };
  }

  #dispatch(action: Action): void {
    this.#state = reduce(this.#state, action);
    const { grant } = this.#state;
    if (grant === undefined) return;
    const carryOut = this.#grants.get(grant);
    this.#grants.delete(grant);
    carryOut?.();
  }
}
