/** What the functions of Object, Reflect, JSON and Function.prototype touch. Runs inside the realm, once. */
import type { Effect } from "./callee.ts";
import { type Add, convertAll, nothing, readDeep } from "./effects.ts";
import { isObject } from "./peeking.ts";
import type { Marks } from "./marks.ts";

export function addObjects(add: Add): void {
  const first: Effect = (m, _receiver, [object]) => {
    m.seen(object);
  };
  add(Object, "keys values entries getOwnPropertyNames getOwnPropertySymbols", first, { fresh: true });
  add(Object, "isFrozen isSealed isExtensible", first);
  add(Object, "is getPrototypeOf", nothing);
  add(
    Object,
    "create",
    (m, _receiver, args) => {
      if (args.length > 1) m.recorder.unknown("Object.create with properties");
    },
    { fresh: true },
  );
  add(Object, "freeze seal preventExtensions", (m, _receiver, [object]) => {
    if (isObject(object)) m.recorder.writeWhole(object);
  });
  const key: Effect = (m, _receiver, [object, name]) => {
    if (isObject(object)) m.heap.readKey(object, name as PropertyKey);
  };
  add(Object, "hasOwn", key);
  add(Reflect, "has", key);
  add(Reflect, "get", nothing, {
    instead: (m, _receiver, [object, name, receiver]) => {
      if (receiver !== undefined) m.recorder.unknown("Reflect.get for another receiver");
      key(m, undefined, [object, name]);
      const value: unknown = Reflect.get(object as object, name as PropertyKey, receiver ?? object);
      m.heap.handOut(value);
      return value;
    },
  });
  add(Reflect, "ownKeys", first, { fresh: true });
  add(Reflect, "getPrototypeOf", nothing);
  add(Object.prototype, "hasOwnProperty propertyIsEnumerable", (m, receiver, [name]) => {
    if (isObject(receiver)) m.heap.readKey(receiver, name as PropertyKey);
  });
  add(Object.prototype, "isPrototypeOf valueOf", nothing);
  add(
    Object,
    "fromEntries",
    (m, _receiver, [entries]) => {
      m.iterated(entries);
      m.heap.readDeep(entries);
    },
    { fresh: true },
  );
  add(Object, "groupBy", (m, _receiver, [items]) => m.iterated(items), { fresh: true });
  add(Object, "assign", (m, _receiver, [target, ...sources]) => {
    for (const source of sources) m.seen(source);
    const known = isObject(target) && m.recorder.lookOf(target) === undefined;
    for (const source of sources.filter(isObject)) {
      for (const name of Reflect.ownKeys(source)) if (known) m.heap.writeKey(target, name);
    }
  });
  const poisoning: Effect = (m) => {
    m.recorder.poison("another prototype");
  };
  add(Object, "setPrototypeOf", poisoning);
  add(Reflect, "setPrototypeOf", poisoning);
  add(JSON, "stringify", readDeep);
  add(JSON, "parse", convertAll, { fresh: true });
}

/** Functions that call functions. */
export function addFunctions(add: Add): void {
  const applied = (m: Marks, receiver: unknown, callee: unknown, args: unknown): unknown => {
    m.heap.iterateIfBuiltin(args);
    const list = isObject(args) ? Array.from(args as ArrayLike<unknown>) : [];
    return m.callOn(receiver, callee, "the function", list);
  };
  add(Reflect, "apply", nothing, {
    takes: true,
    instead: (m, _receiver, [callee, receiver, args]) => applied(m, receiver, callee, args),
  });
  add(Function.prototype, "apply", nothing, {
    takes: true,
    instead: (m, callee, [receiver, args]) => applied(m, receiver, callee, args),
  });
  add(Function.prototype, "call", nothing, {
    takes: true,
    instead: (m, callee, [receiver, ...args]) => m.callOn(receiver, callee, "the function", args),
  });
  add(Function.prototype, "bind", nothing, { takes: true, instead: bound });
}

const bind = Reflect.get(Function.prototype, "bind") as (...args: unknown[]) => unknown;

/** A bound function touches what its target touches. */
function bound(m: Marks, target: unknown, args: readonly unknown[]): unknown {
  const result = Reflect.apply(bind, target, args) as (...args: unknown[]) => unknown;
  const known = typeof target === "function" ? m.callees.of(target) : "unknown";
  const [receiver, ...given] = args;
  m.heap.handOver(given);
  if (known === "marked") m.callees.trust(result);
  else if (known !== "unknown") {
    const { instead, effect } = known;
    m.callees.add(result, {
      safe: known.safe,
      effect: (marks, _receiver, more) => {
        effect(marks, receiver, [...given, ...more]);
      },
      ...(instead === undefined
        ? {}
        : {
            instead: (marks: Marks, _receiver: unknown, more: readonly unknown[]) =>
              instead(marks, receiver, [...given, ...more]),
          }),
    });
  }
  return result;
}
