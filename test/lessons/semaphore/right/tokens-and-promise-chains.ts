// style: promise chains over a channel of tokens: a permit is an object that is either in the channel or with somebody
type Token = object;

/** Like a Go channel with room for all tokens: values wait for receivers, or receivers for values, never both. */
class Tokens {
  readonly #values: Token[];
  #receivers: ((token: Token) => void)[] = [];

  constructor(count: number) {
    this.#values = Array.from({ length: count }, () => ({}));
  }

  get values(): number {
    return this.#values.length;
  }

  get receivers(): number {
    return this.#receivers.length;
  }

  send(token: Token): void {
    const receiver = this.#receivers.shift();
    if (receiver) receiver(token);
    else this.#values.push(token);
  }

  receive(signal: AbortSignal): Promise<Token> {
    const token = this.#values.pop();
    if (token) return Promise.resolve(token);
    const given = AbortSignal.any([signal]);
    return new Promise((resolve, reject) => {
      this.#receivers.push(resolve);
      given.addEventListener("abort", () => {
        const inLine = this.#receivers.includes(resolve);
        this.#receivers = this.#receivers.filter((other) => other !== resolve);
        if (inLine) reject(given.reason);
      });
    });
  }
}

export class Semaphore {
  readonly #tokens: Tokens;

  constructor(permits: number) {
    this.#tokens = new Tokens(permits);
  }

  get available(): number {
    return this.#tokens.values;
  }

  get waiting(): number {
    return this.#tokens.receivers;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return this.#tokens.receive(signal).then((token: Token | undefined) => () => {
      if (token) this.#tokens.send(token);
      token = undefined;
    });
  }
}
