// diagnosis: never-settles, permit-lost - the tail matters only when the line is empty
type Release = () => void;

interface Node {
  serve(): void;
  before: Node | undefined;
  after: Node | undefined;
}

export class Semaphore {
  #free: number;
  #waiting = 0;
  #head: Node | undefined;
  #tail: Node | undefined;

  constructor(permits: number) {
    this.#free = permits;
  }

  get available(): number {
    return this.#free;
  }

  get waiting(): number {
    return this.#waiting;
  }

  acquire(signal: AbortSignal): Promise<Release> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(this.#permit());
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#unlink(node);
        reject(signal.reason);
      };
      const node: Node = {
        serve: () => {
          this.#unlink(node);
          signal.removeEventListener("abort", leave);
          resolve(this.#permit());
        },
        before: this.#tail,
        after: undefined,
      };
      if (this.#tail === undefined) this.#head = node;
      else this.#tail.after = node;
      this.#tail = node;
      this.#waiting++;
      signal.addEventListener("abort", leave, { once: true });
    });
  }

  #unlink(node: Node): void {
    this.#waiting--;
    if (node.before === undefined) this.#head = node.after;
    else node.before.after = node.after;
    if (node.after !== undefined) node.after.before = node.before;
    else if (node.before === undefined) this.#tail = undefined;
  }

  #permit(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (this.#head === undefined) this.#free++;
      else this.#head.serve();
    };
  }
}
