/** Cuts a stream of text into lines, however its pieces fall. Pure. */

export class LineSplitter {
  readonly #limit: number;
  #pending: string[] = [];
  #length = 0;

  /** @param limit characters that a line may have */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines that this piece ends, without their ends. Undefined once a line is longer than the limit. */
  push(piece: string): readonly string[] | undefined {
    const lines: string[] = [];
    let from = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", from)) {
      if (!this.#keep(piece.slice(from, end))) return undefined;
      lines.push(this.#pending.join(""));
      this.#pending = [];
      this.#length = 0;
      from = end + 1;
    }
    return this.#keep(piece.slice(from)) ? lines : undefined;
  }

  #keep(part: string): boolean {
    this.#length += part.length;
    if (this.#length > this.#limit) return false;
    if (part !== "") this.#pending.push(part);
    return true;
  }
}
