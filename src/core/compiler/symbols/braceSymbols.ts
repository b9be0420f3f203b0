/**
 * Named parts of languages with braces, found by their text: declarations at the top and in what contains declarations,
 * never inside a function. It knows no grammar: what it does not see as a declaration is no symbol. Pure.
 */
import { bareFunctionAt, extentOf, matching } from "./braceExtents.ts";
import { type DeclaredNames, extendedName, plainName, receiverName } from "./braceNames.ts";
import { type Declaration, ownName, type SymbolKind } from "./codeSymbol.ts";
import type { Keyword, TextLanguage } from "./languages.ts";
import type { TextToken } from "./textTokens.ts";

export function braceSymbols(tokens: readonly TextToken[], language: TextLanguage): readonly Declaration[] {
  const scanner = new Scanner(tokens, language);
  scanner.scan(0, tokens.length, []);
  return scanner.declarations;
}

/** What may follow the name of a class where nothing but its look tells it from `struct Pool *make()`. */
const afterClassName = new Set(["{", ":", "<", "(", "extends", "implements", "permits", "where", "final"]);

class Scanner {
  readonly declarations: Declaration[] = [];
  readonly #tokens: readonly TextToken[];
  readonly #language: TextLanguage;

  constructor(tokens: readonly TextToken[], language: TextLanguage) {
    this.#tokens = tokens;
    this.#language = language;
  }

  /** @param end the first token that is no longer a part of it */
  scan(start: number, end: number, containers: readonly string[]): void {
    let free = start;
    for (let at = start; at < end;) {
      const next = this.#declared(at, free, containers) ?? this.#skipped(at, containers);
      if (next > at + 1) free = next;
      at = next;
    }
  }

  /** @returns the index after the declaration; undefined where none begins here. */
  #declared(at: number, free: number, containers: readonly string[]): number | undefined {
    const token = this.#tokens[at];
    if (token?.kind !== "word") return undefined;
    const keyword = this.#keyword(token.text);
    if (keyword === undefined) return this.#bareFunction(at, free, containers);
    const names = this.#names(at, keyword);
    if (names === undefined) return undefined;
    const { bareFunctions, ends } = this.#language;
    const looksElse = bareFunctions && names.token !== undefined && !afterClassName.has(this.#text(names.after));
    if (looksElse) return undefined;
    const extent = extentOf(this.#tokens, names.after, ends, keyword.kind);
    const full = [...containers, ...names.parts];
    if (names.token !== undefined) this.#add(full, keyword.kind, names.token, this.#lineStart(at, free), extent.end);
    if (keyword.contains && extent.body !== undefined) this.scan(extent.body.from, extent.body.to, full);
    return extent.end;
  }

  #keyword(word: string): Keyword | undefined {
    return Object.hasOwn(this.#language.keywords, word) ? this.#language.keywords[word] : undefined;
  }

  #names(at: number, { names }: Keyword): DeclaredNames | undefined {
    if (names === "none") return { parts: [], after: at + 1 };
    if (names === "extended") return extendedName(this.#tokens, at + 1);
    if (this.#text(at) === "func" && this.#text(at + 1) === "(") return receiverName(this.#tokens, at + 1);
    return plainName(this.#tokens, at + 1, (word) => this.#keyword(word) !== undefined);
  }

  #bareFunction(at: number, free: number, containers: readonly string[]): number | undefined {
    if (!this.#language.bareFunctions) return undefined;
    const found = bareFunctionAt(this.#tokens, at);
    const token = found === undefined ? undefined : this.#tokens[found.name];
    if (found === undefined || token === undefined) return undefined;
    this.#add([...containers, ...found.parts], "function", token, this.#lineStart(at, free), found.extent.end);
    return found.extent.end;
  }

  /** Past brackets as a whole, so that nothing within them is taken for a declaration. */
  #skipped(at: number, containers: readonly string[]): number {
    const token = this.#tokens[at];
    if (token?.kind !== "sign") return at + 1;
    // `extern "C" {`, `companion object {`
    const before = this.#tokens[at - 1];
    if (token.text === "{" && (before?.kind === "string" || before?.text === "object")) {
      const close = matching(this.#tokens, at);
      this.scan(at + 1, close, containers);
      return close + 1;
    }
    if ("([{".includes(token.text)) return matching(this.#tokens, at) + 1;
    // A field's value: `Runnable retry = new Runnable() { … };`
    if (token.text === "=" && this.#language.ends === "brace") {
      return Math.max(at + 1, extentOf(this.#tokens, at, "brace", "variable").end);
    }
    return at + 1;
  }

  #text(at: number): string {
    return this.#tokens[at]?.text ?? "";
  }

  /** The first token on the line, so that modifiers belong to what they modify. */
  #lineStart(at: number, free: number): number {
    let first = at;
    while (first > free && this.#tokens[first]?.indent === undefined) first--;
    return first;
  }

  #add(parts: readonly string[], kind: SymbolKind, name: TextToken, from: number, to: number): void {
    const own = this.#tokens.slice(from, to);
    const isTrailing = (each: TextToken, index: number): boolean => {
      const [before, next] = [own[index - 1], own[index + 1]];
      if (each.text !== "," || next?.kind !== "sign" || !this.#language.trailingComma.includes(next.text)) return false;
      return before !== undefined && !["[", "(", ","].includes(before.text);
    };
    const meaningful = own.filter((each, index) => !isTrailing(each, index));
    this.declarations.push({
      name: parts.join("."),
      kinds: [kind],
      line: name.line,
      column: name.column,
      endLine: own.at(-1)?.endLine ?? name.line,
      tokens: meaningful.map((each) => (each === name ? ownName : each.text)),
    });
  }
}
