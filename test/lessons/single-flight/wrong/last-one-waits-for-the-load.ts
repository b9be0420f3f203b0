// diagnosis: late-after-abort, never-settles - the last caller hears of it once the load has ended
interface Caller<V> {
  readonly signal: AbortSignal;
  readonly onAbort: () => void;
  readonly resolve: (value: V) => void;
  readonly reject: (reason: unknown) => void;
}

interface Call<K, V> {
  readonly key: K;
  readonly controller: AbortController;
  callers: Caller<V>[];
  last?: Caller<V>;
}

export class SingleFlight<K, V> {
  private readonly loadFunction: (key: K, signal: AbortSignal) => Promise<V>;
  private readonly calls: Map<K, Call<K, V>>;

  constructor(load: (key: K, signal: AbortSignal) => Promise<V>) {
    this.loadFunction = load;
    this.calls = new Map();
  }

  public get inFlight(): number {
    return this.calls.size;
  }

  public get(key: K, signal: AbortSignal): Promise<V> {
    return new Promise<V>((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }

      const existingCall = this.calls.get(key);
      const call: Call<K, V> = existingCall ?? { key, controller: new AbortController(), callers: [] };

      const caller: Caller<V> = {
        signal,
        onAbort: () => {
          this.callerGivesUp(call, caller);
        },
        resolve,
        reject,
      };
      call.callers.push(caller);
      signal.addEventListener("abort", caller.onAbort);

      if (existingCall === undefined) {
        this.calls.set(key, call);
        this.startLoading(call);
      }
    });
  }

  private startLoading(call: Call<K, V>): void {
    this.loadFunction(call.key, call.controller.signal).then(
      (value) => {
        for (const caller of this.finish(call)) {
          caller.resolve(value);
        }
      },
      (error: unknown) => {
        for (const caller of this.finish(call)) {
          caller.reject(error);
        }
      },
    );
  }

  private finish(call: Call<K, V>): Caller<V>[] {
    this.forget(call);
    call.last?.reject(call.last.signal.reason);
    const callers = call.callers;
    call.callers = [];
    for (const caller of callers) {
      caller.signal.removeEventListener("abort", caller.onAbort);
    }
    return callers;
  }

  private callerGivesUp(call: Call<K, V>, caller: Caller<V>): void {
    caller.signal.removeEventListener("abort", caller.onAbort);
    call.callers = call.callers.filter((other) => other !== caller);
    if (call.callers.length > 0) {
      caller.reject(caller.signal.reason);
    } else {
      // Forget it first: a get that comes from an abort listener must start afresh.
      this.forget(call);
      call.last = caller;
      call.controller.abort(caller.signal.reason);
    }
  }

  private forget(call: Call<K, V>): void {
    if (this.calls.get(call.key) === call) {
      this.calls.delete(call.key);
    }
  }
}
