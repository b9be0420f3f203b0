/**
 * Small guards that check plain data which came in a message. Runs in a webview's page.
 * The compiler finds the field that a guard forgot: `record` wants one for each key of the type.
 */
export type Guard<T> = (value: unknown) => value is T;

type GuardsFor<T> = { readonly [K in keyof T]-?: Guard<T[K]> };

export const isString: Guard<string> = (value): value is string =>
  typeof value === "string" && value.length <= longestText;
/** In UTF-16 code units: the longest text that a page takes, many times what a lesson's longest one has. */
const longestText = 4_000_000;
/** The longest list that a page takes, unless it says otherwise. */
const longestList = 10_000;

export const isNumber: Guard<number> = (value): value is number => typeof value === "number" && Number.isFinite(value);
export const isBoolean: Guard<boolean> = (value): value is boolean => typeof value === "boolean";

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function literal<const T extends string | boolean>(...allowed: readonly T[]): Guard<T> {
  return (value): value is T => (allowed as readonly unknown[]).includes(value);
}

/** A whole number from 0 on: a line, a column, how many there are. */
export const isCount: Guard<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** @param longest how many items the page takes */
export function listOf<T>(item: Guard<T>, longest = longestList): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.length <= longest && value.every(item);
}

export function mapOf<T>(item: Guard<T>): Guard<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => {
    if (!isObject(value)) return false;
    const items = Object.values(value);
    return items.length <= longestList && items.every(item);
  };
}

/** The field may be missing. */
export function optional<T>(guard: Guard<T>): Guard<T | undefined> {
  return (value): value is T | undefined => value === undefined || guard(value);
}

export function anyOf<A, B>(first: Guard<A>, second: Guard<B>): Guard<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

export function record<T extends object>(fields: GuardsFor<T>): Guard<T> {
  const names = Object.keys(fields);
  const guards = Object.values<(value: unknown) => boolean>(fields);
  // Of a long run there are a hundred thousand records of one kind: a plain loop is several times as fast as `every`.
  return (value): value is T => {
    if (!isObject(value)) return false;
    for (let at = 0; at < names.length; at++) {
      const name = names[at] ?? "";
      if (guards[at]?.(Object.hasOwn(value, name) ? value[name] : undefined) !== true) return false;
    }
    return true;
  };
}

/** One of a closed set of names; the compiler asks for each of them. */
export function nameOf<T extends string>(names: Readonly<Record<T, true>>): Guard<T> {
  return (value): value is T => isString(value) && Object.hasOwn(names, value);
}
