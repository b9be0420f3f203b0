// style: class-based, intrusive free list of slots
class Slot {
  readonly bytes: Uint8Array;
  next: Slot | null = null;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  wipe(): this {
    this.bytes.fill(0);
    return this;
  }
}

export class BufferPool {
  #head: Slot | null = null;
  #pooled = 0;
  #created = 0;
  readonly #size: number;
  readonly #maxPooled: number;

  constructor(options: { size: number; maxPooled: number }) {
    this.#size = options.size;
    this.#maxPooled = options.maxPooled;
  }

  get stats() {
    return { created: this.#created, pooled: this.#pooled };
  }

  async use<T>(work: (buffer: Uint8Array) => Promise<T>): Promise<T> {
    const slot = this.#unlink() ?? this.#newSlot();
    let outcome: T;
    try {
      outcome = await work(slot.bytes);
    } catch (error) {
      this.#link(slot);
      throw error;
    }
    this.#link(slot);
    return outcome;
  }

  #newSlot(): Slot {
    this.#created += 1;
    return new Slot(this.#size);
  }

  #unlink(): Slot | null {
    const slot = this.#head;
    if (slot === null) return null;
    this.#head = slot.next;
    slot.next = null;
    this.#pooled -= 1;
    return slot.wipe();
  }

  #link(slot: Slot): void {
    if (this.#pooled === this.#maxPooled) return;
    slot.next = this.#head;
    this.#head = slot;
    this.#pooled += 1;
  }
}
