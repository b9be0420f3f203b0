/**
 * Makes the realm's built-ins unchangeable, before any code but ours has run: nobody can then patch what the world and
 * the checks rely on. Runs inside the realm.
 */

/** Prototypes whose properties ordinary code shadows by assignment, as in `this.name = "MyError"`. */
function shadowed(): object[] {
  return [
    Object.prototype,
    Error.prototype,
    EvalError.prototype,
    RangeError.prototype,
    ReferenceError.prototype,
    SyntaxError.prototype,
    TypeError.prototype,
    URIError.prototype,
    AggregateError.prototype,
  ];
}

/** Built-ins that no global name leads to. */
function hidden(): object[] {
  const arrayIterator: object = [][Symbol.iterator]();
  async function* generate(): AsyncGenerator<number> {
    yield await Promise.resolve(0);
  }
  function* iterate(): Generator<number> {
    yield 0;
  }
  const values: object[] = [
    arrayIterator,
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
  ];
  return values
    .flatMap((value) => [prototypeOf(value), prototypeOf(prototypeOf(value))])
    .filter((value) => value !== null);
}

function prototypeOf(value: object | null): object | null {
  return value === null ? null : (Object.getPrototypeOf(value) as object | null);
}

/**
 * Freezes everything that can be reached from the global object and from syntax; the global object itself stays open.
 * Answers with what it froze.
 */
export function harden(global: object): ReadonlySet<object> {
  for (const prototype of shadowed()) makeShadowable(prototype);
  const seen = new Set<object>([global]);
  const queue: object[] = [...hidden()];
  for (const key of Reflect.ownKeys(global)) collect(Object.getOwnPropertyDescriptor(global, key), queue);
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) continue;
    const parent = prototypeOf(value);
    if (parent !== null) queue.push(parent);
    for (const key of Reflect.ownKeys(value)) collect(Object.getOwnPropertyDescriptor(value, key), queue);
    Object.freeze(value);
  }
  seen.delete(global);
  return seen;
}

function collect(descriptor: PropertyDescriptor | undefined, into: object[]): void {
  if (descriptor === undefined) return;
  for (const part of ["value", "get", "set"]) {
    const value: unknown = Reflect.get(descriptor, part);
    if ((typeof value === "object" && value !== null) || typeof value === "function") into.push(value);
  }
}

/**
 * A frozen data property on a prototype forbids assigning a property of that name to anything below it. As an accessor
 * that defines an own property on assignment it is just as fixed, without being in the way.
 */
function makeShadowable(prototype: object): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
    if (descriptor === undefined || !("value" in descriptor) || descriptor.configurable !== true) continue;
    const value: unknown = descriptor.value;
    Object.defineProperty(prototype, key, {
      get: () => value,
      set(this: unknown, replacement: unknown) {
        if (this === prototype || typeof this !== "object" || this === null) {
          throw new TypeError(`Cannot assign to "${String(key)}" of a built-in here.`);
        }
        Object.defineProperty(this, key, { value: replacement, writable: true, enumerable: true, configurable: true });
      },
      enumerable: descriptor.enumerable ?? false,
      configurable: false,
    });
  }
}
