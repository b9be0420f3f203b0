/** Built-ins that no global name leads to, only syntax or an instance. Runs inside the realm, before any code but ours. */
/* eslint-disable @typescript-eslint/unbound-method -- taken on purpose: none is called without its `this` */

/** The iterators that engines since 2025 hand out; an older one lacks some of what makes them. */
function youngIterators(): unknown[] {
  const makers: (() => unknown)[] = [
    () => [].values().map(String),
    () => Iterator.from({ next: () => ({ done: true, value: 0 }) }),
    () => new Intl.Segmenter("en").segment("x"),
    () => new Intl.Segmenter("en").segment("x")[Symbol.iterator](),
  ];
  return makers.flatMap((make) => {
    try {
      return [make()];
    } catch {
      return [];
    }
  });
}

/** What every error has for `stack`: the same two functions for all of them, where it is an accessor. */
function stackAccessors(): unknown[] {
  const descriptor = Object.getOwnPropertyDescriptor(new Error("any"), "stack");
  return [descriptor?.get, descriptor?.set];
}

/** Objects whose prototypes (two up) are built-ins, and built-ins themselves. */
export function hiddenBuiltins(): object[] {
  async function* generate(): AsyncGenerator<number> {
    yield await Promise.resolve(0);
  }
  function* iterate(): Generator<number> {
    yield 0;
  }
  const instances: unknown[] = [
    [][Symbol.iterator](),
    new Map().entries(),
    new Set().values(),
    ""[Symbol.iterator](),
    "".matchAll(/x/g),
    Uint8Array.prototype,
    generate,
    generate(),
    iterate,
    iterate(),
    async () => Promise.resolve(),
    ...youngIterators(),
  ];
  return [...instances.flatMap(prototypesOf), ...stackAccessors()].filter(isObject);
}

function prototypesOf(value: unknown): unknown[] {
  const first: unknown = Object.getPrototypeOf(value);
  return [first, first === null ? null : Object.getPrototypeOf(first)];
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
