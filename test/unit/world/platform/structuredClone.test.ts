/** structuredClone against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { AbortController as OurController } from "../../../../src/world/platform/abort.ts";
import { DOMException as OurDOMException } from "../../../../src/world/platform/domException.ts";
import { Event as OurEvent, EventTarget as OurTarget } from "../../../../src/world/platform/events.ts";
import { Headers as OurHeaders } from "../../../../src/world/platform/headers.ts";
import { makeStructuredClone, structuredClone as ourClone } from "../../../../src/world/platform/structuredClone.ts";
import { TextDecoder as OurDecoder, TextEncoder as OurEncoder } from "../../../../src/world/platform/textEncoding.ts";
import { URL as OurURL } from "../../../../src/world/platform/url.ts";
import { URLSearchParams as OurParams } from "../../../../src/world/platform/urlSearchParams.ts";
import { same } from "./outcome.ts";

class Point {
  x = 1;
  #secret = 2;
  get sum(): number {
    return this.x + this.#secret;
  }
}

class SpecialMap extends Map<unknown, unknown> {
  extra = true;
}

function withExtra<T extends object>(value: T): T {
  return Object.assign(value, { extra: 1 });
}

function named(error: Error, name: string): Error {
  error.name = name;
  return error;
}

/** Each is made anew for each side. */
// prettier-ignore
const cases: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  numbers: () => [0, -0, NaN, Infinity, 1.5, 10n, true, "text", ""],
  boxed: () => [new Boolean(false), new Number(-0), new String("ab"), Object(5n) as unknown],
  "boxed with extra": () => withExtra(new String("ab")),
  date: () => new Date(86_400_000),
  "invalid date": () => new Date(NaN),
  "date with extra": () => withExtra(new Date(5)),
  regexp: () => Object.assign(/a(b)/giu, { lastIndex: 3 }),
  map: () => new Map<unknown, unknown>([["a", { b: 1 }], [{ k: 1 }, new Map()]]),
  set: () => new Set([1, "a", { b: 1 }, NaN]),
  "map with extra": () => withExtra(new Map([["a", 1]])),
  "map of a subclass": () => new SpecialMap([["a", 1]]),
  array: () => [1, [2, [3]]],
  "array with holes": () => [1, , 3, undefined, ,], // eslint-disable-line no-sparse-arrays
  "array with extra": () => withExtra([1, 2]),
  "array of a length": () => new Array<unknown>(5),
  "array of a subclass": () => new (class extends Array<number> {})(3),
  object: () => ({ b: 1, a: { c: [2] }, 5: "five", 1: "one" }),
  "object without a prototype": () => Object.assign(Object.create(null) as object, { a: 1 }),
  "object with __proto__": () => JSON.parse('{"__proto__": {"polluted": true}, "a": 1}') as unknown,
  "object with a symbol key": () => ({ [Symbol("x")]: 1, a: 2 }),
  "object with hidden and computed parts": () =>
    Object.defineProperties({ get computed() { return [1]; } }, { hidden: { value: 1 }, frozen: { value: { a: 1 }, enumerable: true } }),
  "object with a tag": () => ({ [Symbol.toStringTag]: "Map", a: 1 }),
  frozen: () => Object.freeze({ a: Object.freeze([1]) }),
  instance: () => new Point(),
  "instance that inherits": () => Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }) as unknown,
  arguments: () => (function (..._args: unknown[]) { return arguments; })(1, { a: 2 }), // eslint-disable-line prefer-rest-params
  "array buffer": () => Uint8Array.of(1, 2, 3).buffer,
  "resizable buffer": () => new ArrayBuffer(2, { maxByteLength: 8 }),
  "typed arrays": () => [Uint8Array.of(1), Int16Array.of(-1), Float64Array.of(0.5), BigInt64Array.of(1n), Uint8ClampedArray.of(300)],
  "view of a part": () => new Uint8Array(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2),
  "data view": () => new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2),
  "typed array with extra": () => withExtra(Uint8Array.of(1)),
  "typed array of a subclass": () => new (class extends Uint8Array {})(2),
  "view that follows its buffer": () => new Uint8Array(new ArrayBuffer(2, { maxByteLength: 4 })),
  errors: () => [new Error("e"), new TypeError("t"), new RangeError("r"), new SyntaxError("s"), new ReferenceError("f"), new EvalError("v"), new URIError("u")],
  "error with a cause": () => new Error("e", { cause: { code: [1] } }),
  "error without a message": () => new Error(),
  "error of another name": () => named(new Error("e"), "Custom"),
  "error of a subclass": () => new (class Custom extends RangeError {})("e"),
  "error under a known name": () => named(new Error("e"), "TypeError"),
  "error with extra": () => withExtra(new Error("e")),
  "error with an odd message": () => Object.assign(new Error("e"), { message: 5 }),
  "aggregate error": () => new AggregateError([new Error("inner")], "outer"),
  "false error": () => Object.create(Error.prototype) as unknown,
  function: () => () => 1,
  "function inside": () => ({ a: [() => 1] }),
  symbol: () => Symbol("x"),
  "boxed symbol": () => Object(Symbol("x")) as unknown,
  promise: () => Promise.resolve(1),
  "weak map": () => new WeakMap(),
  "weak set": () => new WeakSet(),
  "weak reference": () => new WeakRef({}),
  generator: () => (function* () { yield 1; })(),
  "symbol inside a map": () => new Map([["a", Symbol("x")]]),
  "throwing getter": () => ({ get a() { throw new RangeError("getter"); } }),
};

