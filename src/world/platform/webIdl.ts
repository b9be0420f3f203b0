/** What WebIDL says of every interface: how its members look and how its arguments are converted. Runs inside the realm. */

/** A class as it is seen from outside. */
interface Interface {
  readonly prototype: object;
}

/**
 * Makes the members of a class enumerable and gives its instances their class string; a class's own members are
 * neither. For the static block at the end of a class.
 */
export function asInterface(constructor: Interface, name: string): void {
  enumerate(constructor, ["prototype", "length", "name"]);
  enumerate(constructor.prototype, ["constructor"]);
  Object.defineProperty(constructor.prototype, Symbol.toStringTag, { value: name, configurable: true });
  // The bundler may have renamed the class.
  Object.defineProperty(constructor, "name", { value: name, configurable: true });
}

function enumerate(owner: object, except: readonly string[]): void {
  for (const key of Object.getOwnPropertyNames(owner)) {
    if (!except.includes(key)) Object.defineProperty(owner, key, { enumerable: true });
  }
}

/** DOMString. */
export function domString(value: unknown): string {
  if (typeof value === "symbol") throw new TypeError("A symbol cannot be converted to a string.");
  return String(value);
}

/** USVString: lone surrogates become U+FFFD. */
export function usvString(value: unknown): string {
  return domString(value).toWellFormed();
}

/** ByteString: no code unit over 255. */
export function byteString(value: unknown): string {
  const text = domString(value);
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 0xff) {
      throw new TypeError(`Character ${String(index + 1)} of "${text}" does not fit into a byte.`);
    }
  }
  return text;
}

/** A dictionary: an object, or nothing at all. */
export function dictionary<T extends object>(value: T | null | undefined): Partial<T> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" && typeof value !== "function") throw new TypeError("The options must be an object.");
  return value;
}

/** For methods whose declaration cannot say that an argument must be given. */
export function need(given: number, wanted: number): void {
  if (given < wanted) throw new TypeError(`${String(wanted)} arguments are needed, ${String(given)} given.`);
}

const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

/**
 * The iterators of an interface that is iterable over pairs: they know no `return`, and give what is there at each step.
 * @param entry the pair at a place of the list as it is now; undefined at its end
 */
export function pairIterators<T extends object>(
  name: string,
  entry: (of: T, index: number) => readonly [key: string, value: string] | undefined,
): (of: T, kind: "keys" | "values" | "entries") => IteratorObject<never, undefined> {
  class PairIterator {
    readonly #of: T;
    readonly #kind: string;
    #index = 0;

    constructor(of: T, kind: string) {
      this.#of = of;
      this.#kind = kind;
    }

    static {
      asInterface(PairIterator, `${name} Iterator`);
      Reflect.deleteProperty(PairIterator.prototype, "constructor");
      Object.setPrototypeOf(PairIterator.prototype, iteratorPrototype);
    }

    next(): IteratorResult<unknown, undefined> {
      const pair = entry(this.#of, this.#index++);
      if (pair === undefined) return { value: undefined, done: true };
      const value = this.#kind === "entries" ? [...pair] : this.#kind === "keys" ? pair[0] : pair[1];
      return { value, done: false };
    }
  }
  return (of, kind) => {
    // Throws for an object of another kind.
    entry(of, 0);
    return new PairIterator(of, kind) as unknown as IteratorObject<never, undefined>;
  };
}
