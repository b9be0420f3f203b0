/**
 * The globals of an exercise. They are those of the web platform, simulated: time, the network and chance belong to
 * the test, which decides the order in which the outside answers. What is not declared here does not exist there.
 */

// ------------------------------------------------------------------------------------------------------- timers

// `(_: void) => void` takes the `resolve` of a promise of any kind, which asks for an argument.

/** Calls `handler` once, after `timeout` ms of virtual time. */
declare function setTimeout(handler: (_: void) => void, timeout?: number): number;
declare function setTimeout<A extends unknown[]>(handler: (...args: A) => void, timeout?: number, ...args: A): number;
declare function clearTimeout(id: number | undefined): void;
/** Calls `handler` again and again, each time after `timeout` ms of virtual time, until it is cleared. */
declare function setInterval(handler: (_: void) => void, timeout?: number): number;
declare function setInterval<A extends unknown[]>(handler: (...args: A) => void, timeout?: number, ...args: A): number;
declare function clearInterval(id: number | undefined): void;
/** Calls `handler` once, after the work that is ready now. */
declare function setImmediate(handler: (_: void) => void): number;
declare function setImmediate<A extends unknown[]>(handler: (...args: A) => void, ...args: A): number;
declare function clearImmediate(id: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;

interface Performance {
  /** Virtual milliseconds since the run began. */
  now(): number;
  readonly timeOrigin: number;
}
declare const performance: Performance;

// ------------------------------------------------------------------------------------------------------- events

interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

declare class Event {
  constructor(type: string, init?: EventInit);
  readonly type: string;
  readonly target: EventTarget | null;
  readonly currentTarget: EventTarget | null;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly defaultPrevented: boolean;
  readonly isTrusted: boolean;
  readonly timeStamp: number;
  preventDefault(): void;
  stopPropagation(): void;
  stopImmediatePropagation(): void;
}

type EventListener = (event: Event) => void;
interface CustomEventInit<T> extends EventInit {
  detail?: T;
}
declare class CustomEvent<T = unknown> extends Event {
  constructor(type: string, init?: CustomEventInit<T>);
  readonly detail: T;
}

interface EventListenerObject {
  handleEvent(event: Event): void;
}
type EventListenerOrEventListenerObject = EventListener | EventListenerObject;

interface EventListenerOptions {
  capture?: boolean;
}
interface AddEventListenerOptions extends EventListenerOptions {
  once?: boolean;
  passive?: boolean;
  /** Removes the listener when this signal aborts. */
  signal?: AbortSignal;
}

declare class EventTarget {
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
  dispatchEvent(event: Event): boolean;
}

// ------------------------------------------------------------------------------------------------- cancellation

declare class DOMException extends Error {
  constructor(message?: string, name?: string);
  /** `"AbortError"`, `"TimeoutError"` … */
  readonly name: string;
  readonly message: string;
  readonly code: number;
  static readonly ABORT_ERR: 20;
  static readonly TIMEOUT_ERR: 23;
}

declare class AbortSignal extends EventTarget {
  private constructor();
  readonly aborted: boolean;
  /** Why it was aborted; `undefined` until then. */
  readonly reason: any;
  onabort: ((this: AbortSignal, event: Event) => unknown) | null;
  /** Throws `reason` if the signal is aborted. */
  throwIfAborted(): void;
  addEventListener(
    type: "abort",
    listener: ((this: AbortSignal, event: Event) => unknown) | EventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: AddEventListenerOptions | boolean,
  ): void;
  removeEventListener(
    type: "abort",
    listener: ((this: AbortSignal, event: Event) => unknown) | EventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: EventListenerOptions | boolean,
  ): void;
  /** A signal that is aborted already. */
  static abort(reason?: unknown): AbortSignal;
  /** A signal that aborts with a `TimeoutError` after that many virtual ms. */
  static timeout(milliseconds: number): AbortSignal;
  /** A signal that aborts with the first of these, and with its reason. */
  static any(signals: Iterable<AbortSignal>): AbortSignal;
}

declare class AbortController {
  constructor();
  readonly signal: AbortSignal;
  /** Aborts the signal; without a reason, with an `AbortError` DOMException. */
  abort(reason?: unknown): void;
}

// ------------------------------------------------------------------------------------------------------ network

type HeadersInit = Headers | Iterable<readonly [string, string]> | Record<string, string>;

declare class Headers {
  constructor(init?: HeadersInit);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(callback: (value: string, key: string, parent: Headers) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

interface RequestInit {
  method?: string;
  headers?: HeadersInit;
  body?: string | Uint8Array | null;
  /** Aborts the request, and the reading of its body. */
  signal?: AbortSignal | null;
}

type ReadableStreamReadResult<T> = { done: false; value: T } | { done: true; value: undefined };

interface ReadableStreamDefaultReader<T> {
  readonly closed: Promise<undefined>;
  read(): Promise<ReadableStreamReadResult<T>>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
}

interface ReadableStream<T> extends AsyncIterable<T> {
  readonly locked: boolean;
  getReader(): ReadableStreamDefaultReader<T>;
  /** Lets the rest of the body go. */
  cancel(reason?: unknown): Promise<void>;
  values(options?: { preventCancel?: boolean }): AsyncIterableIterator<T>;
  [Symbol.asyncIterator](): AsyncIterableIterator<T>;
}

interface Response {
  /** True for a status from 200 to 299. */
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  text(): Promise<string>;
  json(): Promise<any>;
  arrayBuffer(): Promise<ArrayBuffer>;
  clone(): Response;
}
interface ResponseInit {
  status?: number;
  statusText?: string;
  headers?: Headers | Record<string, string> | [string, string][];
}
declare const Response: {
  readonly prototype: Response;
  new (body?: string | Uint8Array | ArrayBuffer | null, init?: ResponseInit): Response;
  json(data: unknown, init?: ResponseInit): Response;
};

declare function fetch(input: string | URL, init?: RequestInit): Promise<Response>;

declare class URLSearchParams {
  constructor(init?: string | Iterable<readonly [string, string]> | Record<string, string>);
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  forEach(callback: (value: string, key: string, parent: URLSearchParams) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}

declare class URL {
  constructor(url: string | URL, base?: string | URL);
  hash: string;
  host: string;
  hostname: string;
  href: string;
  readonly origin: string;
  password: string;
  pathname: string;
  port: string;
  protocol: string;
  search: string;
  readonly searchParams: URLSearchParams;
  username: string;
  toString(): string;
  toJSON(): string;
  static canParse(url: string | URL, base?: string | URL): boolean;
  static parse(url: string | URL, base?: string | URL): URL | null;
}

// --------------------------------------------------------------------------------------------------------- data

declare class TextEncoder {
  readonly encoding: string;
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}

declare function structuredClone<T>(value: T): T;

interface Crypto {
  /** Drawn from the run's own seed, so that a run can be repeated. */
  randomUUID(): `${string}-${string}-${string}-${string}-${string}`;
}
declare const crypto: Crypto;

interface Console {
  log(...data: unknown[]): void;
  info(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
  trace(...data: unknown[]): void;
  dir(value?: unknown, options?: unknown): void;
  table(data?: unknown): void;
  assert(condition?: unknown, ...data: unknown[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...data: unknown[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeLog(label?: string, ...data: unknown[]): void;
  timeEnd(label?: string): void;
}
/** What is written here is shown with the test's result. */
declare const console: Console;
