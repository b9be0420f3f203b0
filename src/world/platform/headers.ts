/** Headers as the Fetch standard defines them, with no guard. Runs inside the realm. */

export type HeadersInit =
  Headers | Iterable<readonly [name: string, value: string] | readonly string[]> | Readonly<Record<string, string>>;

export class Headers {
  /** In the order of appending; names keep the case they came with. */
  #list: { readonly name: string; readonly key: string; value: string }[] = [];

  constructor(init?: HeadersInit) {
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
    const checked = headerName(name);
    this.#list.push({ name: checked, key: checked.toLowerCase(), value: headerValue(value, checked) });
  }

  delete(name: string): void {
    const key = headerName(name).toLowerCase();
    this.#list = this.#list.filter((header) => header.key !== key);
  }

  get(name: string): string | null {
    const key = headerName(name).toLowerCase();
    const found = this.#list.filter((header) => header.key === key);
    return found.length === 0 ? null : found.map((header) => header.value).join(", ");
  }

  getSetCookie(): string[] {
    return this.#list.filter((header) => header.key === "set-cookie").map((header) => header.value);
  }

  has(name: string): boolean {
    const key = headerName(name).toLowerCase();
    return this.#list.some((header) => header.key === key);
  }

  set(name: string, value: string): void {
    const checked = headerName(name);
    const key = checked.toLowerCase();
    const normal = headerValue(value, checked);
    const first = this.#list.find((header) => header.key === key);
    if (first === undefined) {
      this.#list.push({ name: checked, key, value: normal });
    } else {
      first.value = normal;
      this.#list = this.#list.filter((header) => header.key !== key || header === first);
    }
  }

  forEach(callback: (value: string, name: string, headers: Headers) => void, thisArg?: unknown): void {
    if (typeof callback !== "function") throw new TypeError("forEach needs a function.");
    for (const [name, value] of this) callback.call(thisArg, value, name, this);
  }

  *entries(): Generator<[name: string, value: string], undefined> {
    // The list is sorted anew for each step, since it may change between steps.
    for (let index = 0; ; index++) {
      const entry = this.#sorted()[index];
      if (entry === undefined) return undefined;
      yield entry;
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

  #sorted(): [name: string, value: string][] {
    const keys = [...new Set(this.#list.map((header) => header.key))].sort();
    return keys.flatMap((key): [string, string][] =>
      key === "set-cookie"
        ? this.getSetCookie().map((value): [string, string] => [key, value])
        : [[key, this.get(key) ?? ""]],
    );
  }

  get [Symbol.toStringTag](): string {
    return "Headers";
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  const method: unknown = Reflect.get(value, Symbol.iterator);
  return method !== undefined && method !== null;
}

/** WebIDL's ByteString: no code unit over 255. */
function byteString(value: unknown): string {
  if (typeof value === "symbol") throw new TypeError("A symbol cannot be part of a header.");
  const text = String(value);
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0xff) {
      throw new TypeError(`Headers are bytes: character ${String(index + 1)} of "${text}" does not fit into one.`);
    }
  }
  return text;
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
