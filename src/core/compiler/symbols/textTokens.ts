/** Cuts a source text into tokens, knowing of its language only what comments and strings look like. Pure. */
import type { TextLanguage } from "./languages.ts";

export interface TextToken {
  readonly kind: "word" | "string" | "sign" | "directive";
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Of its last character: a string may go over several lines. */
  readonly endLine: number;
  /** For the first of a line: how far it is indented, a tab counting up to the next 8. */
  readonly indent?: number;
}

const word = String.raw`[\p{L}_$][\p{L}\p{N}_$]*|\d\w*(?:\.\d\w*)?`;
/** Those of several characters that mean another thing when taken apart; `>>` does not, in `List<List<T>>`. */
const sign = String.raw`\+\+|--|&&|\|\||<<|<-|->|=>|==|!=|<=|:=|::|\.\.|[\s\S]`;

export function textTokens(text: string, language: TextLanguage): readonly TextToken[] {
  const pattern = tokenPattern(language);
  const tokens: TextToken[] = [];
  let [line, lineStart, fresh] = [1, 0, true];
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    const { directive, skipped, string, word: name } = match.groups ?? {};
    const at = match.index;
    const kind =
      directive !== undefined ? "directive" : string !== undefined ? "string" : name === undefined ? "sign" : "word";
    const breaks = found.split("\n").length - 1;
    if (skipped === undefined) {
      const place = { line, column: at - lineStart + 1, endLine: line + breaks };
      const indent = fresh ? { indent: indentOf(text.slice(lineStart, at)) } : {};
      tokens.push({ kind, text: kind === "directive" ? spaced(found) : found, ...place, ...indent });
      fresh = false;
    }
    if (breaks > 0) {
      line += breaks;
      lineStart = at + found.lastIndexOf("\n") + 1;
      fresh = skipped !== undefined;
    }
  }
  return tokens;
}

function tokenPattern({ comments, strings, directives }: TextLanguage): RegExp {
  const named = (name: string, patterns: readonly string[]): string => `(?<${name}>${patterns.join("|")})`;
  // Numbered references within a string's pattern: each is the first group of its own alternative, so they are named instead.
  const own = strings.map((each, index) =>
    each.replace(/\((?!\?)/, `(?<own${String(index)}>`).replace("\\1", `\\k<own${String(index)}>`),
  );
  const parts = [
    ...(directives ? [named("directive", [String.raw`(?<=^[ \t]*)#(?:[^\n\\]|\\[\s\S])*`])] : []),
    named("skipped", [String.raw`[^\S\n]+`, String.raw`\n`, ...comments]),
    named("string", own),
    named("word", [word]),
    sign,
  ];
  return new RegExp(parts.join("|"), "gmu");
}

function spaced(directive: string): string {
  return directive.replace(/\\\n/g, " ").replace(/\s+/g, " ").trim();
}

function indentOf(space: string): number {
  let width = 0;
  for (const each of space) width = each === "\t" ? width + 8 - (width % 8) : width + 1;
  return width;
}
