/** A named part of a source file, and the hash that tells whether it is still the same. Pure. */
import type { Words } from "../../../protocol/words.ts";

export type SymbolKind = "function" | "class" | "type" | "variable" | "module";

export interface CodeSymbol {
  /** With what contains it, outermost first: "Pool.acquire". */
  readonly name: string;
  /** The first is what it was declared as; a constant that holds a function is both. */
  readonly kinds: readonly SymbolKind[];
  /** Where its name stands; both from 1. */
  readonly line: number;
  readonly column: number;
  /** Where its last declaration ends; from 1. */
  readonly endLine: number;
  /** Of all its declarations (overloads, getter and setter) but for the name itself: see `contentHash`. */
  readonly hash: string;
}

export type FoundSymbols = { readonly symbols: readonly CodeSymbol[] } | { readonly unreadable: Words };

/** One declaration of a symbol. */
export interface Declaration {
  readonly name: string;
  readonly kinds: readonly SymbolKind[];
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly tokens: readonly string[];
}

/** Stands for the declared name among the tokens, so that a renamed symbol has the hash that it had. */
export const ownName = "\u0001";

/** Declarations with the same name and first kind are one symbol, in the order of the file. */
export function toSymbols(declarations: readonly Declaration[]): readonly CodeSymbol[] {
  const groups = new Map<string, Declaration[]>();
  for (const each of declarations) {
    const key = `${each.kinds[0] ?? ""} ${each.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()].flatMap((group): CodeSymbol[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { name, kinds, line, column } = first;
    const endLine = Math.max(...group.map((each) => each.endLine));
    return [{ name, kinds, line, column, endLine, hash: contentHash(group.map(({ tokens }) => tokens)) }];
  });
}

/**
 * 16 hexadecimal digits that are the same for the same tokens. It tells an accident apart, not an attack: whoever may
 * change the code may change the hash that stands beside it.
 */
export function contentHash(groups: readonly (readonly string[])[]): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  const add = (code: number): void => {
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul((b << 13) | (b >>> 19), 0x85ebca6b) ^ code;
  };
  for (const tokens of groups) {
    for (const token of tokens) {
      for (let at = 0; at < token.length; at++) add(token.charCodeAt(at));
      add(0x10000);
    }
    add(0x10001);
  }
  return `${hex(mixed(a ^ (b >>> 7)))}${hex(mixed(b))}`;
}

/** Every bit of the input reaches every bit of the output. */
function mixed(value: number): number {
  let mix = value;
  mix = Math.imul(mix ^ (mix >>> 16), 0x7feb352d);
  mix = Math.imul(mix ^ (mix >>> 15), 0x846ca68b);
  return (mix ^ (mix >>> 16)) >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
