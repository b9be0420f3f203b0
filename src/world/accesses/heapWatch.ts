/**
 * What reading and changing objects touches. Runs inside the realm, on objects that the exercise and its spec made; it
 * calls nothing of theirs that the plain code would not have called.
 *
 * An object gets its number when marked code makes it. Of an object without one, every writer counts as unknown, which
 * conflicts with everything: so its readers need no mark.
 */
import type { Callees } from "./callee.ts";
import type { Marks } from "./marks.ts";
import { hasGetter, inherits, isClassText, isIndex, isObject, parentOf, peek } from "./peeking.ts";
import { keySlot, slot, worldPlace } from "./places.ts";
import type { AccessRecorder } from "./recorder.ts";

/** What a destructuring takes: 0 is a name. */
export type Pattern =
  | 0
  | { readonly keys: readonly (readonly [key: string | number, inner: Pattern])[]; readonly rest?: true }
  | { readonly items: readonly Pattern[] };

/** Keys that the engine reads by itself, when it iterates, converts, awaits or dispatches. */
const protocolKeys: ReadonlySet<PropertyKey> = new Set<PropertyKey>([
  ...["then", "toString", "valueOf", "toJSON", "constructor", "handleEvent", "next", "return", "throw", "__proto__"],
  ...[
    Symbol.iterator,
    Symbol.asyncIterator,
    Symbol.toPrimitive,
    Symbol.toStringTag,
    Symbol.hasInstance,
    Symbol.species,
  ],
  ...["dispose", "asyncDispose"].flatMap((name) => (name in Symbol ? [Reflect.get(Symbol, name) as symbol] : [])),
]);

/** Objects that a look at everything at once goes through, at most. */
const maxDeep = 200;

const generatorFunctions: readonly unknown[] = [
  Object.getPrototypeOf(function* generate() {
    yield 0;
  }),
  Object.getPrototypeOf(async function* generate() {
    yield await Promise.resolve(0);
  }),
];
const [generatorFunction, asyncGeneratorFunction] = generatorFunctions as [
  { prototype: object },
  { prototype: object },
];

type MakeIterator = () => Iterator<unknown>;

export class HeapWatch {
  readonly #marks: Marks;
  readonly #recorder: AccessRecorder;
  readonly #callees: Callees;
  /** What each iterator of the engine goes through. */
  readonly #sources = new WeakMap<object, object>();

  constructor(marks: Marks, recorder: AccessRecorder, callees: Callees) {
    this.#marks = marks;
    this.#recorder = recorder;
    this.#callees = callees;
  }

  /** What an iterator of the engine goes through. */
  iteratorOf(iterator: object, source: object): void {
    this.#recorder.fresh(iterator);
    this.#sources.set(iterator, source);
  }

  sourceOf(iterator: object): object | undefined {
    return this.#sources.get(iterator);
  }

  readKey(object: object, key: PropertyKey): void {
    const recorder = this.#recorder;
    if (recorder.poisoned) return;
    if (isObject(key)) {
      recorder.unknown("an object as a key");
      return;
    }
    const look = this.#recorder.lookOf(object);
    if (look !== undefined) look(key);
    else this.#readOwn(object, key);
    if (key === "stack") recorder.unknown("the text of a stack");
    if (key === "timeStamp") recorder.observe(worldPlace.records);
    if (!Object.hasOwn(object, key)) this.#readInherited(object, key);
  }

  #readOwn(object: object, key: PropertyKey): void {
    if (this.#recorder.numberOf(object) === undefined) return;
    this.#recorder.readPart(object, slot.whole);
    this.#recorder.readPart(object, this.#partOf(object, key));
  }

