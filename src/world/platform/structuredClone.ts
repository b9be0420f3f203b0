/**
 * structuredClone as HTML defines it. Runs inside the realm.
 *
 * One difference that cannot be seen from inside: a Proxy cannot be told from its target, so it is cloned like an
 * ordinary object, where the standard refuses it.
 */
import { AbortController } from "./abort.ts";
import { ReadableStream, ReadableStreamDefaultReader } from "./bodyStream.ts";
import { type BufferShare, bufferCopy, cloneView, transferBuffers } from "./cloneBuffers.ts";
import { cloneError, isError } from "./cloneErrors.ts";
import { DOMException } from "./domException.ts";
import { Event, EventTarget } from "./events.ts";
import { Headers } from "./headers.ts";
import { Response } from "./response.ts";
import { TextDecoder, TextEncoder } from "./textEncoding.ts";
import { URL } from "./url.ts";
import { URLSearchParams } from "./urlSearchParams.ts";

export interface StructuredSerializeOptions {
  readonly transfer?: Iterable<unknown>;
}

type StructuredClone = <T>(value: T, options?: StructuredSerializeOptions | null) => T;

/** Anything with a prototype; what `instanceof` accepts. */
interface PlatformClass {
  readonly prototype: object;
}

const ownClasses: readonly PlatformClass[] = [
  AbortController,
  Event,
  EventTarget,
  Headers,
  ReadableStream,
  ReadableStreamDefaultReader,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
];

/** @param more further classes whose instances hold state of the platform and so cannot be cloned. */
export function makeStructuredClone(more: readonly PlatformClass[] = []): StructuredClone {
  const uncloneable = [...ownClasses, ...more].map((platformClass) => platformClass.prototype);
  return function structuredClone<T>(...given: [value: T, options?: StructuredSerializeOptions | null]): T {
    if (!(0 in given)) throw new TypeError("structuredClone needs a value.");
    const [value, options] = given;
    const { known, finish } = transferBuffers(options?.transfer);
    const clone = new Cloner(known, uncloneable).clone(value) as T;
    finish();
    return clone;
  };
}

export const structuredClone: StructuredClone = makeStructuredClone();

/** Objects of the language that have state of their own but no clone. A call throws unless the object is of that kind. */
const refusedKinds: readonly ((value: object) => unknown)[] = [
  (value) => WeakMap.prototype.has.call(value as WeakMap<object, unknown>, value),
  (value) => WeakSet.prototype.has.call(value as WeakSet<object>, value),
  (value) => Symbol.prototype.valueOf.call(value as unknown as symbol),
];

/** Tags of the others; their methods cannot be called without an effect. */
const refusedTags =
  /^\[object (Arguments|Promise|WeakRef|FinalizationRegistry|SharedArrayBuffer|\w*Generator|[\w ]+ Iterator)\]$/;

class Cloner {
  readonly #known: Map<object, unknown>;
  readonly #uncloneable: readonly object[];
  readonly #share: BufferShare = (buffer) => {
    const found = this.#known.get(buffer);
    if (found !== undefined) return found as ArrayBuffer;
    const copy = bufferCopy(buffer);
    this.#known.set(buffer, copy);
    return copy;
  };

  constructor(known: Map<object, unknown>, uncloneable: readonly object[]) {
    this.#known = known;
    this.#uncloneable = uncloneable;
  }

  clone(value: unknown): unknown {
    if (typeof value === "symbol" || typeof value === "function") refuse(value);
    if (typeof value !== "object" || value === null) return value;
    if (this.#known.has(value)) return this.#known.get(value);
    return this.#object(value);
  }

  #object(value: object): unknown {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (Array.isArray(value)) return this.#properties(value, this.#keep(value, new Array<unknown>(value.length)));
    if (prototype === Object.prototype && Object.prototype.toString.call(value) === "[object Object]") {
      return this.#properties(value, this.#keep(value, {}));
    }
    if (value instanceof ArrayBuffer) return this.#share(value);
    if (ArrayBuffer.isView(value)) return this.#keep(value, cloneView(value, this.#share));
    if (isError(value)) return this.#error(value);
    const wrapped = boxed(value);
    if (wrapped !== undefined) return this.#keep(value, wrapped);
    return this.#collection(value) ?? this.#plain(value);
  }

  #error(value: Error): unknown {
    const { clone, cause } = cloneError(value);
    this.#keep(value, clone);
    if (cause !== undefined) {
      Object.defineProperty(clone, "cause", { value: this.clone(cause.value), writable: true, configurable: true });
    }
    return clone;
  }

  #collection(value: object): unknown {
    if (passes(() => Map.prototype.has.call(value as Map<unknown, unknown>, undefined))) {
      const clone = this.#keep(value, new Map<unknown, unknown>());
      const entries = [...Map.prototype.entries.call(value as Map<unknown, unknown>)];
      for (const [key, item] of entries) clone.set(this.clone(key), this.clone(item));
      return clone;
    }
    if (passes(() => Set.prototype.has.call(value as Set<unknown>, undefined))) {
      const clone = this.#keep(value, new Set<unknown>());
      const items = [...Set.prototype.values.call(value as Set<unknown>)];
      for (const item of items) clone.add(this.clone(item));
      return clone;
    }
    return undefined;
  }

  #plain(value: object): unknown {
    const isPlatform = this.#uncloneable.some((prototype) => Object.prototype.isPrototypeOf.call(prototype, value));
    const isRefused = refusedKinds.some((probe) => passes(() => probe(value)));
    if (isPlatform || isRefused || refusedTags.test(Object.prototype.toString.call(value))) refuse(value);
    return this.#properties(value, this.#keep(value, {}));
  }

  #properties(from: object, to: object): object {
    for (const key of Object.keys(from)) {
      if (!Object.hasOwn(from, key)) continue;
      const value = this.clone(Reflect.get(from, key));
      Object.defineProperty(to, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return to;
  }

  #keep<T extends object>(original: object, clone: T): T {
    this.#known.set(original, clone);
    return clone;
  }
}

/** The clone of a Boolean, Number, String, BigInt, Date or RegExp object; undefined for other objects. */
function boxed(value: object): object | undefined {
  const makers: readonly (() => object)[] = [
    () => new Date(Date.prototype.getTime.call(value as Date)),
    () => Object(Boolean.prototype.valueOf.call(value as unknown as boolean)) as object,
    () => Object(Number.prototype.valueOf.call(value as unknown as number)) as object,
    () => Object(String.prototype.valueOf.call(value as unknown as string)) as object,
    () => Object(BigInt.prototype.valueOf.call(value as unknown as bigint)) as object,
  ];
  for (const make of makers) {
    try {
      return make();
    } catch {
      // An object of another kind.
    }
  }
  return value instanceof RegExp ? new RegExp(value.source, value.flags) : undefined;
}

function passes(probe: () => unknown): boolean {
  try {
    probe();
    return true;
  } catch {
    return false;
  }
}

function refuse(value: object | symbol): never {
  const shown = typeof value === "object" ? Object.prototype.toString.call(value) : value.toString();
  throw new DOMException(`${shown} could not be cloned.`, "DataCloneError");
}
