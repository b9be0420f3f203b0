/** URLSearchParams as the URL standard defines it. Runs inside the realm. */
import { formUrlEncode, percentDecode } from "./percentEncoding.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

export type SearchParamsInit =
  | string
  | URLSearchParams
  | Iterable<readonly [name: string, value: string] | readonly string[]>
  | Readonly<Record<string, string>>;

interface SearchParamsInternals {
  /** Has `changed` called with the new text after each change that comes through the parameters. */
  connect(params: URLSearchParams, changed: (text: string) => void): void;
  /** Puts the parameters of a query in place of those there are, without a call of `changed`. */
  replace(params: URLSearchParams, query: string): void;
}

const unconnected = (): never => {
  throw new Error("URLSearchParams was not set up.");
};

/** How a URL keeps in step with its parameters. Filled in by the class below, which alone can reach its private fields. */
export const searchParamsInternals: SearchParamsInternals = { connect: unconnected, replace: unconnected };

export class URLSearchParams {
  #list: (readonly [name: string, value: string])[] = [];
  #changed: ((text: string) => void) | undefined;

  constructor(init: SearchParamsInit = "") {
    if ((typeof init !== "object" && typeof init !== "function") || init === null) {
      const text = String(init);
      this.#list = parse(text.startsWith("?") ? text.slice(1) : text);
    } else if (isIterable(init)) {
      this.#list = [...init].map(pairOf);
    } else {
      this.#list = recordOf(init);
    }
  }

  static {
    searchParamsInternals.connect = (params, changed) => {
      params.#changed = changed;
    };
    searchParamsInternals.replace = (params, query) => {
      params.#list = parse(query);
    };
  }

  get size(): number {
    return this.#list.length;
  }

  append(...given: [name: string, value: string]): void {
    need(given, 2);
    this.#list.push([scalars(given[0]), scalars(given[1])]);
    this.#update();
  }

  delete(...given: [name: string, value?: string]): void {
    const matches = matcher(given);
    this.#list = this.#list.filter((pair) => !matches(pair));
    this.#update();
  }

  get(...given: [name: string]): string | null {
    need(given, 1);
    return this.#list.find(matcher([given[0]]))?.[1] ?? null;
  }

  getAll(...given: [name: string]): string[] {
    need(given, 1);
    return this.#list.filter(matcher([given[0]])).map(([, value]) => value);
  }

  has(...given: [name: string, value?: string]): boolean {
    return this.#list.some(matcher(given));
  }

  set(...given: [name: string, value: string]): void {
    need(given, 2);
    const pair = [scalars(given[0]), scalars(given[1])] as const;
    const first = this.#list.findIndex(([name]) => name === pair[0]);
    if (first < 0) this.#list.push(pair);
    else {
      this.#list = this.#list.filter(([name], index) => index === first || name !== pair[0]);
      this.#list[first] = pair;
    }
    this.#update();
  }

  /** By the UTF-16 code units of the names; equal names keep their order. */
  sort(): void {
    this.#list.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    this.#update();
  }

  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void {
    if (typeof callback !== "function") throw new TypeError("forEach needs a function.");
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  *entries(): Generator<[name: string, value: string], undefined> {
    for (let index = 0; ; index++) {
      const pair = this.#list[index];
      if (pair === undefined) return undefined;
      yield [pair[0], pair[1]];
    }
  }

  *keys(): Generator<string, undefined> {
    for (const [name] of this.entries()) yield name;
    return undefined;
  }

  *values(): Generator<string, undefined> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  [Symbol.iterator](): Generator<[name: string, value: string], undefined> {
    return this.entries();
  }

  toString(): string {
    return this.#list.map(([name, value]) => `${formUrlEncode(name)}=${formUrlEncode(value)}`).join("&");
  }

  #update(): void {
    this.#changed?.(this.toString());
  }

  get [Symbol.toStringTag](): string {
    return "URLSearchParams";
  }
}

function parse(query: string): (readonly [name: string, value: string])[] {
  return query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const equals = part.indexOf("=");
      const name = equals < 0 ? part : part.slice(0, equals);
      return [decode(name), equals < 0 ? "" : decode(part.slice(equals + 1))] as const;
    });
}

function decode(text: string): string {
  return decodeUtf8(percentDecode(encodeUtf8(text.replaceAll("+", " "))));
}

function isIterable(value: object): value is Iterable<unknown> {
  const method: unknown = Reflect.get(value, Symbol.iterator);
  return method !== undefined && method !== null;
}

function pairOf(pair: unknown): readonly [name: string, value: string] {
  const parts = pair !== null && typeof pair === "object" && isIterable(pair) ? [...pair] : [];
  if (parts.length !== 2) throw new TypeError("Each parameter must be a [name, value] pair.");
  return [scalars(parts[0]), scalars(parts[1])];
}

function recordOf(record: object): (readonly [name: string, value: string])[] {
  // Two keys can become one when their lone surrogates are replaced; the later value wins.
  const pairs = new Map<string, string>();
  for (const key of Reflect.ownKeys(record)) {
    if (Object.getOwnPropertyDescriptor(record, key)?.enumerable !== true) continue;
    pairs.set(scalars(key), scalars(Reflect.get(record, key)));
  }
  return [...pairs];
}

function matcher(given: readonly [name: string, value?: string]): (pair: readonly [string, string]) => boolean {
  need(given, 1);
  const name = scalars(given[0]);
  const value = given[1] === undefined ? undefined : scalars(given[1]);
  return (pair) => pair[0] === name && (value === undefined || pair[1] === value);
}

/** WebIDL's USVString. */
function scalars(value: unknown): string {
  if (typeof value === "symbol") throw new TypeError("A symbol cannot be part of a query.");
  return String(value).toWellFormed();
}

function need(given: readonly unknown[], count: number): void {
  if (given.length < count)
    throw new TypeError(`${String(count)} arguments are needed, ${String(given.length)} given.`);
}
