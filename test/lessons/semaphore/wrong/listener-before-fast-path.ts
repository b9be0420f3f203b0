// diagnosis: listener-left-on-signal - only a caller that stood in line has a listener to take off
type TicketState = "waiting" | "granted" | "delivered" | "cancelled";

interface Ticket {
  state: TicketState;
  grant: () => void;
}

export class Semaphore {
  private freePermits: number;
  private queue: Ticket[];

  constructor(permits: number) {
    this.freePermits = permits;
    this.queue = [];
  }

  get available(): number {
    return this.freePermits;
  }

  get waiting(): number {
    return this.queue.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    return new Promise<() => void>((resolve, reject) => {
      // Step 1: a signal that has already aborted gets nothing.
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }

      // Step 2: what happens when the caller gives up.
      const onAbort = (): void => {
        signal.removeEventListener("abort", onAbort);
        if (ticket.state === "waiting") {
          const position = this.queue.indexOf(ticket);
          this.queue.splice(position, 1);
          ticket.state = "cancelled";
          reject(signal.reason);
        }
      };

      // Step 3: what happens when it is our turn.
      const ticket: Ticket = {
        state: "waiting",
        grant: () => {
          ticket.state = "granted";
          signal.removeEventListener("abort", onAbort);
          resolve(this.makeRelease());
        },
      };
      signal.addEventListener("abort", onAbort);

      // Step 4: take a free permit, or stand in line.
      if (this.freePermits > 0) {
        this.freePermits -= 1;
        ticket.state = "delivered";
        resolve(this.makeRelease());
      } else {
        this.queue.push(ticket);
      }
    });
  }

  private makeRelease(): () => void {
    let alreadyReleased = false;
    return () => {
      if (alreadyReleased) {
        return;
      }
      alreadyReleased = true;
      this.giveBack();
    };
  }

  private giveBack(): void {
    const next = this.queue.shift();
    if (next !== undefined) {
      next.grant();
    } else {
      this.freePermits += 1;
    }
  }
}
