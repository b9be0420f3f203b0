/**
 * What marks in code call. Each tells the recorder what is about to be read or changed, and then does what the plain
 * code would have done. Runs inside the realm, in runs that are watched.
 */
import type { Callees } from "./callee.ts";
import { HeapWatch, type Pattern } from "./heapWatch.ts";
import { isObject } from "./peeking.ts";
import { place, worldPlace } from "./places.ts";
import type { AccessRecorder } from "./recorder.ts";

type Method = (...args: unknown[]) => unknown;

/** A property that is read, changed, or both, its object and key evaluated once. */
class Property {
  readonly #marks: Marks;
  readonly #object: unknown;
  readonly #key: PropertyKey;

  constructor(marks: Marks, object: unknown, key: PropertyKey) {
    this.#marks = marks;
    this.#object = object;
    this.#key = key;
  }

  get value(): unknown {
    return this.#marks.get(this.#object, this.#key);
  }

  set value(value: unknown) {
    this.#marks.heap.writeKey(this.#object, this.#key);
    (this.#object as Record<PropertyKey, unknown>)[this.#key] = value;
  }
}

/** A method that was looked up and is to be called once its arguments are evaluated. */
class Bound {
  readonly #marks: Marks;
  readonly #receiver: unknown;
  readonly #callee: unknown;
  readonly #text: string;

  constructor(marks: Marks, receiver: unknown, callee: unknown, text: string) {
    this.#marks = marks;
    this.#receiver = receiver;
    this.#callee = callee;
    this.#text = text;
  }

  call(args: readonly unknown[]): unknown {
    return this.#marks.callOn(this.#receiver, this.#callee, this.#text, args);
  }
}

/** A link of an optional chain. */
class Chain {
  readonly #value: unknown;
  readonly #marks: Marks;
  readonly #receiver: unknown;

  constructor(marks: Marks, value: unknown, receiver: unknown) {
    this.#marks = marks;
    this.#value = value;
    this.#receiver = receiver;
  }

  get value(): unknown {
    this.#marks.heap.handOut(this.#value);
    return this.#value;
  }

