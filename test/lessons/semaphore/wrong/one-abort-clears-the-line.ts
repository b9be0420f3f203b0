// diagnosis: one-cancels-all - an abort means that nobody waits any more
export class Semaphore {
  private free: number;
  private readonly line = new Set<() => void>();
  private readonly leavers = new Set<(reason: unknown) => void>();

  constructor(permits: number) {
    this.free = permits;
  }

  get available() {
    return this.free;
  }

  get waiting() {
    return this.line.size;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.free > 0) {
        this.free -= 1;
        resolve(this.permit());
        return;
      }
      const enter = () => {
        leave();
        resolve(this.permit());
      };
      const giveUp = () => {
        for (const quit of [...this.leavers]) quit(signal.reason);
      };
      const quit = (reason: unknown) => {
        leave();
        reject(reason);
      };
      const leave = () => {
        this.line.delete(enter);
        this.leavers.delete(quit);
        signal.removeEventListener("abort", giveUp);
      };
      this.line.add(enter);
      this.leavers.add(quit);
      signal.addEventListener("abort", giveUp);
    });
  }

  private permit(): () => void {
    let mine = true;
    return () => {
      if (!mine) return;
      mine = false;
      this.free += 1;
      this.admit();
    };
  }

  private admit(): void {
    for (const enter of this.line) {
      if (this.free === 0) break;
      this.free -= 1;
      enter();
    }
  }
}
