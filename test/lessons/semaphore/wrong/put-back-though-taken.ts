// diagnosis: limit-exceeded - a permit that was on its way when the signal aborted always has to go back
type Release = () => void;

class Channel {
  readonly tokens: symbol[] = [];
  readonly requests: { resolve: (result: IteratorResult<symbol>) => void }[] = [];

  put(token: symbol): void {
    const request = this.requests.shift();
    if (request) request.resolve({ done: false, value: token });
    else this.tokens.push(token);
  }

  next(onRequest?: (withdraw: () => void) => void): Promise<IteratorResult<symbol>> {
    const token = this.tokens.pop();
    if (token) return Promise.resolve({ done: false, value: token });
    return new Promise((resolve) => {
      const request = { resolve };
      this.requests.push(request);
      onRequest?.(() => {
        const at = this.requests.indexOf(request);
        if (at !== -1) this.requests.splice(at, 1);
      });
    });
  }

  [Symbol.asyncIterator](): { next: () => Promise<IteratorResult<symbol>> } {
    return { next: () => this.next() };
  }
}

export class Semaphore {
  private readonly channel = new Channel();

  constructor(permits: number) {
    for (let n = 0; n < permits; n++) this.channel.put(Symbol(`permit ${n}`));
  }

  get available(): number {
    return this.channel.tokens.length;
  }

  get waiting(): number {
    return this.channel.requests.length;
  }

  async acquire(signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    let onAbort: (() => void) | undefined;
    const gone = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason);
    });
    gone.catch(() => {});
    let token: symbol | undefined;
    try {
      const taken = this.channel.next((withdraw) => {
        const reject = onAbort;
        onAbort = () => {
          withdraw();
          reject?.();
        };
        signal.addEventListener("abort", onAbort);
      });
      const won = await Promise.race([
        taken.then((result) => {
          token = result.value;
          return result;
        }),
        gone.catch((reason: unknown) => {
          // A permit that was on its way when the signal aborted is not lost: it goes back.
          void taken.then(({ value }) => this.channel.put(value));
          throw reason;
        }),
      ]);
      token = won.value;
    } finally {
      if (onAbort) signal.removeEventListener("abort", onAbort);
    }
    let mine: symbol | undefined = token;
    return () => {
      if (mine === undefined) return;
      const back = mine;
      mine = undefined;
      this.channel.put(back);
    };
  }
}
