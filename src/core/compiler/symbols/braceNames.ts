/** What a declaration is called, in languages with braces. Pure. */
import { afterTypeArguments, matching } from "./braceExtents.ts";
import type { TextToken } from "./textTokens.ts";

type Tokens = readonly TextToken[];

export interface DeclaredNames {
  /** Outermost first. */
  readonly parts: readonly string[];
  /** The last of them, where the declaration makes a symbol. */
  readonly token?: TextToken;
  /** The index after it. */
  readonly after: number;
}

/** Go: `(p *Pool[T]) Acquire` */
export function receiverName(tokens: Tokens, open: number): DeclaredNames | undefined {
  const close = matching(tokens, open);
  const bracket = tokens.findIndex((each, at) => at > open && at < close && each.text === "[");
  const owner = tokens.slice(open, bracket === -1 ? close : bracket).findLast((each) => each.kind === "word");
  const name = tokens[close + 1];
  if (owner === undefined || name?.kind !== "word") return undefined;
  return { parts: [owner.text, name.text], token: name, after: close + 2 };
}

/** `Pool`, and in Kotlin `<T> Pool.acquire` */
export function plainName(tokens: Tokens, at: number, isKeyword: (word: string) => boolean): DeclaredNames | undefined {
  const parts: string[] = [];
  for (let next = afterTypeArguments(tokens, at); ;) {
    const token = tokens[next];
    if (token?.kind !== "word" || isKeyword(token.text)) return undefined;
    parts.push(token.text);
    const dot = afterTypeArguments(tokens, next + 1);
    if (tokens[dot]?.text !== ".") return { parts, token, after: next + 1 };
    next = dot + 1;
  }
}

/** What an `impl<T> Trait for Pool<T>` or an `extension Pool: Sendable` adds to. */
export function extendedName(tokens: Tokens, at: number): DeclaredNames | undefined {
  let owner: string | undefined;
  for (let next = at; next < tokens.length; next++) {
    const arguments_ = afterTypeArguments(tokens, next);
    if (arguments_ > next) next = arguments_;
    const token = tokens[next];
    if (token === undefined || token.text === ";") return undefined;
    if (token.text === "{" || token.text === "where" || token.text === ":") {
      return owner === undefined ? undefined : { parts: [owner], after: next };
    }
    if (token.kind === "word") owner = token.text === "for" ? undefined : token.text;
  }
  return undefined;
}
