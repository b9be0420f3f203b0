/**
 * JSON that remembers where things are, so that a finding can name a line. Strict JSON, nothing more; a repeated key
 * is an error, since one of the two would be lost in silence. Pure.
 */

export type JsonPath = readonly (string | number)[];

export interface LocatedJson {
  readonly value: unknown;
  /** Line (from 1) of the value at the path, or of its nearest parent that exists. */
  lineOf(path: JsonPath): number;
}

export class JsonSyntaxError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.name = "JsonSyntaxError";
    this.line = line;
  }
}

/** Throws a `JsonSyntaxError` for text that is not JSON. */
export function parseLocatedJson(text: string): LocatedJson {
  const offsets = new Map<string, number>();
  const value = new Scanner(text, offsets).document();
  return {
    value,
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const offset = offsets.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return lineAt(text, offset);
      }
      return 1;
    },
  };
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

const space = /[ \t\r\n]*/y;
// Control characters are just what a string may not hold.
// eslint-disable-next-line no-control-regex
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Scanner {
  readonly #text: string;
  readonly #offsets: Map<string, number>;
  #at = 0;

  constructor(text: string, offsets: Map<string, number>) {
    this.#text = text.startsWith("\uFEFF") ? " " + text.slice(1) : text;
    this.#offsets = offsets;
  }

  document(): unknown {
    const value = this.#value([]);
    this.#match(space);
    if (this.#at < this.#text.length) this.#fail("the end of the file");
    return value;
  }

  #value(path: JsonPath): unknown {
    this.#match(space);
    this.#offsets.set(keyOf(path), this.#at);
    if (this.#take("{")) return this.#object(path);
    if (this.#take("[")) return this.#array(path);
    const found = this.#match(string) ?? this.#match(literal);
    return found === undefined ? this.#fail("a value") : (JSON.parse(found) as unknown);
  }

  #object(path: JsonPath): unknown {
    const entries: [string, unknown][] = [];
    const seen = new Set<string>();
    this.#match(space);
    if (this.#take("}")) return {};
    do {
      this.#match(space);
      const at = this.#at;
      const found = this.#match(string) ?? this.#fail("a key in double quotes");
      const key = JSON.parse(found) as string;
      if (seen.has(key)) this.#fail(`a key other than "${key}", which is there already`, at);
      seen.add(key);
      this.#match(space);
      if (!this.#take(":")) this.#fail('":"');
      entries.push([key, this.#value([...path, key])]);
      this.#match(space);
    } while (this.#take(","));
    if (!this.#take("}")) this.#fail('"," or "}"');
    return Object.fromEntries(entries);
  }

  #array(path: JsonPath): unknown {
    const items: unknown[] = [];
    this.#match(space);
    if (this.#take("]")) return items;
    do {
      items.push(this.#value([...path, items.length]));
      this.#match(space);
    } while (this.#take(","));
    if (!this.#take("]")) this.#fail('"," or "]"');
    return items;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  #fail(wanted: string, at = this.#at): never {
    throw new JsonSyntaxError(wanted, lineAt(this.#text, at));
  }
}