  #partOf(object: object, key: PropertyKey): number {
    return key === "length" && Array.isArray(object) ? slot.count : keySlot(key);
  }

  /** Goes up the prototypes to where a key is found; a getter of the platform says what it touches. */
  #readInherited(object: object, key: PropertyKey): void {
    for (let holder = parentOf(object); holder !== null; holder = parentOf(holder)) {
      if (this.#callees.isBuiltin(holder)) {
        const effect = this.#callees.getterEffect(holder, key);
        if (effect !== undefined) effect(this.#marks, object, []);
        if (effect !== undefined || Object.hasOwn(holder, key)) return;
      } else {
        this.#readOwn(holder, key);
        if (Object.hasOwn(holder, key)) return;
      }
    }
  }

  writeKey(object: unknown, key: PropertyKey): void {
    const recorder = this.#recorder;
    if (recorder.poisoned || !isObject(object)) return;
    if (isObject(key) || protocolKeys.has(key)) {
      recorder.unknown(`an assignment to ${isObject(key) ? "an object's key" : String(key)}`);
      if (key === "__proto__" || key === "constructor") recorder.poison("another prototype");
      if (isObject(key)) return;
    }
    if (this.#recorder.lookOf(object) !== undefined) recorder.unknown("an assignment to a thing of the world");
    const isOwn = Object.hasOwn(object, key);
    if (!isOwn && this.#setsInherited(object, key)) return;
    if (key === "length" && Array.isArray(object)) {
      recorder.writeWhole(object);
      return;
    }
    recorder.writePart(object, keySlot(key));
    recorder.readPart(object, slot.whole);
    recorder.addPart(object, slot.parts);
    if (isOwn) return;
    if (Array.isArray(object)) recorder.addPart(object, slot.count);
    if (!isIndex(key)) recorder.writePart(object, slot.order);
  }

  /** Whether an assignment runs a setter instead of making a property. */
  #setsInherited(object: object, key: PropertyKey): boolean {
    for (let holder = parentOf(object); holder !== null; holder = parentOf(holder)) {
      if (this.#callees.isBuiltin(holder)) {
        const effect = this.#callees.setterEffect(holder, key);
        if (effect === undefined) continue;
        effect(this.#marks, object, []);
        return true;
      }
      this.#readOwn(holder, key);
      // Marked code, if it is a setter.
      if (Object.hasOwn(holder, key)) return typeof Object.getOwnPropertyDescriptor(holder, key)?.set === "function";
    }
    return false;
  }

  removeKey(object: object, key: PropertyKey): void {
    if (Object.hasOwn(object, key) && !isObject(key)) {
      this.#recorder.writePart(object, keySlot(key));
      this.#recorder.addPart(object, slot.parts);
    } else this.readKey(object, key);
    this.#recorder.readPart(object, slot.whole);
    if (isObject(key) || protocolKeys.has(key) || this.#recorder.lookOf(object) !== undefined)
      this.#recorder.unknown("a deleted property");
  }

  readPrivate(object: object, name: string): void {
    this.#recorder.readPart(object, keySlot(name));
  }

  writePrivate(object: object, name: string): void {
    this.#recorder.writePart(object, keySlot(name));
  }

  readWhole(object: object): void {
    const look = this.#recorder.lookOf(object);
    if (look === undefined) this.#recorder.readWhole(object);
    else look(undefined);
  }

  /** An object and everything below it. */
  readDeep(value: unknown, seen = new Set<object>()): void {
    if (!isObject(value) || typeof value === "function" || seen.has(value) || this.#recorder.poisoned) return;
    seen.add(value);
    if (seen.size > maxDeep) {
      this.#recorder.unknown("a look at too much at once");
      return;
    }
    this.readWhole(value);
    if (value instanceof Map)
      for (const [key, item] of value) for (const part of [key, item]) this.readDeep(part, seen);
    else if (value instanceof Set) for (const item of value) this.readDeep(item, seen);
    for (const key of Reflect.ownKeys(value)) this.readDeep(Object.getOwnPropertyDescriptor(value, key)?.value, seen);
  }

  /** Before an object is turned into text or a number. */
  convert(object: object): void {
    const recorder = this.#recorder;
    if (recorder.poisoned) return;
    if (object instanceof Date || object instanceof Error) this.readWhole(object);
    else if (Array.isArray(object)) {
      this.readWhole(object);
      for (const item of object as unknown[]) if (isObject(item)) this.convert(item);
    } else if (typeof object === "function" || this.#hasOwnConversion(object)) {
      if (typeof object === "function") recorder.unknown("a function as text");
    } else this.readWhole(object);
  }

  /** Marked code turns it into text. */
  #hasOwnConversion(object: object): boolean {
    return ["toString", "valueOf", Symbol.toPrimitive].some((key) => {
      const found = peek(object, key);
      return typeof found === "function" && this.#callees.of(found) === "marked";
    });
  }

  // Iteration.

  iterate(iterable: unknown): void {
    const recorder = this.#recorder;
    if (!isObject(iterable) || recorder.poisoned) return;
    if (Array.isArray(iterable) || iterable instanceof Map || iterable instanceof Set) this.readWhole(iterable);
    else if (this.isGenerator(iterable)) recorder.writeWhole(iterable);
    else if (this.#sources.has(iterable)) this.step(iterable);
    else if (!this.#makesGenerators(iterable)) recorder.unknown("a loop over something that is not understood");
  }

  iterateIfBuiltin(value: unknown): void {
    if (Array.isArray(value) || value instanceof Map || value instanceof Set) this.readWhole(value);
  }

  /** One step of an iterator of the engine, or one resumption of a generator. */
  step(iterator: unknown): void {
    if (!isObject(iterator)) return;
    this.#recorder.writeWhole(iterator);
    const source = this.#sources.get(iterator);
    if (source !== undefined) this.readWhole(source);
  }

  /** An iterable whose every step is marked. */
  walk(iterable: unknown): unknown {
    if (!isObject(iterable) || this.#recorder.poisoned) return iterable;
    const isAsync = this.#isAsyncGenerator(iterable);
    if (!isAsync && (this.#makesGenerators(iterable) || this.#isPlatformStream(iterable))) return iterable;
    const isPlain = Array.isArray(iterable) || iterable instanceof Map || iterable instanceof Set;
    if (!isAsync && !isPlain && !this.isGenerator(iterable) && !this.#sources.has(iterable)) {
      this.#recorder.poison("a loop with turns in it over something that is not understood");
      return iterable;
    }
    const mark = (iterator: object): void => {
      if (isAsync) this.#recorder.write(worldPlace.asyncGenerators);
      else if (isPlain) this.readWhole(iterable);
      else this.step(iterator);
    };
    const key = isAsync ? Symbol.asyncIterator : Symbol.iterator;
    return {
      [key]: () => marked((iterable as Record<typeof key, MakeIterator>)[key](), mark),
    };
  }

  #isPlatformStream(iterable: object): boolean {
    const method = peek(iterable, Symbol.asyncIterator);
    if (typeof method !== "function") return false;
    const known = this.#callees.of(method);
    return typeof known === "object" && known.safe;
  }

  isGenerator(object: object): boolean {
    return inherits(object, generatorFunction.prototype);
  }

  #isAsyncGenerator(object: object): boolean {
    return inherits(object, asyncGeneratorFunction.prototype);
  }

  isGeneratorFunction(callee: object): boolean {
    return generatorFunctions.includes(parentOf(callee));
  }

  /** Iterating it makes a generator of marked code each time. */
  #makesGenerators(iterable: object): boolean {
    if (this.isGenerator(iterable) || this.#isAsyncGenerator(iterable)) return false;
    const method = peek(iterable, Symbol.asyncIterator) ?? peek(iterable, Symbol.iterator);
    return typeof method === "function" && this.#callees.of(method) === "marked" && this.isGeneratorFunction(method);
  }

  takeApart(value: unknown, pattern: Pattern): void {
    if (pattern === 0 || !isObject(value) || this.#recorder.poisoned) {
      return;
    }
    if ("items" in pattern) {
      this.iterate(value);
      pattern.items.forEach((inner, index) => {
        if (inner === 0) return;
        if (Array.isArray(value)) this.takeApart(value[index], inner);
        else this.#recorder.unknown("a pattern inside something iterated");
      });
      return;
    }
    if (pattern.rest === true) this.readWhole(value);
    for (const [key, inner] of pattern.keys) {
      this.readKey(value, key);
      const found = peek(value, key);
      if (typeof found === "function") this.handOut(found);
      if (inner !== 0 && found === undefined && hasGetter(value, key))
        this.#recorder.unknown("a pattern below a getter");
      this.takeApart(found, inner);
    }
  }

  // Functions that leave the hands of marked code.

  /** A function of the engine that becomes a value may be called from anywhere, by anyone, on anything. */
  handOut(value: unknown): void {
    if (typeof value !== "function" || this.#recorder.poisoned) return;
    const known = this.#callees.of(value);
    if (typeof known === "object" && !known.safe)
      this.#recorder.poison(`a function of the engine as a value: ${value.name}`);
  }

  /** Arguments of what the engine or the world does: functions among them may be called later. */
  handOver(args: readonly unknown[]): void {
    for (const arg of args) {
      if (typeof arg !== "function") continue;
      const known = this.#callees.of(arg);
      if (known === "marked" || (typeof known === "object" && known.safe)) continue;
      this.#recorder.poison(`a function of the engine as an argument: ${arg.name}`);
    }
  }

  // Classes.

  inherit(parent: unknown): void {
    if (parent === null) return;
    const known = typeof parent === "function" ? this.#callees.of(parent) : "unknown";
    const isUnderstood =
      known === "marked" ? isClassText(parent as object) : known !== "unknown" && known.extends === true;
    if (!isUnderstood) this.#recorder.poison("a class that extends something that is not understood");
  }

  constructMarked(callee: new (...args: unknown[]) => object, args: readonly unknown[]): object {
    if (!isClassText(callee)) this.#recorder.poison("a function called with new");
    // A class without a constructor passes its arguments on, perhaps to Map or Set.
    for (const arg of args) if (callee.prototype instanceof Map || callee.prototype instanceof Set) this.iterate(arg);
    return Reflect.construct(callee, args);
  }
}

/** An iterator that marks each step and hands on everything else. */
function marked(iterator: Iterator<unknown>, mark: (iterator: object) => void): object {
  const pass = (name: "next" | "return" | "throw") => (value: unknown) => {
    mark(iterator);
    return (iterator as unknown as Record<string, (value: unknown) => unknown>)[name]?.(value);
  };
  return {
    next: pass("next"),
    ...(iterator.return === undefined ? {} : { return: pass("return") }),
    ...(iterator.throw === undefined ? {} : { throw: pass("throw") }),
  };
}