/** What deepStrictEqual does not look at. */
function shape(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const error =
    value instanceof Error ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause } : {};
  const descriptors: Record<string, unknown> = ArrayBuffer.isView(value) ? {} : Object.getOwnPropertyDescriptors(value);
  // V8 makes the stack a pair of accessors on some errors; only its text matters.
  if (value instanceof Error) delete descriptors["stack"];
  return {
    value,
    shown: inspect(value, { depth: 9, showHidden: true }).replace(/\n.*/gs, ""),
    prototype: Object.getPrototypeOf(value) as unknown,
    descriptors,
    error,
  };
}

function shaped(clone: (value: unknown) => unknown, value: unknown): unknown {
  const result = clone(value);
  return Array.isArray(result) ? [shape(result), result.map(shape)] : shape(result);
}

for (const [name, make] of Object.entries(cases)) {
  test(`clones as Node does: ${name}`, () => {
    const value = make();
    // The same value on both sides, so that stacks are equal too.
    same(
      () => shaped(ourClone, value),
      () => shaped(structuredClone, value),
      name,
    );
  });
}

test("cycles and shared references survive", () => {
  const shared = { n: 1 };
  const value: Record<string, unknown> = {
    one: shared,
    two: [shared],
    map: new Map<unknown, unknown>([[shared, shared]]),
    set: new Set([shared]),
  };
  value["self"] = value;
  (value["map"] as Map<unknown, unknown>).set("back", value);
  const error = new Error("e");
  error.cause = { error };
  value["error"] = error;
  const clone = ourClone(value);
  assert.deepEqual(clone, structuredClone(value));
  assert.equal(clone["self"], clone);
  assert.notEqual(clone["one"], shared);
  assert.equal((clone["two"] as unknown[])[0], clone["one"]);
  assert.equal((clone["map"] as Map<unknown, unknown>).get(clone["one"]), clone["one"]);
  assert.equal((clone["map"] as Map<unknown, unknown>).get("back"), clone);
  assert.equal((clone["set"] as Set<unknown>).has(clone["one"]), true);
  assert.equal(((clone["error"] as Error).cause as { error: unknown }).error, clone["error"]);
});

test("views of one buffer share its clone", () => {
  const buffer = new ArrayBuffer(8);
  const clone = ourClone({ bytes: new Uint8Array(buffer, 2), words: new Uint16Array(buffer), buffer });
  assert.equal(clone.bytes.buffer, clone.buffer);
  assert.equal(clone.words.buffer, clone.buffer);
  clone.bytes[0] = 9;
  assert.deepEqual([clone.words[1], buffer.byteLength, new Uint8Array(buffer)[2]], [9, 8, 0]);
});

