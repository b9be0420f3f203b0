// Old-school callbacks underneath, one promise at the edge, three microtasks late.
type Release = () => void;
type Callback = (error: { reason: unknown } | null, release?: Release) => void;

interface Entry {
  done: boolean;
  callback: Callback;
}

export class Semaphore {
  private free: number;
  private queue: Entry[] = [];

  constructor(permits: number) {
    this.free = permits;
  }

  get available(): number {
    return this.free;
  }

  get waiting(): number {
    return this.queue.filter((entry) => !entry.done).length;
  }

  acquire(signal: AbortSignal): Promise<Release> {
    return new Promise<Release>((resolve, reject) => {
      this.take(signal, (error, release) => {
        if (error !== null) reject(error.reason);
        else if (release !== undefined) resolve(Promise.resolve(Promise.resolve(release).then((same) => same)));
      });
    });
  }

  private take(signal: AbortSignal, callback: Callback): void {
    if (signal.aborted) {
      callback({ reason: signal.reason });
      return;
    }
    if (this.free > 0) {
      this.free -= 1;
      callback(null, this.makeRelease());
      return;
    }
    const onAbort = (): void => {
      entry.callback({ reason: signal.reason });
    };
    const entry: Entry = {
      done: false,
      callback: (error, release) => {
        if (entry.done) return;
        entry.done = true;
        signal.removeEventListener("abort", onAbort);
        callback(error, release);
      },
    };
    this.queue.push(entry);
    signal.addEventListener("abort", onAbort);
  }

  private makeRelease(): Release {
    let used = false;
    return () => {
      if (used) return;
      used = true;
      for (;;) {
        const entry = this.queue.shift();
        if (entry === undefined) {
          this.free += 1;
          return;
        }
        if (entry.done) continue;
        entry.callback(null, this.makeRelease());
        return;
      }
    };
  }
}
