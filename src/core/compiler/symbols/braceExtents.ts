/** Where declarations begin and end in languages with braces. Pure. */
import type { SymbolKind } from "./codeSymbol.ts";
import type { TextLanguage } from "./languages.ts";
import type { TextToken } from "./textTokens.ts";

type Tokens = readonly TextToken[];

export interface Extent {
  /** The index after its last token. */
  readonly end: number;
  /** What lies between its braces. */
  readonly body?: { readonly from: number; readonly to: number };
}

/** The index of the bracket that closes this one, or of the last token. */
export function matching(tokens: Tokens, open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind !== "sign") continue;
    if ("([{".includes(token.text)) depth++;
    else if (")]}".includes(token.text) && --depth <= 0) return at;
  }
  return tokens.length - 1;
}

/** @param from the index after the declared name */
export function extentOf(tokens: Tokens, from: number, ends: TextLanguage["ends"], kind: SymbolKind): Extent {
  return ends === "line" ? extentByLine(tokens, from) : extentByBrace(tokens, from, kind);
}

/** To the brace that closes the first one, or to a semicolon before it; a value goes on to its semicolon. */
function extentByBrace(tokens: Tokens, from: number, kind: SymbolKind): Extent {
  let hasValue = kind === "variable";
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind !== "sign") continue;
    if (token.text === ";") return { end: at + 1 };
    if (token.text === "}") return { end: at };
    if (token.text === "=" || token.text === "=>") hasValue = true;
    if (!"([{".includes(token.text)) continue;
    const close = matching(tokens, at);
    const next = tokens[close + 1]?.text;
    // C++ initialises members in braces: `Pool() : size{1}, free{2} { … }`.
    const goesOn = kind === "function" && (next === "," || next === "{");
    if (token.text === "{" && !hasValue && !goesOn) {
      return { end: next === ";" ? close + 2 : close + 1, body: { from: at + 1, to: close } };
    }
    at = close;
  }
  return { end: tokens.length };
}

const openEnd = new Set([
  "=",
  ",",
  ":",
  "->",
  ":=",
  "+",
  "-",
  "*",
  "/",
  "&&",
  "||",
  "|",
  "&",
  "==",
  "!=",
  "<-",
  ".",
  "?",
]);
const openBeginning = new Set([".", "?", ":", "->", "=", "where", "by", "&&", "||", "{"]);

/** To the end of the line on which all brackets are closed. */
function extentByLine(tokens: Tokens, from: number): Extent {
  let body: Extent["body"];
  let hasValue = false;
  for (let at = from; at < tokens.length; at++) {
    let token = tokens[at];
    if (token?.kind === "sign" && "([{".includes(token.text)) {
      const close = matching(tokens, at);
      if (token.text === "{" && !hasValue) body = { from: at + 1, to: close };
      at = close;
      token = tokens[at];
    }
    if (token?.text === "=") hasValue = true;
    const next = tokens[at + 1];
    const goesOn =
      next?.indent === undefined ||
      openEnd.has(token?.text ?? "") ||
      (openBeginning.has(next.text) && (next.text !== "{" || body === undefined));
    const over = next === undefined || next.text === "}" || next.text === ";";
    if (over || !goesOn) return { end: at + 1, ...(body === undefined ? {} : { body }) };
  }
  return { end: tokens.length };
}

export interface BareFunction {
  readonly parts: readonly string[];
  /** The index of its name. */
  readonly name: number;
  readonly extent: Extent;
}

/** `Lease acquire(int n) throws Closed { … }`, `Lease Pool::acquire() const { … }`, `Pool() { … }` */
export function bareFunctionAt(tokens: Tokens, at: number): BareFunction | undefined {
  const [name, before] = [tokens[at], tokens[at - 1]];
  const open = afterTypeArguments(tokens, at + 1);
  if (name?.kind !== "word" || tokens[open]?.text !== "(" || !/^[\p{L}_$]/u.test(name.text)) return undefined;
  if (["new", ".", "=", "@", "return", "~", "(", ","].includes(before?.text ?? "")) return undefined;
  const close = matching(tokens, open);
  const after = tokens[close + 1];
  const canFollow = after?.kind === "word" || ["{", ";", ":", "->", "=", "=>", "["].includes(after?.text ?? "");
  if (!canFollow) return undefined;
  const extent = extentByBrace(tokens, close + 1, "function");
  const hasType = before?.kind === "word" || ["*", "&", ">", "]", "::"].includes(before?.text ?? "");
  if (extent.body === undefined && !hasType) return undefined;
  return { parts: [...qualifiers(tokens, at), name.text], name: at, extent };
}

/** C++: `Pool::` before the name. */
function qualifiers(tokens: Tokens, name: number): readonly string[] {
  const owner = tokens[name - 2];
  if (tokens[name - 1]?.text !== "::" || owner?.kind !== "word") return [];
  return [...qualifiers(tokens, name - 2), owner.text];
}

/** The index after `<T, U>`, or the same where there is none. */
export function afterTypeArguments(tokens: Tokens, at: number): number {
  if (tokens[at]?.text !== "<") return at;
  let depth = 0;
  for (let next = at; next < tokens.length; next++) {
    const text = tokens[next]?.text ?? "";
    if (text === "<") depth++;
    else if (text === ">" && --depth === 0) return next + 1;
    else if (text === ";" || text === "{" || text === ")") return at;
  }
  return at;
}
