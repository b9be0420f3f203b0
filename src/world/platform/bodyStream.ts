/**
 * The part of ReadableStream that a response's body needs: one reader at a time, read, cancel, iterate. Runs inside
 * the realm. A stream has at most one chunk, since the world delivers bodies whole.
 */
import { eventInternals } from "./events.ts";
import { deferred } from "../../base/deferred.ts";
import { asInterface, dictionary } from "./webIdl.ts";

/** Where the bytes come from. */
export interface BodySource {
  /** Resolves once the body has arrived whole; rejects when it fails or is aborted. */
  bytes(): Promise<Uint8Array>;
  /** Lets the body go unread. */
  cancel(): void;
  /** Why nothing can be read any more, if that is so. */
  failure(): { readonly reason: unknown } | undefined;
}

interface ReadResult {
  readonly done: boolean;
  readonly value: Uint8Array | undefined;
}

export const streamInternals: {
  create(source: BodySource): ReadableStream;
  disturbed(stream: ReadableStream): boolean;
  source(stream: ReadableStream): BodySource;
} = {
  create: () => {
    throw new Error("ReadableStream is not defined yet.");
  },
  disturbed: () => false,
  source: () => {
    throw new Error("ReadableStream is not defined yet.");
  },
};

const secret = Symbol("only the platform makes streams");

export class ReadableStream {
  readonly #source: BodySource;
  #reader: ReadableStreamDefaultReader | undefined;
  #disturbed = false;
  #ended = false;

  static {
    asInterface(ReadableStream, "ReadableStream");
    streamInternals.create = (source) => new ReadableStream(secret, source);
    streamInternals.disturbed = (stream) => {
      stream.#touch();
      return stream.#disturbed;
    };
    streamInternals.source = (stream) => stream.#source;
  }

  constructor(key?: unknown, source?: BodySource) {
    if (key !== secret || source === undefined) {
      throw new TypeError("This world has no ReadableStream of its own making; it only has the bodies of responses.");
    }
    this.#source = source;
    eventInternals.hooks.watch?.fresh(this);
  }

  /** Whatever is done with a stream counts as a change of it, also a look. */
  #touch(): void {
    eventInternals.hooks.watch?.writeWhole(this);
  }

  get locked(): boolean {
    this.#touch();
    return this.#reader !== undefined;
  }

  getReader(options: { readonly mode?: unknown } | null = {}): ReadableStreamDefaultReader {
    if (dictionary(options).mode !== undefined) throw new TypeError("This world has no readers but the default one.");
    this.#touch();
    if (this.#reader !== undefined) throw new TypeError("The stream is locked to another reader.");
    const reader = new ReadableStreamDefaultReader({
      read: () => this.#read(),
      cancel: () => this.#cancel(),
      release: () => {
        this.#touch();
        if (this.#reader === reader) this.#reader = undefined;
      },
    });
    this.#reader = reader;
    return reader;
  }

  cancel(_reason: unknown = undefined): Promise<void> {
    if (this.locked) return Promise.reject(new TypeError("The stream is locked to a reader; cancel the reader."));
    return this.#cancel();
  }

  /** @param options `preventCancel` leaves the stream as it is when the loop is left early. */
  values(options: { readonly preventCancel?: boolean } | null = {}): AsyncGenerator<Uint8Array, void, void> {
    const preventCancel = Boolean(dictionary(options).preventCancel);
    // Locked from here on, not from the first step.
    return this.#iterate(this.getReader(), preventCancel);
  }

  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    return this.values();
  }

  async *#iterate(reader: ReadableStreamDefaultReader, keep: boolean): AsyncGenerator<Uint8Array, void, void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || value === undefined) return;
        yield value;
      }
    } finally {
      if (!this.#ended && !keep) await reader.cancel();
      reader.releaseLock();
    }
  }

  async #read(): Promise<ReadResult> {
    this.#touch();
    this.#disturbed = true;
    if (this.#ended) return { done: true, value: undefined };
    const value = await this.#source.bytes();
    this.#touch();
    if (this.#ended) return { done: true, value: undefined };
    this.#ended = true;
    return value.length === 0 ? { done: true, value: undefined } : { done: false, value };
  }

  async #cancel(): Promise<void> {
    this.#touch();
    this.#disturbed = true;
    const failure = this.#source.failure();
    // The Streams standard: cancelling a stream that has failed rejects with the failure.
    if (failure !== undefined) throw failure.reason;
    if (this.#ended) return;
    this.#ended = true;
    this.#source.cancel();
    await Promise.resolve();
  }
}

interface ReaderHooks {
  read(): Promise<ReadResult>;
  cancel(): Promise<void>;
  release(): void;
}

export class ReadableStreamDefaultReader {
  readonly #hooks: ReaderHooks;
  #released = false;
  #closed = deferred<undefined>();
  #settled = false;

  constructor(hooks: ReaderHooks) {
    this.#hooks = hooks;
    eventInternals.hooks.watch?.fresh(this);
    this.#closed.promise.catch(() => undefined);
  }

  get closed(): Promise<undefined> {
    return this.#closed.promise;
  }

  async read(): Promise<ReadResult> {
    this.#check();
    try {
      const result = await this.#hooks.read();
      if (result.done) this.#close();
      return result;
    } catch (error) {
      this.#settled = true;
      this.#closed.reject(error);
      throw error;
    }
  }

  async cancel(_reason: unknown = undefined): Promise<void> {
    this.#check();
    await this.#hooks.cancel();
    this.#close();
  }

  releaseLock(): void {
    if (this.#released) return;
    eventInternals.hooks.watch?.writeWhole(this);
    this.#released = true;
    this.#hooks.release();
    // The standard: what `closed` has told stays told, and from now on it rejects.
    if (this.#settled) this.#closed = deferred();
    this.#closed.promise.catch(() => undefined);
    this.#closed.reject(new TypeError("The reader has been released."));
  }

  #close(): void {
    this.#settled = true;
    this.#closed.resolve(undefined);
  }

  #check(): void {
    eventInternals.hooks.watch?.writeWhole(this);
    if (this.#released) throw new TypeError("The reader has been released.");
  }

  static {
    asInterface(ReadableStreamDefaultReader, "ReadableStreamDefaultReader");
  }
}
