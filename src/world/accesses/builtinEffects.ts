/** What the functions of the language touch. What is not here is unknown. Runs inside the realm, once. */
import type { Callee, Callees, Effect } from "./callee.ts";
import { isObject } from "./heapWatch.ts";
import type { Marks } from "./marks.ts";
import { keySlot, slot, worldPlace } from "./places.ts";

type How = Partial<Callee>;

const nothing: Effect = () => undefined;

const convertAll: Effect = (m, receiver, args) => {
  for (const value of [receiver, ...args]) m.primitive(value);
};

const readReceiver: Effect = (m, receiver) => {
  m.seen(receiver);
};

const writeReceiver: Effect = (m, receiver) => {
  if (isObject(receiver)) m.recorder.writeWhole(receiver);
};

const readDeep: Effect = (m, _receiver, args) => {
  for (const value of args) m.heap.readDeep(value);
};

/** Calls of Array.prototype's methods: callbacks that only convert are fine on what is primitive. */
const callBack: Effect = (m, receiver, args) => {
  for (const arg of args) {
    const known = typeof arg === "function" ? m.callees.of(arg) : undefined;
    const converts = typeof known === "object" && known.converts === true;
    if (!converts) m.heap.handOver([arg]);
    else if (!Array.isArray(receiver) || receiver.some(isObject)) m.recorder.unknown("converting objects one by one");
  }
};

export function addBuiltinEffects(callees: Callees): void {
  const add = (owner: object, names: string, effect: Effect, how: How = {}): void => {
    for (const name of names.split(" ")) callees.add(Reflect.get(owner, name), { ...how, effect });
  };
  addArrays(callees, add);
  addCollections(callees, add);
  addObjects(callees, add);
  addPrimitives(callees, add);
  addIterators(callees, add);
  addConstructors(callees);
}

type Add = (owner: object, names: string, effect: Effect, how?: How) => void;

function addArrays(callees: Callees, add: Add): void {
  const { prototype } = Array;
  const read: Effect = (m, receiver, args) => {
    m.seen(receiver);
    callBack(m, receiver, args);
  };
  const takes = { takes: true };
  add(prototype, "map filter flatMap slice toSpliced with", read, { ...takes, fresh: true });
  add(prototype, "toSorted toReversed", read, { ...takes, fresh: true });
  add(prototype, "forEach some every find findIndex findLast findLastIndex reduce reduceRight", read, takes);
  add(prototype, "includes indexOf lastIndexOf at", read, takes);
  add(prototype, "join toString", readAndConvert);
  const concat: Effect = (m, receiver, args) => {
    for (const value of [receiver, ...args]) m.heap.iterateIfBuiltin(value);
  };
  add(prototype, "concat", concat, { fresh: true });
  add(prototype, "flat", (m, receiver) => m.heap.readDeep(receiver), { fresh: true });
  add(prototype, "push pop shift unshift reverse fill copyWithin", writeReceiver);
  add(prototype, "splice", writeReceiver, { fresh: true });
  add(prototype, "sort", (m, receiver, args) => {
    if (args.length === 0) readAndConvert(m, receiver, args);
    writeReceiver(m, receiver, args);
  });
  const from: Effect = (m, _receiver, args) => {
    const [source] = args;
    if (isObject(source) && !(Symbol.iterator in source)) m.seen(source);
    else m.iterated(source);
    callBack(m, Array.isArray(source) ? source : [], args.slice(1));
  };
  add(Array, "from", from, { ...takes, fresh: true });
  add(Array, "of isArray", nothing, { fresh: true });
  iterators(callees, prototype, ["entries", "keys", "values", Symbol.iterator]);
}

const readAndConvert: Effect = (m, receiver) => {
  m.primitive(receiver);
};

/** Methods that answer with an iterator over their receiver. */
function iterators(callees: Callees, prototype: object, names: readonly PropertyKey[]): void {
  for (const name of names) {
    const method = Reflect.get(prototype, name) as () => object;
    callees.add(method, {
      effect: nothing,
      instead: (m, receiver) => {
        const iterator = Reflect.apply(method, receiver, []);
        if (isObject(receiver)) m.heap.iteratorOf(iterator, receiver);
        return iterator;
      },
    });
  }
}

