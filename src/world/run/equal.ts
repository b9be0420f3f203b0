/**
 * Comparison by value, for checks. Runs inside the realm, on values that the exercise made: none of their methods is
 * called, so that an array with an `every` of its own, or a Map that lies about its size, gains nothing.
 */
/* eslint-disable @typescript-eslint/unbound-method -- the methods are taken from their prototypes on purpose, to be applied */

/**
 * Never throws: what cannot be compared is unequal. Errors, functions and promises are compared by identity.
 * @param other what was expected: what kind of value it is decides how the two are compared
 */
export function sameValue(one: unknown, other: unknown): boolean {
  try {
    return same(one, other, 0);
  } catch {
    return false;
  }
}

const maxDepth = 20;

function same(one: unknown, other: unknown, depth: number): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null || depth > maxDepth)
    return false;
  if (one instanceof Error || other instanceof Error) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && sameItems(one, other, depth + 1);
  }
  // The usual case, and asking for each kind throws where the answer is no, which takes long.
  if (prototypeOf(other) === Object.prototype) return sameProperties(one, other, depth + 1);
  for (const kind of kinds) {
    const [mine, theirs] = [kind.has(one), kind.has(other)];
    if (mine !== theirs) return false;
    if (mine) return kind.same(one, other, depth + 1);
  }
  return sameProperties(one, other, depth + 1);
}

function sameItems(one: readonly unknown[], other: readonly unknown[], depth: number): boolean {
  const { length } = other;
  if (one.length !== length) return false;
  for (let index = 0; index < length; index++) if (!same(one[index], other[index], depth)) return false;
  return true;
}

function sameProperties(one: object, other: object, depth: number): boolean {
  const [keys, otherKeys] = [Object.keys(one), Object.keys(other)];
  if (keys.length !== otherKeys.length) return false;
  // Without properties there is nothing to tell two objects by but what they are.
  if (keys.length === 0) return prototypeOf(one) === prototypeOf(other);
  return keys.every((key) => Object.hasOwn(other, key) && same(read(one, key), read(other, key), depth));
}

/** An object without a prototype counts as a plain one. */
function prototypeOf(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function read(from: object, key: string): unknown {
  return (from as Record<string, unknown>)[key];
}

/** What the engine keeps inside of an object, where properties do not show it. */
interface Kind {
  has(value: object): boolean;
  same(one: object, other: object, depth: number): boolean;
}

/* The engine's own functions, which no value can replace by a method of its own; each throws for another kind. */
const { has: mapHas, get: mapGet, entries: mapEntries } = Map.prototype;
const { has: setHas, values: setValues } = Set.prototype;
const mapSize = getter(Map.prototype, "size");
const setSize = getter(Set.prototype, "size");
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");
const source = getter(RegExp.prototype, "source");
const flags = getter(RegExp.prototype, "flags");

const kinds: readonly Kind[] = [
  {
    has: (value) => answers(() => Reflect.apply(mapSize, value, [])),
    same: (one, other, depth) => {
      if (Reflect.apply(mapSize, one, []) !== Reflect.apply(mapSize, other, [])) return false;
      for (const [key, item] of Reflect.apply(mapEntries, one, []) as Iterable<[unknown, unknown]>) {
        if (!Reflect.apply(mapHas, other, [key]) || !same(item, Reflect.apply(mapGet, other, [key]), depth))
          return false;
      }
      return true;
    },
  },
  {
    has: (value) => answers(() => Reflect.apply(setSize, value, [])),
    same: (one, other) => {
      if (Reflect.apply(setSize, one, []) !== Reflect.apply(setSize, other, [])) return false;
      for (const item of Reflect.apply(setValues, one, []) as Iterable<unknown>) {
        if (!Reflect.apply(setHas, other, [item])) return false;
      }
      return true;
    },
  },
  byPrimitive(Date.prototype.getTime),
  byPrimitive(Number.prototype.valueOf),
  byPrimitive(String.prototype.valueOf),
  byPrimitive(Boolean.prototype.valueOf),
  byPrimitive(BigInt.prototype.valueOf),
  {
    has: (value) => answers(() => Reflect.apply(source, value, [])) && value !== RegExp.prototype,
    same: (one, other) =>
      Reflect.apply(source, one, []) === Reflect.apply(source, other, []) &&
      Reflect.apply(flags, one, []) === Reflect.apply(flags, other, []),
  },
  {
    has: (value) => answers(() => Reflect.apply(bufferLength, value, [])),
    same: (one, other) => sameBytes(new Uint8Array(one as ArrayBuffer), new Uint8Array(other as ArrayBuffer)),
  },
  {
    has: (value) => ArrayBuffer.isView(value),
    same: (one, other) => prototypeOf(one) === prototypeOf(other) && sameBytes(bytesOf(one), bytesOf(other)),
  },
  // Of these, nothing can be told but which one it is.
  byIdentity((value) => value instanceof Promise),
  byIdentity((value) => answers(() => WeakMap.prototype.has.call(value as WeakMap<object, unknown>, value))),
  byIdentity((value) => answers(() => WeakSet.prototype.has.call(value as WeakSet<object>, value))),
];

function byPrimitive(read: (this: never) => unknown): Kind {
  const valueOf = (value: object): unknown => Reflect.apply(read, value as never, []);
  return {
    has: (value) => answers(() => valueOf(value)),
    same: (one, other) => Object.is(valueOf(one), valueOf(other)),
  };
}

function byIdentity(has: (value: object) => boolean): Kind {
  return { has, same: (one, other) => one === other };
}

function answers(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function getter(prototype: object, name: string): () => unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
}

function bytesOf(value: object): Uint8Array {
  const { buffer, byteOffset, byteLength } = value as ArrayBufferView;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
