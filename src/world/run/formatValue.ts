/**
 * A value as short text for a message. Runs inside the realm, on values that the exercise made, so nothing that a
 * value does (throwing getters, proxies, cycles, enormous strings, methods of its own) may get out of here. It looks at
 * no more of a value than it shows, and calls none of its methods. Pure but for what it reads.
 */
/* eslint-disable @typescript-eslint/unbound-method -- the methods are taken from their prototypes on purpose, to be applied */
const maxText = 120;
const maxItems = 12;
const maxDepth = 3;
/** Characters of the whole. */
const maxWhole = 2000;
/** Characters from which on a text is not even looked at: to cut a text, the engine first copies all of it. */
const enormous = 1_000_000;

/** Never throws. */
export function formatValue(value: unknown): string {
  try {
    return shorten(format(value, 0, []), maxWhole);
  } catch {
    return "[a value that cannot be shown]";
  }
}

/**
 * A text as it may be shown anywhere, a terminal too: no more than so many characters, and none that moves the cursor,
 * turns the direction of writing, or is half a character. Line breaks and tabs stay.
 */
export function plainText(text: string, most: number): string {
  return shorten(text, most).toWellFormed().replace(unprintable, escaped);
}

// eslint-disable-next-line no-control-regex -- these are what is looked for
const unprintable = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function shorten(text: string, most: number): string {
  if (text.length > enormous) return `[a text of ${text.length.toLocaleString("en")} characters]`;
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function format(value: unknown, depth: number, above: readonly object[]): string {
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (typeof value === "bigint") return formatBigint(value);
  if (typeof value === "function") return `function ${cut(value.name === "" ? "(anonymous)" : value.name)}`;
  if (typeof value === "symbol") return cut(value.toString());
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  if (above.includes(value)) return "[circular]";
  if (value instanceof Error) return formatError(value);
  if (depth >= maxDepth) return Array.isArray(value) ? "[…]" : "{…}";
  return formatObject(value, depth + 1, [...above, value]);
}

/** Writing a number out takes the square of its length. */
function formatBigint(value: bigint): string {
  const limit = 10n ** BigInt(maxText);
  return value < limit && value > -limit ? `${value.toString()}n` : `[a bigint of more than ${String(maxText)} digits]`;
}

function formatError(error: Error): string {
  const { message, name } = error;
  const text = cut(message);
  return text === "" ? cut(name) : `${cut(name)}: ${text}`;
}

function formatObject(value: object, depth: number, above: readonly object[]): string {
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).length;
    const parts: string[] = [];
    for (let index = 0; index < Math.min(items, maxItems); index++) {
      parts.push(format((value as readonly unknown[])[index], depth, above));
    }
    return `[${listed(parts, items)}]`;
  }
  const map = sizeOf(mapSize, value);
  if (map !== undefined) {
    const entries = mapEntries.call(value as Map<unknown, unknown>);
    const parts = first(entries).map(([key, item]) => `${format(key, depth, above)} => ${format(item, depth, above)}`);
    return `Map { ${listed(parts, map)} }`;
  }
  const set = sizeOf(setSize, value);
  if (set !== undefined) {
    const parts = first(setValues.call(value as Set<unknown>)).map((item) => format(item, depth, above));
    return `Set { ${listed(parts, set)} }`;
  }
  if (value instanceof Promise) return "a Promise";
  const keys = Object.keys(value);
  const shown = keys.slice(0, maxItems);
  const parts = shown.map((key) => `${cut(key)}: ${format(Reflect.get(value, key), depth, above)}`);
  const name = nameOf(value);
  const prefix = name === "Object" || name === "" ? "" : `${name} `;
  return parts.length === 0 ? `${prefix}{}` : `${prefix}{ ${listed(parts, keys.length)} }`;
}

/* The engine's own, which a value cannot replace by methods of its own. */
const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const mapEntries = unbound(Map.prototype, "entries");
const setValues = unbound(Set.prototype, "values");

function unbound<T extends object, K extends keyof T>(prototype: T, name: K): T[K] {
  return prototype[name];
}

function getter(prototype: object, name: string): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
}

/** Undefined for a value of another kind. */
function sizeOf(size: () => unknown, value: object): number | undefined {
  try {
    return Reflect.apply(size, value, []) as number;
  } catch {
    return undefined;
  }
}

function first<T>(items: Iterable<T>): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length === maxItems) break;
    taken.push(item);
  }
  return taken;
}

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== "object" || prototype === null) return "";
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return typeof maker === "function" ? cut(maker.name) : "";
}

function listed(parts: readonly string[], all: number): string {
  const shown = parts.join(", ");
  return all > parts.length ? `${shown}, … ${String(all - parts.length)} more` : shown;
}

/** Names and messages of the exercise's own objects may be anything. */
function cut(given: unknown): string {
  return plainText(typeof given === "string" ? given : String(given), maxText);
}