function addCollections(callees: Callees, add: Add): void {
  for (const type of [Map, Set, WeakMap, WeakSet]) {
    const { prototype } = type as { readonly prototype: object };
    const original = Reflect.get(prototype, "has") as (key: unknown) => boolean;
    const holds = (receiver: unknown, key: unknown): boolean => Reflect.apply(original, receiver, [key]);
    add(prototype, "get has", readItem);
    add(prototype, "set", (m, receiver, [key]) => {
      writeItem(m, receiver, key, holds(receiver, key));
    });
    add(prototype, "add", (m, receiver, [key]) => {
      if (holds(receiver, key)) readItem(m, receiver, [key]);
      else writeItem(m, receiver, key, false);
    });
    add(prototype, "delete", (m, receiver, [key]) => {
      if (holds(receiver, key)) removeItem(m, receiver, key);
      else readItem(m, receiver, [key]);
    });
    add(prototype, "clear", writeReceiver);
    add(prototype, "forEach", readReceiver);
  }
  for (const { prototype } of [Map, Set] as readonly { readonly prototype: object }[]) {
    callees.getter(prototype, "size", (m, receiver) => {
      if (!isObject(receiver)) return;
      m.recorder.readPart(receiver, slot.whole);
      m.recorder.readPart(receiver, slot.count);
    });
    iterators(callees, prototype, ["entries", "keys", "values", Symbol.iterator]);
  }
  const both: Effect = (m, receiver, [other]) => {
    m.seen(receiver);
    m.iterated(other);
  };
  const names = "union intersection difference symmetricDifference isSubsetOf isSupersetOf isDisjointFrom";
  add(Set.prototype, names, both);
  add(Map, "groupBy", (m, _receiver, [items]) => m.iterated(items), { fresh: true });
}

/** The part that a key of a Map or Set stands for. */
function itemSlot(m: Marks, key: unknown): number {
  if (isObject(key)) return keySlot(m.recorder.numberOf(key) ?? "an object");
  return typeof key === "number" || typeof key === "string" ? keySlot(key) : keySlot(typeof key);
}

const readItem: Effect = (m, receiver, [key]) => {
  if (!isObject(receiver)) return;
  m.recorder.readPart(receiver, slot.whole);
  m.recorder.readPart(receiver, itemSlot(m, key));
};

function writeItem(m: Marks, receiver: unknown, key: unknown, exists: boolean): void {
  if (!isObject(receiver)) return;
  m.recorder.readPart(receiver, slot.whole);
  m.recorder.writePart(receiver, itemSlot(m, key));
  m.recorder.addPart(receiver, slot.parts);
  if (exists) return;
  m.recorder.writePart(receiver, slot.order);
  m.recorder.addPart(receiver, slot.count);
}

function removeItem(m: Marks, receiver: unknown, key: unknown): void {
  if (!isObject(receiver)) return;
  m.recorder.readPart(receiver, slot.whole);
  m.recorder.writePart(receiver, itemSlot(m, key));
  m.recorder.addPart(receiver, slot.parts);
  m.recorder.addPart(receiver, slot.count);
}

