/** Response as the Fetch standard defines it, as far as a client that reads answers needs it. Runs inside the realm. */
import { type BodySource, ReadableStream, streamInternals } from "./bodyStream.ts";
import { Headers, type HeadersInit, headersInternals } from "./headers.ts";
import { TextDecoder, TextEncoder } from "./textEncoding.ts";
import { URL } from "./url.ts";
import { URLSearchParams } from "./urlSearchParams.ts";
import { asInterface, byteString, dictionary, need, usvString } from "./webIdl.ts";

export interface ResponseInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: HeadersInit;
}

export type BodyInit = string | URLSearchParams | ArrayBuffer | ArrayBufferView | ReadableStream;

interface ResponseState {
  url: string;
  type: "basic" | "default" | "error";
  status: number;
  readonly statusText: string;
  readonly headers: Headers;
}

export const responseInternals: { create(source: BodySource | undefined, init: ResponseInit, url: string): Response } =
  {
    create: () => {
      throw new Error("Response is not defined yet.");
    },
  };

/** Answers that never have a body. */
const nullBodyStatuses: readonly number[] = [101, 103, 204, 205, 304];
const redirectStatuses: readonly number[] = [301, 302, 303, 307, 308];

export class Response {
  readonly #state: ResponseState;
  #source: BodySource | undefined;
  #body: ReadableStream | null = null;

  static {
    responseInternals.create = (source, init, url) => {
      const response = new Response(null, init);
      response.#state.url = url;
      response.#state.type = "basic";
      response.#read(source);
      headersInternals.freeze(response.#state.headers);
      return response;
    };
  }

  constructor(body: BodyInit | null | undefined = null, init: ResponseInit | null = {}) {
    const { status = 200, statusText = "", headers } = dictionary(init);
    this.#state = {
      url: "",
      type: "default",
      status: statusCode(status),
      statusText: reasonPhrase(statusText),
      headers: new Headers(headers),
    };
    if (body === null || body === undefined) return;
    const { source, stream, type } = extract(body);
    if (nullBodyStatuses.includes(this.#state.status)) {
      throw new TypeError(`A response with status ${this.#state.status} cannot have a body.`);
    }
    this.#read(source, stream);
    if (type !== undefined && !this.#state.headers.has("content-type")) this.#state.headers.set("content-type", type);
  }

  static error(): Response {
    const response = new Response();
    response.#state.type = "error";
    response.#state.status = 0;
    headersInternals.freeze(response.#state.headers);
    return response;
  }

  static redirect(url: string | URL, status = 302): Response {
    need(arguments.length, 1);
    const location = new URL(url).href;
    if (!redirectStatuses.includes(Number(status))) throw new RangeError(`${status} is not the status of a redirect.`);
    const response = new Response(null, { status, headers: { location } });
    headersInternals.freeze(response.#state.headers);
    return response;
  }

  static json(data: unknown, init: ResponseInit | null = {}): Response {
    need(arguments.length, 1);
    const text = JSON.stringify(data) as string | undefined;
    if (text === undefined) throw new TypeError("The data cannot be written as JSON.");
    const headers = new Headers(dictionary(init).headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new Response(text, { ...dictionary(init), headers });
  }

  #read(source: BodySource | undefined, stream?: ReadableStream): void {
    this.#source = source;
    this.#body = source === undefined ? null : (stream ?? streamInternals.create(source));
  }

  get status(): number {
    return this.#state.status;
  }

  get statusText(): string {
    return this.#state.statusText;
  }

  get headers(): Headers {
    return this.#state.headers;
  }

  get ok(): boolean {
    return this.#state.status >= 200 && this.#state.status < 300;
  }

  get url(): string {
    return this.#state.url;
  }

  get type(): string {
    return this.#state.type;
  }

  get redirected(): boolean {
    return false;
  }

  get body(): ReadableStream | null {
    return this.#body;
  }

  get bodyUsed(): boolean {
    return this.#body !== null && streamInternals.disturbed(this.#body);
  }

  bytes(): Promise<Uint8Array> {
    return this.#consume();
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.#consume());
  }

  async json(): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await this.#consume())) as unknown;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#consume()).slice().buffer;
  }

  async #consume(): Promise<Uint8Array> {
    if (this.#body === null) return new Uint8Array();
    if (streamInternals.disturbed(this.#body) || this.#body.locked) {
      throw new TypeError("Body is unusable: Body has already been read");
    }
    const reader = this.#body.getReader();
    const { value } = await reader.read();
    return value ?? new Uint8Array();
  }

  clone(): Response {
    if (this.bodyUsed || this.#body?.locked === true) {
      throw new TypeError("Response.clone: Body has already been consumed.");
    }
    const { status, statusText, headers, url, type } = this.#state;
    const copy = new Response(null, { statusText, headers });
    copy.#state.status = status;
    copy.#state.url = url;
    copy.#state.type = type;
    copy.#read(this.#source);
    if (type !== "default") headersInternals.freeze(copy.#state.headers);
    return copy;
  }

  static {
    asInterface(Response, "Response");
  }
}

function statusCode(status: unknown): number {
  // WebIDL's unsigned short wraps around.
  const code = Number(status) & 0xffff;
  if (code < 200 || code > 599) throw new RangeError("The status of a Response must be from 200 to 599.");
  return code;
}

function reasonPhrase(text: unknown): string {
  const phrase = byteString(text);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(phrase))
    throw new TypeError("The statusText has a character that it must not have.");
  return phrase;
}

interface Extracted {
  readonly source: BodySource;
  readonly stream?: ReadableStream;
  /** The content type that goes without saying. */
  readonly type?: string;
}

/** A body as Fetch extracts it. */
function extract(body: BodyInit): Extracted {
  if (body instanceof ReadableStream) {
    if (body.locked || streamInternals.disturbed(body)) throw new TypeError("The body is locked or has been read.");
    return { source: streamInternals.source(body), stream: body };
  }
  if (body instanceof ArrayBuffer) return { source: fixed(new Uint8Array(body).slice()) };
  if (ArrayBuffer.isView(body)) {
    return { source: fixed(new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice()) };
  }
  const type = body instanceof URLSearchParams ? "application/x-www-form-urlencoded" : "text/plain";
  return { source: fixed(new TextEncoder().encode(usvString(body))), type: `${type};charset=UTF-8` };
}

function fixed(bytes: Uint8Array): BodySource {
  return { bytes: () => Promise.resolve(bytes.slice()), cancel: () => undefined, failure: () => undefined };
}
