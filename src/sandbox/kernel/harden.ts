/**
 * Makes the realm's built-ins unchangeable, before any code but ours has run: nobody can then patch what the world and
 * the checks rely on, and no run can leave anything behind for the next. Runs inside the realm.
 */
import { hiddenBuiltins } from "./hidden.ts";

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

function prototypeOf(value: object | null): object | null {
  return value === null ? null : (Object.getPrototypeOf(value) as object | null);
}

/**
 * Closes the global object itself: what one run wrote there, the next could read, and so tell the runs apart.
 * @param frozen what `harden` has closed already
 * @param open leaves it to additions; what is there is fixed all the same
 */
export function closeGlobal(global: object, frozen: ReadonlySet<object>, open: boolean): void {
  if (!open) freezeAll([global], new Set(frozen));
  else for (const key of Reflect.ownKeys(global)) fix(global, key);
}

function fix(object: object, key: PropertyKey): void {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (descriptor?.configurable !== true) return;
  Object.defineProperty(object, key, {
    configurable: false,
    ...("value" in descriptor ? { writable: false } : {}),
  });
}

/**
 * Freezes everything that can be reached from the global object and from syntax; the global object itself stays open.
 * @param more objects of ours that instances lead to. Answers with what it froze, but for those.
 */
export function harden(global: object, more: readonly object[] = []): ReadonlySet<object> {
  forgetMatches();
  for (const prototype of shadowed()) makeShadowable(prototype);
  const seen = new Set<object>([global]);
  const roots: object[] = hiddenBuiltins();
  for (const key of Reflect.ownKeys(global)) collect(Object.getOwnPropertyDescriptor(global, key), roots);
  freezeAll(roots, seen);
  const builtins = new Set(seen);
  builtins.delete(global);
  freezeAll(more, seen);
  return builtins;
}

function freezeAll(roots: readonly object[], seen: Set<object>): void {
  const queue = [...roots];
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) continue;
    const parent = prototypeOf(value);
    if (parent !== null) queue.push(parent);
    for (const key of Reflect.ownKeys(value)) collect(Object.getOwnPropertyDescriptor(value, key), queue);
    Object.freeze(value);
  }
}

/** RegExp.$1 and its like keep the last match, whoever made it, from one run to the next; no freezing helps with that. */
function forgetMatches(): void {
  for (const name of Object.getOwnPropertyNames(RegExp)) {
    if (!["length", "name", "prototype", "escape"].includes(name)) Reflect.deleteProperty(RegExp, name);
  }
}

function collect(descriptor: PropertyDescriptor | undefined, into: object[]): void {
  if (descriptor === undefined) return;
  // Spelled out: this is done for every property of every built-in, each time that a realm is made.
  const { value, get, set } = descriptor as { readonly value?: unknown; readonly get?: object; readonly set?: object };
  if ((typeof value === "object" && value !== null) || typeof value === "function") into.push(value);
  if (get !== undefined) into.push(get);
  if (set !== undefined) into.push(set);
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
          throw new TypeError(
            `"${String(key)}" belongs to a built-in, which everything that runs here shares: it cannot be changed.`,
          );
        }
        Object.defineProperty(this, key, { value: replacement, writable: true, enumerable: true, configurable: true });
      },
      enumerable: descriptor.enumerable ?? false,
      configurable: false,
    });
  }
}
