/** URLSearchParams as the URL standard defines it. Runs inside the realm. */
import { formUrlEncode, percentDecode } from "./percentEncoding.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";
import { asInterface, need, pairIterators, usvString } from "./webIdl.ts";

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
  static readonly #iterate = pairIterators<URLSearchParams>("URLSearchParams", (params, index) => params.#list[index]);
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

  get size(): number {
    return this.#list.length;
  }

  append(name: string, value: string): void {
    need(arguments.length, 2);
    this.#list.push([usvString(name), usvString(value)]);
    this.#update();
  }

  delete(name: string, value: string | undefined = undefined): void {
    need(arguments.length, 1);
    const matches = matcher(name, value);
    this.#list = this.#list.filter((pair) => !matches(pair));
    this.#update();
  }

  get(name: string): string | null {
    need(arguments.length, 1);
    return this.#list.find(matcher(name))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    need(arguments.length, 1);
    return this.#list.filter(matcher(name)).map(([, value]) => value);
  }

  has(name: string, value: string | undefined = undefined): boolean {
    need(arguments.length, 1);
    return this.#list.some(matcher(name, value));
  }

  set(name: string, value: string): void {
    need(arguments.length, 2);
    const pair = [usvString(name), usvString(value)] as const;
    const first = this.#list.findIndex(([other]) => other === pair[0]);
    if (first < 0) this.#list.push(pair);
    else {
      this.#list = this.#list.filter(([other], index) => index === first || other !== pair[0]);
      this.#list[first] = pair;
    }
    this.#update();
  }

  /** By the UTF-16 code units of the names; equal names keep their order. */
  sort(): void {
    this.#list.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    this.#update();
  }

  forEach(
    callback: (value: string, name: string, params: URLSearchParams) => void,
    thisArg: unknown = undefined,
  ): void {
    if (typeof callback !== "function") throw new TypeError("forEach needs a function.");
    for (let index = 0, pair = this.#list[0]; pair !== undefined; pair = this.#list[++index]) {
      callback.call(thisArg, pair[1], pair[0], this);
    }
  }

  entries(): IteratorObject<[name: string, value: string], undefined> {
    return URLSearchParams.#iterate(this, "entries");
  }

  keys(): IteratorObject<string, undefined> {
    return URLSearchParams.#iterate(this, "keys");
  }

  values(): IteratorObject<string, undefined> {
    return URLSearchParams.#iterate(this, "values");
  }

  declare [Symbol.iterator]: () => IteratorObject<[name: string, value: string], undefined>;

  toString(): string {
    return this.#list.map(([name, value]) => `${formUrlEncode(name)}=${formUrlEncode(value)}`).join("&");
  }

  #update(): void {
    this.#changed?.(this.toString());
  }

  static {
    searchParamsInternals.connect = (params, changed) => {
      params.#changed = changed;
    };
    searchParamsInternals.replace = (params, query) => {
      params.#list = parse(query);
    };
    asInterface(URLSearchParams, "URLSearchParams");
    const entries: unknown = Reflect.get(URLSearchParams.prototype, "entries");
    const iterator = { value: entries, writable: true, configurable: true };
    Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, iterator);
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
  return [usvString(parts[0]), usvString(parts[1])];
}

function recordOf(record: object): (readonly [name: string, value: string])[] {
  // Two keys can become one when their lone surrogates are replaced; the later value wins.
  const pairs = new Map<string, string>();
  for (const key of Reflect.ownKeys(record)) {
    if (Object.getOwnPropertyDescriptor(record, key)?.enumerable !== true) continue;
    pairs.set(usvString(key), usvString(Reflect.get(record, key)));
  }
  return [...pairs];
}

function matcher(name: string, value?: string): (pair: readonly [string, string]) => boolean {
  const wanted = usvString(name);
  const only = value === undefined ? undefined : usvString(value);
  return (pair) => pair[0] === wanted && (only === undefined || pair[1] === only);
}
