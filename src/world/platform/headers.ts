/** Headers as the Fetch standard defines them, with no guard but the one that makes them immutable. Runs inside the realm. */
import { asInterface, byteString, need, pairIterators } from "./webIdl.ts";

export type HeadersInit =
  Headers | Iterable<readonly [name: string, value: string] | readonly string[]> | Readonly<Record<string, string>>;

/** Filled in by the class below. `freeze` makes headers that came from outside throw at every change. */
export const headersInternals: { freeze(headers: Headers): void } = {
  freeze: () => {
    throw new Error("Headers is not defined yet.");
  },
};

export class Headers {
  static readonly #iterate = pairIterators<Headers>("Headers", (headers, index) => headers.#sorted()[index]);
  /** In the order of appending; names keep the case they came with. */
  #list: { readonly name: string; readonly key: string; value: string }[] = [];
  #immutable = false;

  constructor(init: HeadersInit | undefined = undefined) {
    if (init === undefined) return;
    if (init === null || (typeof init !== "object" && typeof init !== "function")) {
      throw new TypeError("Headers need an object or an iterable of [name, value] pairs.");
    }
    if (isIterable(init)) this.#fillFromPairs(init);
    else this.#fillFromRecord(init);
  }

  #fillFromPairs(pairs: Iterable<unknown>): void {
    const checked = [...pairs].map((pair) => {
      if (pair === null || typeof pair !== "object" || !isIterable(pair)) {
        throw new TypeError("Each header must be a [name, value] pair.");
      }
      const parts = [...pair];
      if (parts.length !== 2) throw new TypeError("Each header must be a [name, value] pair.");
      return [byteString(parts[0]), byteString(parts[1])] as const;
    });
    for (const [name, value] of checked) this.append(name, value);
  }

  #fillFromRecord(record: object): void {
    const entries: [string, string][] = [];
    for (const key of Reflect.ownKeys(record)) {
      if (Object.getOwnPropertyDescriptor(record, key)?.enumerable !== true) continue;
      entries.push([byteString(key), byteString(Reflect.get(record, key))]);
    }
    for (const [name, value] of entries) this.append(name, value);
  }

  append(name: string, value: string): void {
    need(arguments.length, 2);
    const checked = headerName(name);
    const normal = headerValue(value, checked);
    this.#change();
    this.#list.push({ name: checked, key: checked.toLowerCase(), value: normal });
  }

  delete(name: string): void {
    need(arguments.length, 1);
    const key = headerName(name).toLowerCase();
    this.#change();
    this.#list = this.#list.filter((header) => header.key !== key);
  }

  get(name: string): string | null {
    need(arguments.length, 1);
    const key = headerName(name).toLowerCase();
    const found = this.#list.filter((header) => header.key === key);
    return found.length === 0 ? null : found.map((header) => header.value).join(", ");
  }

  getSetCookie(): string[] {
    return this.#list.filter((header) => header.key === "set-cookie").map((header) => header.value);
  }

  has(name: string): boolean {
    need(arguments.length, 1);
    const key = headerName(name).toLowerCase();
    return this.#list.some((header) => header.key === key);
  }

  set(name: string, value: string): void {
    need(arguments.length, 2);
    const checked = headerName(name);
    const key = checked.toLowerCase();
    const normal = headerValue(value, checked);
    this.#change();
    const first = this.#list.find((header) => header.key === key);
    if (first === undefined) {
      this.#list.push({ name: checked, key, value: normal });
    } else {
      first.value = normal;
      this.#list = this.#list.filter((header) => header.key !== key || header === first);
    }
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg: unknown = undefined): void {
    if (typeof callback !== "function") throw new TypeError("forEach needs a function.");
    // Sorted anew for each step, since the callback may change the list.
    for (let index = 0, pair = this.#sorted()[0]; pair !== undefined; pair = this.#sorted()[++index]) {
      callback.call(thisArg, pair[1], pair[0], this);
    }
  }

  entries(): IteratorObject<[name: string, value: string], undefined> {
    return Headers.#iterate(this, "entries");
  }

  keys(): IteratorObject<string, undefined> {
    return Headers.#iterate(this, "keys");
  }

  values(): IteratorObject<string, undefined> {
    return Headers.#iterate(this, "values");
  }

  declare [Symbol.iterator]: () => IteratorObject<[name: string, value: string], undefined>;

  #change(): void {
    if (this.#immutable) throw new TypeError("These headers are immutable.");
  }

  #sorted(): [name: string, value: string][] {
    const keys = [...new Set(this.#list.map((header) => header.key))].sort();
    return keys.flatMap((key): [string, string][] =>
      key === "set-cookie"
        ? this.getSetCookie().map((value): [string, string] => [key, value])
        : [[key, this.get(key) ?? ""]],
    );
  }

  static {
    headersInternals.freeze = (headers) => {
      headers.#immutable = true;
    };
    asInterface(Headers, "Headers");
    const entries: unknown = Reflect.get(Headers.prototype, "entries");
    Object.defineProperty(Headers.prototype, Symbol.iterator, { value: entries, writable: true, configurable: true });
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  const method: unknown = Reflect.get(value, Symbol.iterator);
  return method !== undefined && method !== null;
}

function headerName(value: unknown): string {
  const name = byteString(value);
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new TypeError(`"${name}" is not a valid header name.`);
  return name;
}

function headerValue(value: unknown, name: string): string {
  const text = byteString(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, "");
  if (/[\0\n\r]/.test(text)) throw new TypeError(`The value of the header "${name}" contains a NUL or a line break.`);
  return text;
}