function addObjects(callees: Callees, add: Add): void {
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

/** A bound function touches what its target touches. */
function bound(m: Marks, target: unknown, args: readonly unknown[]): unknown {
  const result = Reflect.apply(Function.prototype.bind, target, args) as (...args: unknown[]) => unknown;
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

function addPrimitives(callees: Callees, add: Add): void {
  const pure = { safe: true };
  for (const [owner, except] of [
    [Math, ["random"]],
    [Number, []],
    [String, ["raw"]],
    [BigInt, []],
    [Symbol, []],
  ] as const) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (!(except as readonly string[]).includes(name))
        callees.add(Reflect.get(owner, name), { effect: convertAll, converts: true });
    }
  }
  add(Math, "random", (m) => {
    m.recorder.write(worldPlace.random);
  });
  for (const type of [Number, BigInt, Boolean, Symbol]) {
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      if (name !== "constructor" && name !== "description") add(type.prototype, name, convertAll);
    }
  }
  const withPattern: Effect = (m, receiver, args) => {
    m.primitive(receiver);
    for (const arg of args)
      if (arg instanceof RegExp) m.recorder.writeWhole(arg);
      else if (typeof arg !== "function") m.primitive(arg);
  };
  for (const name of Object.getOwnPropertyNames(String.prototype)) {
    if (!["constructor", "length", "matchAll"].includes(name))
      add(String.prototype, name, withPattern, { fresh: true });
  }
  add(RegExp.prototype, "exec test", writeReceiver, { fresh: true });
  for (const name of [
    "parseInt",
    "parseFloat",
    "isNaN",
    "isFinite",
    "encodeURIComponent",
    "decodeURIComponent",
    "encodeURI",
    "decodeURI",
  ]) {
    callees.add(Reflect.get(globalThis, name), { effect: convertAll, converts: true });
  }
  for (const type of [String, Number, BigInt]) callees.add(type, { effect: convertAll, converts: true });
  callees.add(Boolean, { effect: nothing, ...pure });
  callees.add(Symbol, { effect: convertAll, converts: true });
}

function addIterators(callees: Callees, add: Add): void {
  const step: Effect = (m, receiver) => {
    m.heap.step(receiver);
  };
  const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object;
  for (const iterator of [[].values(), new Map().entries(), new Set().values()]) {
    add(prototypeOf(iterator), "next", step, { fresh: true });
  }
  const generator = prototypeOf(
    prototypeOf(
      (function* generate() {
        yield 0;
      })(),
    ),
  );
  add(generator, "next return throw", step);
  callees.add(Reflect.get(prototypeOf(generator), Symbol.iterator), { effect: nothing, safe: true });
  const asyncGenerator = prototypeOf(
    prototypeOf(
      (async function* generate() {
        yield await Promise.resolve(0);
      })(),
    ),
  );
  add(asyncGenerator, "next return throw", (m) => {
    m.recorder.write(worldPlace.asyncGenerators);
  });
  callees.add(Reflect.get(prototypeOf(asyncGenerator), Symbol.asyncIterator), { effect: nothing, safe: true });
}

function addConstructors(callees: Callees): void {
  const construct =
    (type: unknown, effect: Effect) =>
    (m: Marks, args: readonly unknown[]): object => {
      effect(m, undefined, args);
      return Reflect.construct(type as new () => object, args);
    };
  const error: Effect = (m, _receiver, [message, options]) => {
    m.primitive(message);
    m.seen(options);
  };
  for (const type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
    callees.add(type, { effect: error, fresh: true, safe: true, extends: true, constructs: construct(type, error) });
  }
  const aggregate: Effect = (m, _receiver, [errors]) => {
    m.iterated(errors);
  };
  callees.add(AggregateError, { effect: aggregate, fresh: true, constructs: construct(AggregateError, aggregate) });
  callees.add(Array, { effect: nothing, fresh: true, safe: true, constructs: construct(Array, nothing) });
  callees.add(Object, {
    effect: nothing,
    extends: true,
    constructs: (m, [value]) => {
      // It answers with an object that it is given.
      if (isObject(value)) m.recorder.poison("new Object of an object");
      return new Object(value) as object;
    },
  });
  const collect: Effect = (m, _receiver, [items]) => {
    m.iterated(items);
    if (Array.isArray(items)) for (const item of items) m.heap.iterateIfBuiltin(item);
  };
  for (const type of [Map, Set, WeakMap, WeakSet]) {
    callees.add(type, { effect: collect, extends: true, constructs: construct(type, collect) });
  }
  callees.add(RegExp, { effect: convertAll, fresh: true, constructs: construct(RegExp, convertAll) });
}
