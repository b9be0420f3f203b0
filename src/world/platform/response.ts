/** Response as the Fetch standard defines it, as far as a client that reads answers needs it. Runs inside the realm. */
import { type BodySource, type ReadableStream, streamInternals } from "./bodyStream.ts";
import { Headers, type HeadersInit } from "./headers.ts";
import { TextDecoder, TextEncoder } from "./textEncoding.ts";

export interface ResponseInit {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: HeadersInit;
}

interface ResponseState {
  url: string;
  type: "basic" | "default" | "error";
}

export const responseInternals: { create(source: BodySource | undefined, init: ResponseInit, url: string): Response } =
  {
    create: () => {
      throw new Error("Response is not defined yet.");
    },
  };

export class Response {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly #body: ReadableStream | null;
  readonly #source: BodySource | undefined;
  readonly #state: ResponseState = { url: "", type: "default" };

  static {
    responseInternals.create = (source, init, url) => {
      const response = new Response(null, init, source);
      response.#state.url = url;
      response.#state.type = "basic";
      return response;
    };
  }

  constructor(body: string | Uint8Array | ArrayBuffer | null = null, init: ResponseInit = {}, source?: BodySource) {
    const status = init.status ?? 200;
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new RangeError("The status of a Response must be from 200 to 599.");
    }
    this.status = status;
    this.statusText = String(init.statusText ?? "");
    this.headers = new Headers(init.headers);
    this.#source = source ?? (body === null ? undefined : fixed(body));
    this.#body = this.#source === undefined ? null : streamInternals.create(this.#source);
    if (typeof body === "string" && !this.headers.has("content-type")) {
      this.headers.set("content-type", "text/plain;charset=UTF-8");
    }
  }

  static json(data: unknown, init: ResponseInit = {}): Response {
    const response = new Response(JSON.stringify(data), init);
    response.headers.set("content-type", "application/json");
    return response;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
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

  async bytes(): Promise<Uint8Array> {
    if (this.#body === null) return new Uint8Array();
    if (this.bodyUsed || this.#body.locked) throw new TypeError("Body is unusable: Body has already been read");
    const reader = this.#body.getReader();
    const { value } = await reader.read();
    return value ?? new Uint8Array();
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).slice().buffer;
  }

  clone(): Response {
    if (this.bodyUsed || this.#body?.locked === true)
      throw new TypeError("Response.clone: Body has already been consumed.");
    const { status, statusText, headers } = this;
    const copy = new Response(null, { status, statusText, headers }, this.#source);
    copy.#state.url = this.#state.url;
    copy.#state.type = this.#state.type;
    return copy;
  }
}

function fixed(body: string | Uint8Array | ArrayBuffer): BodySource {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body).slice();
  return { bytes: () => Promise.resolve(bytes), cancel: () => undefined, failure: () => undefined };
}
