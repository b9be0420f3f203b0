/** TextEncoder and TextDecoder as the Encoding standard defines them, for UTF-8 only. Runs inside the realm. */
import { Utf8Decoder, encodeUtf8, encodeUtf8Into } from "./utf8.ts";
import { asInterface, dictionary, domString, need } from "./webIdl.ts";

const utf8Labels: readonly string[] = [
  "utf-8",
  "utf8",
  "unicode-1-1-utf-8",
  "unicode11utf8",
  "unicode20utf8",
  "x-unicode20utf8",
];

export class TextEncoder {
  get encoding(): string {
    return "utf-8";
  }

  encode(text = ""): Uint8Array<ArrayBuffer> {
    return encodeUtf8(domString(text));
  }

  encodeInto(source: string, destination: Uint8Array): { read: number; written: number } {
    need(arguments.length, 2);
    if (!(destination instanceof Uint8Array)) throw new TypeError("encodeInto needs a Uint8Array to write into.");
    return encodeUtf8Into(domString(source), destination);
  }

  static {
    asInterface(TextEncoder, "TextEncoder");
  }
}

export interface TextDecoderOptions {
  readonly fatal?: boolean;
  readonly ignoreBOM?: boolean;
}

export class TextDecoder {
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  #decoder: Utf8Decoder | undefined;
  #bomSeen = false;

  constructor(label = "utf-8", options: TextDecoderOptions | null = {}) {
    const wanted = domString(label)
      .replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, "")
      .toLowerCase();
    if (!utf8Labels.includes(wanted)) {
      throw new RangeError(`The encoding "${String(label)}" is not supported here; only utf-8 is.`);
    }
    const { fatal, ignoreBOM } = dictionary(options);
    this.#fatal = Boolean(fatal);
    this.#ignoreBOM = Boolean(ignoreBOM);
  }

  get encoding(): string {
    return "utf-8";
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(
    input: ArrayBufferLike | ArrayBufferView | undefined = undefined,
    options: { readonly stream?: boolean } | null = {},
  ): string {
    const bytes = bytesOf(input);
    const stream = Boolean(dictionary(options).stream);
    this.#decoder ??= this.#begin();
    let text: string;
    try {
      text = this.#decoder.decode(bytes, !stream);
    } catch (error) {
      this.#decoder = undefined;
      throw error;
    }
    if (!stream) this.#decoder = undefined;
    return this.#withoutBOM(text);
  }

  #begin(): Utf8Decoder {
    this.#bomSeen = false;
    return new Utf8Decoder(() => {
      if (this.#fatal) throw new TypeError("The encoded data was not valid for encoding utf-8");
      return 0xfffd;
    });
  }

  /** Only the very first code point of a stream can be a byte order mark. */
  #withoutBOM(text: string): string {
    if (this.#ignoreBOM || this.#bomSeen || text.length === 0) return text;
    this.#bomSeen = true;
    return text.startsWith("\uFEFF") ? text.slice(1) : text;
  }

  static {
    asInterface(TextDecoder, "TextDecoder");
  }
}

function bytesOf(input: unknown): Uint8Array {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return input.detached ? new Uint8Array(0) : new Uint8Array(input);
  // A world may take SharedArrayBuffer away, so it is recognised without naming it.
  if (Object.prototype.toString.call(input) === "[object SharedArrayBuffer]") {
    return new Uint8Array(input as SharedArrayBuffer);
  }
  throw new TypeError("decode needs an ArrayBuffer or a view of one.");
}
