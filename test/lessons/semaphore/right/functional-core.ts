// style: functional; closures in a factory, the class is only a shell; a waiter whose signal has aborted is passed over
type Release = () => void;
interface Waiting {
  readonly signal: AbortSignal;
  readonly grant: (release: Release) => void;
  readonly cancel: () => void;
}

function createGate(total: number) {
  let free = total;
  let waiting: readonly Waiting[] = [];

  const without = (gone: Waiting) => waiting.filter((one) => one !== gone);

  const give = (): void => {
    while (free > 0 && waiting.length > 0) {
      const [first, ...rest] = waiting as [Waiting, ...Waiting[]];
      if (first.signal.aborted) {
        first.cancel();
        continue;
      }
      waiting = rest;
      free--;
      first.grant(releaseOnce());
    }
  };

  const releaseOnce = (): Release => {
    let spent = false;
    return () => {
      if (spent) return;
      spent = true;
      free++;
      give();
    };
  };

  const acquire = (signal: AbortSignal) =>
    new Promise<Release>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (free > 0) {
        free--;
        return resolve(releaseOnce());
      }
      const me: Waiting = {
        signal,
        grant: (release) => {
          signal.removeEventListener("abort", me.cancel);
          resolve(release);
        },
        cancel: () => {
          signal.removeEventListener("abort", me.cancel);
          waiting = without(me);
          reject(signal.reason);
        },
      };
      waiting = [...waiting, me];
      signal.addEventListener("abort", me.cancel);
    });

  return { acquire, free: () => free, waiting: () => waiting.length };
}

export class Semaphore {
  readonly #gate: ReturnType<typeof createGate>;
  constructor(permits: number) {
    this.#gate = createGate(permits);
  }
  acquire(signal: AbortSignal): Promise<() => void> {
    return this.#gate.acquire(signal);
  }
  get available(): number {
    return this.#gate.free();
  }
  get waiting(): number {
    return this.#gate.waiting();
  }
}