test("a view follows its buffer after cloning only if it did before", () => {
  for (const max of [4, 8]) {
    for (const make of [
      (b: ArrayBuffer) => new Uint8Array(b),
      (b: ArrayBuffer) => new Uint8Array(b, 0, 2),
      (b: ArrayBuffer) => new DataView(b, 1),
      (b: ArrayBuffer) => new DataView(b, 1, 2),
    ]) {
      const script = (clone: <T>(value: T) => T): number[] => {
        const view = clone(make(new ArrayBuffer(4, { maxByteLength: max })));
        const before = view.byteLength;
        view.buffer.resize(3);
        return [before, view.byteLength];
      };
      same(
        () => script(ourClone),
        () => script(structuredClone),
        `${String(max)} ${String(make)}`,
      );
    }
  }
});

test("transferred buffers are detached, and only if all went well", () => {
  const buffer = Uint8Array.of(1, 2, 3).buffer;
  const refused = { name: "DataCloneError", code: 25 };
  assert.throws(() => ourClone({ buffer, bad: () => 1 }, { transfer: [buffer] }), refused);
  assert.throws(() => ourClone(1, { transfer: [buffer, buffer] }), refused);
  assert.throws(() => ourClone(1, { transfer: [{}] }), refused);
  assert.throws(() => ourClone(1, { transfer: [new SharedArrayBuffer(1)] }), refused);
  assert.equal(buffer.detached, false);
  const clone = ourClone({ view: new Uint8Array(buffer, 1), buffer }, { transfer: [buffer] });
  assert.equal(buffer.detached, true);
  assert.equal(clone.view.buffer, clone.buffer);
  assert.deepEqual([...clone.view], [2, 3]);
  assert.throws(() => ourClone(buffer), refused);
  assert.throws(() => ourClone(1, { transfer: [buffer] }), refused);
  const other = new ArrayBuffer(4);
  assert.equal(ourClone("value", { transfer: new Set([other]) }), "value");
  assert.equal(other.detached, true);
});

test("a transferred buffer that a getter writes to is cloned as it was in the end", () => {
  const script = (clone: typeof structuredClone): number[] => {
    const bytes = Uint8Array.of(1);
    const value = {
      buffer: bytes.buffer,
      get late() {
        bytes[0] = 7;
        return 0;
      },
    };
    return [...new Uint8Array(clone(value, { transfer: [bytes.buffer] }).buffer)];
  };
  same(
    () => script(ourClone),
    () => script(structuredClone),
    "late write",
  );
});

test("what holds state of the platform is refused", () => {
  class Response {
    readonly status = 200;
  }
  const clone = makeStructuredClone([Response]);
  const controller = new OurController();
  const values = [
    controller,
    controller.signal,
    new OurEvent("x"),
    new OurTarget(),
    new OurHeaders(),
    new OurURL("http://h"),
    new OurParams(),
    new OurEncoder(),
    new OurDecoder(),
    new Response(),
    new (class Mine extends OurTarget {})(),
  ];
  for (const value of values) {
    assert.throws(
      () => clone({ value }),
      (error) => error instanceof OurDOMException && error.name === "DataCloneError",
      inspect(value),
    );
  }
});

test("a DOMException stays one", () => {
  const error = new OurDOMException("stopped", "AbortError");
  const clone = ourClone(error);
  assert.notEqual(clone, error);
  assert.equal(clone instanceof OurDOMException, true);
  assert.deepEqual([clone.name, clone.message, clone.code, clone.stack], ["AbortError", "stopped", 20, error.stack]);
});

test("a value is needed", () => {
  assert.throws(() => Reflect.apply(ourClone, undefined, []), TypeError);
  const nothing: unknown = undefined;
  assert.equal(ourClone(nothing), undefined);
  assert.equal(ourClone(1, null), 1);
});

test("the original is read once, in order, as in Node", () => {
  const script = (clone: typeof structuredClone): unknown => {
    const seen: string[] = [];
    const value = {
      get a(): number {
        seen.push("a");
        Reflect.deleteProperty(value, "c");
        Reflect.set(value, "d", 1);
        return 1;
      },
      b: 2,
      c: 3,
    };
    return [clone(value), seen];
  };
  same(
    () => script(ourClone),
    () => script(structuredClone),
    "getters",
  );
});
