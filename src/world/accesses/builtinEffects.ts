/** What the functions of the language touch. What is not here is unknown. Runs inside the realm, once. */
import type { Callees, Effect } from "./callee.ts";
import { isObject } from "./peeking.ts";
import type { Marks } from "./marks.ts";
import { type Add, convertAll, nothing, readReceiver, writeReceiver } from "./effects.ts";
import { addFunctions, addObjects } from "./objectEffects.ts";
import { keySlot, slot, worldPlace } from "./places.ts";
import { addPrimitives } from "./primitiveEffects.ts";

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
  const add = (owner: object, names: string, effect: Effect, how: Parameters<Add>[3] = {}): void => {
    for (const name of names.split(" ")) callees.add(Reflect.get(owner, name), { ...how, effect });
  };
  addArrays(callees, add);
  addCollections(callees, add);
  addObjects(add);
  addFunctions(add);
  addPrimitives(callees, add);
  addIterators(callees, add);
  addConstructors(callees);
}

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
  const from: Effect = (m, receiver, args) => {
    const [source] = args;
    if (receiver !== Array) m.recorder.unknown("a list of another class than Array");
    if (isObject(source) && !(Symbol.iterator in source)) m.seen(source);
    else m.iterated(source);
    callBack(m, Array.isArray(source) ? source : [], args.slice(1));
  };
  add(Array, "from", from, { ...takes, fresh: true });
  const of: Effect = (m, receiver) => {
    if (receiver !== Array) m.recorder.unknown("a list of another class than Array");
  };
  add(Array, "of", of, { fresh: true });
  add(Array, "isArray", nothing);
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
      return Reflect.construct(type as new () => object, args) as object;
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
      return new Object(value);
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
