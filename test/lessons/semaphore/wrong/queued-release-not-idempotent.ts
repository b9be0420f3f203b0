// diagnosis: released-twice, limit-exceeded - the guard sits where the free permit is handed out; the one handed over in line was forgotten
class Ticket {
  prev: Ticket | undefined = undefined;
  next: Ticket | undefined = undefined;
  readonly promise: Promise<() => void>;
  resolve!: (release: () => void) => void;
  reject!: (reason: unknown) => void;
  readonly line: Line;
  readonly signal: AbortSignal;

  constructor(line: Line, signal: AbortSignal) {
    this.line = line;
    this.signal = signal;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    signal.addEventListener("abort", this);
  }

  handleEvent(): void {
    this.line.remove(this);
    this.detach();
    this.reject(this.signal.reason);
  }

  detach(): void {
    this.signal.removeEventListener("abort", this);
  }
}

class Line {
  head: Ticket | undefined = undefined;
  tail: Ticket | undefined = undefined;
  length = 0;

  append(ticket: Ticket): void {
    ticket.prev = this.tail;
    if (this.tail) this.tail.next = ticket;
    else this.head = ticket;
    this.tail = ticket;
    this.length++;
  }

  remove(ticket: Ticket): void {
    if (ticket.prev) ticket.prev.next = ticket.next;
    else this.head = ticket.next;
    if (ticket.next) ticket.next.prev = ticket.prev;
    else this.tail = ticket.prev;
    ticket.prev = ticket.next = undefined;
    this.length--;
  }
}

export class Semaphore {
  readonly #line = new Line();
  #left: number;

  constructor(permits: number) {
    this.#left = permits;
  }

  get available(): number {
    return this.#left;
  }

  get waiting(): number {
    return this.#line.length;
  }

  acquire(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#left === 0) {
      const ticket = new Ticket(this.#line, signal);
      this.#line.append(ticket);
      return ticket.promise;
    }
    this.#left--;
    return Promise.resolve(this.#makeRelease());
  }

  #makeRelease(): () => void {
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      this.#handOn();
    };
  }

  #handOn(): void {
    const first = this.#line.head;
    if (!first) {
      this.#left++;
      return;
    }
    this.#line.remove(first);
    first.detach();
    first.resolve(() => this.#handOn());
  }
}
