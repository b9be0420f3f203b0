/** Looks at objects that call no code of theirs. Runs inside the realm. */

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Taken before the realm hides the source of functions from everybody else. */
const engineText: unknown = Reflect.get(Function.prototype, "toString");

/** The text of a function, as the engine gives it. */
export function textOf(callee: object): string {
  return Reflect.apply(engineText as () => string, callee, []);
}

export function inherits(object: object, prototype: object): boolean {
  for (let holder = parentOf(object); holder !== null; holder = parentOf(holder)) if (holder === prototype) return true;
  return false;
}

export function isClassText(callee: object): boolean {
  return textOf(callee).startsWith("class");
}

export function isIndex(key: PropertyKey): boolean {
  return typeof key === "number"
    ? Number.isInteger(key) && key >= 0
    : typeof key === "string" && /^(0|[1-9]\d{0,9})$/.test(key);
}

export function parentOf(object: object): object | null {
  return Object.getPrototypeOf(object) as object | null;
}

/** The value of a property, where no getter need be called for it. */
export function peek(object: object, key: PropertyKey): unknown {
  for (let holder: object | null = object; holder !== null; holder = parentOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
  }
  return undefined;
}

export function hasGetter(object: object, key: PropertyKey): boolean {
  for (let holder: object | null = object; holder !== null; holder = parentOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.get !== undefined;
  }
  return false;
}
