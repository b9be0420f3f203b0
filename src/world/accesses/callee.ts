/** What is known of functions that marked code may call or hand on. Runs inside the realm. */
import type { Marks } from "./marks.ts";
import { textOf } from "./peeking.ts";

/** Says what calling a function of the engine or the world touches; called just before it is called. */
export type Effect = (marks: Marks, receiver: unknown, args: readonly unknown[]) => void;

export interface Callee {
  readonly effect: Effect;
  /** The engine or the world may call it at any time: it tells by itself what it touches, or touches nothing. */
  readonly safe: boolean;
  /** What it answers is an object made by this very call, that nobody else has. */
  readonly fresh: boolean;
  /** It calls none of its arguments (or the effect looks after them by itself). */
  readonly takes: boolean;
  /** It turns what it is given into a primitive, and does nothing else. */
  readonly converts?: boolean;
  /** A marked class may extend it. */
  readonly extends?: boolean;
  /** Makes an object, where `new` is understood. */
  readonly constructs?: (marks: Marks, args: readonly unknown[]) => object;
  /** Called instead, where what the engine does inside could not be seen. */
  readonly instead?: (marks: Marks, receiver: unknown, args: readonly unknown[]) => unknown;
}

export type Known = "marked" | "unknown" | Callee;

/** The comment that the compiler leaves in every function it marks. */
const markedText = "/*$m";

const unknownAccessor: Effect = (marks) => {
  marks.recorder.unknown("a getter or setter that is not understood");
};

const trusted: Callee = { effect: () => undefined, safe: true, fresh: false, takes: false };

export class Callees {
  readonly #known = new WeakMap<object, Known>();
  /** What happens when a property of a built-in's prototype is looked at: its getter, or nothing. */
  readonly #getters = new WeakMap<object, Map<PropertyKey, Effect>>();
  readonly #setters = new WeakMap<object, Map<PropertyKey, Effect>>();
  readonly #builtins = new WeakSet();

  add(callee: unknown, how: Partial<Callee> & { readonly effect: Effect }): void {
    if (typeof callee === "function") this.#known.set(callee, { safe: false, fresh: false, takes: false, ...how });
  }

  /** A function that the kernel made, which tells by itself what it touches. */
  trust(callee: (...args: never[]) => unknown): void {
    this.#known.set(callee, trusted);
  }

  getter(prototype: object, key: PropertyKey, effect: Effect): void {
    entry(this.#getters, prototype).set(key, effect);
  }

  setter(prototype: object, key: PropertyKey, effect: Effect): void {
    entry(this.#setters, prototype).set(key, effect);
  }

  getterEffect(prototype: object, key: PropertyKey): Effect | undefined {
    return this.#getters.get(prototype)?.get(key);
  }

  setterEffect(prototype: object, key: PropertyKey): Effect | undefined {
    return this.#setters.get(prototype)?.get(key);
  }

  /** Objects of the engine and the platform, all of them frozen. A getter of theirs that nothing is known of is unknown. */
  addBuiltins(objects: Iterable<object>): void {
    for (const object of objects) {
      this.#builtins.add(object);
      // Their properties are made to be shadowed: see harden.ts.
      if (object === Object.prototype || object === Error.prototype || object instanceof Error) continue;
      for (const key of Reflect.ownKeys(object)) {
        const descriptor = Object.getOwnPropertyDescriptor(object, key);
        if (descriptor?.get === undefined) continue;
        if (this.getterEffect(object, key) === undefined) this.getter(object, key, unknownAccessor);
        if (descriptor.set !== undefined && this.setterEffect(object, key) === undefined) {
          this.setter(object, key, unknownAccessor);
        }
      }
    }
  }

  isBuiltin(object: object): boolean {
    return this.#builtins.has(object);
  }

  of(callee: object): Known {
    const known = this.#known.get(callee);
    if (known !== undefined) return known;
    // Closures are made anew in every run, and most are called once: remembering them costs more than it saves.
    if (textOf(callee).includes(markedText)) return "marked";
    this.#known.set(callee, "unknown");
    return "unknown";
  }
}

function entry(map: WeakMap<object, Map<PropertyKey, Effect>>, object: object): Map<PropertyKey, Effect> {
  const found = map.get(object) ?? new Map<PropertyKey, Effect>();
  map.set(object, found);
  return found;
}
