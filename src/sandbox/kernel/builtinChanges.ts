/**
 * Tells in our words what the engine means where an exercise tried to change what is closed here. The engine's error says
 * which property, and where in the code; the object is found by its name in the code there, or by the engine's having the
 * very same words for it. Runs inside the realm.
 */
import type { SourceMark } from "../../world/platform/events.ts";
import type { Explanation } from "../../world/run/explanation.ts";
import { builtinSentences } from "./builtinSentences.ts";
import { placesAt, type PlacesAt } from "./namedPlaces.ts";

/** What the engine refused. */
interface Refusal {
  readonly kind: "changed" | "added" | "prototype";
  /** The property's name as the engine writes it. */
  readonly key: string;
  /**
   * What is left where the code does not name the object: the engine is *asked* about each built-in, which helps where its
   * message describes the object; a *hint* follows its words; or the engine's words are *enough*, being plain.
   */
  readonly otherwise: "asked" | "hint" | "enough";
}

/** Characters; the engine's own is longer only where it repeats a whole function. */
const maxMessage = 2000;

const forms: readonly (readonly [form: RegExp, kind: Refusal["kind"], otherwise: Refusal["otherwise"]])[] = [
  [/^Cannot assign to read only property '(.+?)' of /, "changed", "asked"],
  [/^Cannot delete property '(.+?)' of /, "changed", "asked"],
  [/^Cannot set property (.+?) of .+ which has only a getter$/s, "changed", "enough"],
  [/^Cannot redefine property: (.+)$/, "changed", "hint"],
  [/^"(.+?)" belongs to a built-in, /, "changed", "enough"],
  [/^Cannot (?:add|define) property (.+?), object is not extensible$/, "added", "hint"],
  [/^.+ is not extensible$|^Immutable prototype object /, "prototype", "hint"],
];

export class BuiltinChanges {
  readonly #global: object;
  #code = "";

  constructor(global: object) {
    this.#global = global;
  }

  /** The exercise's code, as it runs. */
  show(code: string): void {
    this.#code = code;
  }

  /**
   * Undefined where it is about something else. An exercise that throws an error of the same words has it explained as if
   * the engine had. Never throws, whatever it was that was thrown.
   * @param locate where in the exercise it was thrown; asked only where the words are the engine's
   */
  explain(thrown: unknown, locate: () => SourceMark | undefined): Explanation | undefined {
    try {
      const message = messageOf(thrown);
      const refusal = message === undefined ? undefined : refusalIn(message);
      if (message === undefined || refusal === undefined) return undefined;
      const place = locate();
      if (place === undefined) return undefined;
      return this.#told(refusal, message, place);
    } catch {
      // A proxy, or a call stack that is full.
      return undefined;
    }
  }

