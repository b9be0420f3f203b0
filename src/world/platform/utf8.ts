/** UTF-8 as the Encoding standard defines it. Pure; runs inside the realm. */

/** Lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length * 3);
  const { written } = encodeUtf8Into(text, bytes);
  return bytes.slice(0, written);
}

/** Writes whole code points while they fit; `read` counts UTF-16 code units, `written` counts bytes. */
export function encodeUtf8Into(text: string, into: Uint8Array): { read: number; written: number } {
  let read = 0;
  let written = 0;
  while (read < text.length) {
    const point = scalarAt(text, read);
    const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (written + size > into.length) break;
    if (size === 1) {
      into[written] = point;
    } else {
      let shift = 6 * (size - 1);
      into[written] = (size === 2 ? 0xc0 : size === 3 ? 0xe0 : 0xf0) | (point >> shift);
      for (let index = 1; index < size; index++) {
        shift -= 6;
        into[written + index] = 0x80 | ((point >> shift) & 0x3f);
      }
    }
    written += size;
    read += point > 0xffff ? 2 : 1;
  }
  return { read, written };
}

function scalarAt(text: string, index: number): number {
  const point = text.codePointAt(index) ?? 0xfffd;
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
}

/** Decodes a stream of bytes: a sequence may begin in one chunk and end in a later one. */
export class Utf8Decoder {
  #point = 0;
  #needed = 0;
  #lower = 0x80;
  #upper = 0xbf;
  readonly #malformed: () => number;

  /** @param malformed gives the code point that stands for a malformed sequence, or throws. */
  constructor(malformed: () => number) {
    this.#malformed = malformed;
  }

  /** @param final whether no more bytes follow, so that an unfinished sequence is malformed. */
  decode(bytes: Uint8Array, final: boolean): string {
    let text = "";
    let points: number[] = [];
    let index = 0;
    while (index < bytes.length) {
      const byte = bytes[index] ?? 0;
      if (this.#needed > 0 && (byte < this.#lower || byte > this.#upper)) {
        this.#reset();
        points.push(this.#malformed());
        continue; // the same byte again, as the start of a sequence
      }
      const point = this.#needed > 0 ? this.#trail(byte) : this.#lead(byte);
      if (point !== undefined) points.push(point);
      if (points.length >= 4096) {
        text += String.fromCodePoint(...points);
        points = [];
      }
      index++;
    }
    if (final && this.#needed > 0) {
      this.#reset();
      points.push(this.#malformed());
    }
    return text + String.fromCodePoint(...points);
  }

  #lead(byte: number): number | undefined {
    if (byte < 0x80) return byte;
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.#needed = 1;
      this.#point = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte === 0xe0) this.#lower = 0xa0;
      if (byte === 0xed) this.#upper = 0x9f;
      this.#needed = 2;
      this.#point = byte & 0xf;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte === 0xf0) this.#lower = 0x90;
      if (byte === 0xf4) this.#upper = 0x8f;
      this.#needed = 3;
      this.#point = byte & 0x7;
    } else {
      return this.#malformed();
    }
    return undefined;
  }

  #trail(byte: number): number | undefined {
    this.#lower = 0x80;
    this.#upper = 0xbf;
    this.#point = (this.#point << 6) | (byte & 0x3f);
    this.#needed--;
    return this.#needed === 0 ? this.#point : undefined;
  }

  #reset(): void {
    this.#point = 0;
    this.#needed = 0;
    this.#lower = 0x80;
    this.#upper = 0xbf;
  }
}

/** Decodes bytes that are complete; what is malformed becomes U+FFFD, and a byte order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new Utf8Decoder(() => 0xfffd).decode(bytes, true);
}
