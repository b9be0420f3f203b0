// diagnosis: permit-lost, never-settles - rejecting the caller is all there is to cancelling; the line sorts itself out
export class Semaphore {
  private free: number;
  private readonly line = new Set<() => void>();

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
        signal.removeEventListener("abort", giveUp);
        reject(signal.reason);
      };
      const leave = () => {
        this.line.delete(enter);
        signal.removeEventListener("abort", giveUp);
      };
      this.line.add(enter);
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