  get(key: PropertyKey): Chain {
    return new Chain(this.#marks, this.#marks.read(this.#value, key), this.#value);
  }

  call(args: readonly unknown[]): Chain {
    return new Chain(this.#marks, this.#marks.callOn(this.#receiver, this.#value, "(…)", args), undefined);
  }

  unlessNull(): Chain | undefined {
    return this.#value === null || this.#value === undefined ? undefined : this;
  }
}

/** One for each run. Its methods are what the compiler writes into the code; see src/core/compiler/marks.ts. */
export class Marks {
  readonly recorder: AccessRecorder;
  readonly callees: Callees;
  readonly heap: HeapWatch;

  constructor(recorder: AccessRecorder, callees: Callees) {
    this.recorder = recorder;
    this.callees = callees;
    this.heap = new HeapWatch(this, recorder, callees);
  }

  // Variables. Each has a number of its own.

  place(): number {
    return place(this.recorder.number(), 0);
  }

  look(at: number): void {
    this.recorder.read(at);
  }

  change(at: number): void {
    this.recorder.write(at);
  }

  changed(at: number, value: unknown): unknown {
    this.recorder.write(at);
    return value;
  }

  // Properties.

  get(object: unknown, key: PropertyKey): unknown {
    const value = this.read(object, key);
    if (typeof value === "function") this.heap.handOut(value);
    return value;
  }

  /** Reads a property without saying that what it holds is handed on: it may be called at once. */
  read(object: unknown, key: PropertyKey): unknown {
    if (isObject(object)) this.heap.readKey(object, key);
    return (object as Record<PropertyKey, unknown>)[key];
  }

  at(object: unknown, key: PropertyKey): Property {
    return new Property(this, object, key);
  }

  has(key: PropertyKey, object: object): boolean {
    if (isObject(object)) this.heap.readKey(object, key);
    return key in object;
  }

  remove(object: object, key: PropertyKey): boolean {
    if (isObject(object)) this.heap.removeKey(object, key);
    // Throws where the plain code does, which Reflect.deleteProperty would not.
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
    return delete (object as Record<PropertyKey, unknown>)[key];
  }

  /** Before a private name is looked at. */
  peek(object: unknown, name: string): unknown {
    if (isObject(object)) this.heap.readPrivate(object, name);
    return object;
  }

  /** Before a private name is changed. */
  poke(object: unknown, name: string): unknown {
    if (isObject(object)) {
      this.heap.readPrivate(object, name);
      this.heap.writePrivate(object, name);
    }
    return object;
  }

  poked(object: object, name: string, value: unknown): unknown {
    this.heap.writePrivate(object, name);
    return value;
  }

  // Things that are made here, or looked at as a whole.

  made<T extends object>(object: T): T {
    return this.recorder.fresh(object);
  }

  born(object: object): undefined {
    this.recorder.fresh(object);
  }

  seen(object: unknown): unknown {
    if (isObject(object)) this.heap.readWhole(object);
    return object;
  }

  iterated(iterable: unknown): unknown {
    this.heap.iterate(iterable);
    return iterable;
  }

  /** For a loop in which turns end: each step is marked. */
  walked(iterable: unknown): unknown {
    return this.heap.walk(iterable);
  }

  /** For `yield*`. */
  delegated(iterable: unknown): unknown {
    return this.heap.walk(iterable);
  }

  destructured(value: unknown, pattern: Pattern, changed: readonly number[] = []): unknown {
    this.heap.takeApart(value, pattern);
    for (const at of changed) this.recorder.write(at);
    return value;
  }

  primitive(value: unknown): unknown {
    if (isObject(value)) this.heap.convert(value);
    return value;
  }

  /** An async generator goes on, or ends. */
  resumed(value?: unknown): unknown {
    this.recorder.write(worldPlace.asyncGenerators);
    return value;
  }

  // Calls.

  call(callee: unknown, text: string, args: readonly unknown[]): unknown {
    return this.callOn(undefined, callee, text, args);
  }

  method(receiver: unknown, key: PropertyKey, text: string): Bound {
    return new Bound(this, receiver, this.read(receiver, key), text);
  }

  private(receiver: unknown, callee: (receiver: unknown) => unknown, text: string): Bound {
    return new Bound(this, receiver, callee(receiver), text);
  }

  chain(value: unknown, receiver?: unknown): Chain | undefined {
    return new Chain(this, value, receiver).unlessNull();
  }

  chained(object: unknown, key: PropertyKey): Chain | undefined {
    return this.chain(this.read(object, key), object);
  }

  callOn(receiver: unknown, callee: unknown, text: string, args: readonly unknown[]): unknown {
    if (typeof callee !== "function") throw new TypeError(`${text} is not a function`);
    const known = this.callees.of(callee);
    if (known === "marked") return this.#callMarked(receiver, callee as Method, args);
    if (known === "unknown") {
      this.recorder.unknown(`a call of ${text}`);
      this.heap.handOver(args);
      return Reflect.apply(callee as Method, receiver, args);
    }
    if (!known.takes) this.heap.handOver(args);
    known.effect(this, receiver, args);
    const { instead } = known;
    const result =
      instead === undefined ? Reflect.apply(callee as Method, receiver, args) : instead(this, receiver, args);
    if (known.fresh && isObject(result)) this.recorder.fresh(result);
    return result;
  }

  #callMarked(receiver: unknown, callee: Method, args: readonly unknown[]): unknown {
    const result = Reflect.apply(callee, receiver, args);
    if (isObject(result) && this.heap.isGeneratorFunction(callee)) this.recorder.fresh(result);
    return result;
  }

  construct(callee: unknown, text: string, args: readonly unknown[]): unknown {
    if (typeof callee !== "function") throw new TypeError(`${text} is not a constructor`);
    const known = this.callees.of(callee);
    if (known === "marked") return this.heap.constructMarked(callee as new (...args: unknown[]) => object, args);
    this.heap.handOver(args);
    if (known !== "unknown" && known.constructs !== undefined) return this.recorder.fresh(known.constructs(this, args));
    // What a proxy does is seen by nobody.
    if (callee === Proxy || !this.callees.isBuiltin(callee)) this.recorder.poison(`new ${text}`);
    else this.recorder.unknown(`new ${text}`);
    return Reflect.construct(callee, args);
  }

  passed(args: readonly unknown[]): readonly unknown[] {
    this.heap.handOver(args);
    for (const arg of args) this.heap.iterateIfBuiltin(arg);
    return args;
  }

  tag(callee: unknown): unknown {
    if (typeof callee !== "function" || this.callees.of(callee) !== "marked") this.recorder.unknown("a template's tag");
    return callee;
  }

  base(parent: unknown): unknown {
    this.heap.inherit(parent);
    return parent;
  }
}