  #told(refusal: Refusal, message: string, place: SourceMark): Explanation | undefined {
    const name = this.#named(refusal, placesAt(this.#code, place)) ?? this.#describedBy(refusal, message);
    if (name !== undefined) return { words: sentenceOf(refusal, name, place.line), place, certain: true };
    if (refusal.otherwise !== "hint") return undefined;
    return { words: builtinSentences.perhaps(place.line), place, certain: false };
  }

  /** By the names in the code. */
  #named({ kind, key }: Refusal, { paths, argument, indexed }: PlacesAt): readonly string[] | undefined {
    const wanted = kind === "prototype" ? "__proto__" : key;
    const path = paths.find((names) => names.at(-1) === wanted && this.#leadsTo(names));
    if (path !== undefined) return kind === "prototype" ? path.slice(0, -1) : path;
    if (argument !== undefined && this.#reach(argument) !== undefined) {
      return kind === "prototype" ? argument : [...argument, key];
    }
    if (kind !== "added") return undefined;
    const object = indexed.find((names) => this.#reach(names) !== undefined);
    return object === undefined ? undefined : [...object, key];
  }

  /** Whether a property is one of a built-in. A bare name is a global only where there is one of that name. */
  #leadsTo(names: readonly string[]): boolean {
    if (names.length === 1) return names.every((name) => Object.hasOwn(this.#global, name));
    return this.#reach(names.slice(0, -1)) !== undefined;
  }

  /** What names lead to from the global object, by which it is a built-in: nothing else can be there. */
  #reach(names: readonly string[]): object | undefined {
    let at: unknown = this.#global;
    for (const name of names[0] === "globalThis" ? names.slice(1) : names) {
      at = isObject(at) ? Object.getOwnPropertyDescriptor(at, name)?.value : undefined;
    }
    return isObject(at) ? at : undefined;
  }

  /** By asking of each built-in with such a property whether the engine refuses to change it with the same words. */
  #describedBy({ key, otherwise }: Refusal, message: string): readonly string[] | undefined {
    if (otherwise !== "asked") return undefined;
    for (const [name, object] of this.#builtins()) {
      const own = Reflect.ownKeys(object).find((candidate) => String(candidate) === key);
      if (own !== undefined && refusalsOf(object, own).includes(message)) return [...name, key];
    }
    return undefined;
  }

  #builtins(): (readonly [name: readonly string[], object: object])[] {
    const members = (name: readonly string[], object: object): (readonly [readonly string[], object])[] =>
      Object.getOwnPropertyNames(object).flatMap((key) => {
        const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value;
        return isObject(value) && value !== this.#global ? [[[...name, key], value] as const] : [];
      });
    const globals = members([], this.#global);
    const intl = globals.filter(([[name]]) => name === "Intl").flatMap(([name, object]) => members(name, object));
    return [...globals, ...intl].flatMap(([name, object]) => {
      const prototype: unknown = Object.getOwnPropertyDescriptor(object, "prototype")?.value;
      return [[name, object] as const, ...(isObject(prototype) ? [[[...name, "prototype"], prototype] as const] : [])];
    });
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** The message of a TypeError of the realm; what is no plain text, or enormous, is not the engine's. */
function messageOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof TypeError)) return undefined;
  const message: unknown = Object.getOwnPropertyDescriptor(thrown, "message")?.value;
  return typeof message === "string" && message.length <= maxMessage ? message : undefined;
}

function refusalIn(message: string): Refusal | undefined {
  for (const [form, kind, otherwise] of forms) {
    const found = form.exec(message);
    if (found !== null) return { kind, key: found[1] ?? "", otherwise };
  }
  return undefined;
}

/** What the engine says to changes of a property that is closed; nothing is changed by trying. */
function refusalsOf(object: object, key: PropertyKey): string[] {
  const descriptor = Object.getOwnPropertyDescriptor(object, key);
  if (descriptor?.configurable !== false || descriptor.writable === true || descriptor.set !== undefined) return [];
  const attempts = [
    () => {
      (object as Record<PropertyKey, unknown>)[key] = undefined;
    },
    () => {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- it is refused, and what is said then is wanted
      delete (object as Record<PropertyKey, unknown>)[key];
    },
  ];
  return attempts.flatMap((attempt) => {
    try {
      attempt();
      return [];
    } catch (refused) {
      return messageOf(refused) ?? [];
    }
  });
}

function sentenceOf({ kind }: Refusal, names: readonly string[], line: number): Explanation["words"] {
  const path = names[0] === "globalThis" ? names.slice(1) : names;
  if (kind === "added" && path.length === 1) return builtinSentences.global(written(["globalThis", ...path]), line);
  return kind === "added" ? builtinSentences.added(written(path), line) : builtinSentences.changed(written(path), line);
}

/** As one would write it in code. */
function written(names: readonly string[]): string {
  return names.map((name, place) => (place === 0 ? name : access(name))).join("");
}

function access(name: string): string {
  const symbol = /^Symbol\((Symbol\.\w+)\)$/.exec(name)?.[1];
  if (symbol !== undefined) return `[${symbol}]`;
  if (/^\d+$/.test(name)) return `[${name}]`;
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
