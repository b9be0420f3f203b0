/** Named parts of a language whose blocks are indented (Python). Pure. */
import { type Declaration, ownName } from "./codeSymbol.ts";
import type { TextLanguage } from "./languages.ts";
import type { TextToken } from "./textTokens.ts";

/** A line with what goes on in brackets below it. */
interface LogicalLine {
  readonly indent: number;
  readonly tokens: readonly TextToken[];
}

/** Stand for the blocks' beginnings and ends, which are all that indentation says. */
const [line, deeper, back] = ["\u0002", "\u0003", "\u0004"];

export function indentSymbols(tokens: readonly TextToken[], language: TextLanguage): readonly Declaration[] {
  const lines = logicalLines(tokens);
  const declarations: Declaration[] = [];
  const open: { readonly indent: number; readonly name: string }[] = [];
  lines.forEach((each, index) => {
    while (each.indent <= (open.at(-1)?.indent ?? -1)) open.pop();
    const words = each.tokens[0]?.text === "async" ? each.tokens.slice(1) : each.tokens;
    const [keyword, name] = words;
    const known = keyword === undefined ? undefined : ownKeyword(language, keyword.text);
    if (known === undefined || name?.kind !== "word") return;
    open.push({ indent: each.indent, name: name.text });
    const first = decorated(lines, index);
    const after = lines.findIndex((other, at) => at > index && other.indent <= each.indent);
    const block = lines.slice(first, after === -1 ? lines.length : after);
    declarations.push({
      name: open.map((one) => one.name).join("."),
      kinds: [known],
      line: name.line,
      column: name.column,
      endLine: block.at(-1)?.tokens.at(-1)?.endLine ?? name.line,
      tokens: blockTokens(block, name),
    });
  });
  return declarations;
}

function ownKeyword(language: TextLanguage, word: string) {
  return Object.hasOwn(language.keywords, word) ? language.keywords[word]?.kind : undefined;
}

function logicalLines(tokens: readonly TextToken[]): readonly LogicalLine[] {
  const lines: { indent: number; tokens: TextToken[] }[] = [];
  let depth = 0;
  let last: TextToken | undefined;
  for (const token of tokens) {
    const goesOn = depth > 0 || last?.text === "\\";
    if (token.indent !== undefined && !goesOn) lines.push({ indent: token.indent, tokens: [] });
    lines.at(-1)?.tokens.push(token);
    if (token.kind === "sign" && "([{".includes(token.text)) depth++;
    if (token.kind === "sign" && ")]}".includes(token.text)) depth = Math.max(0, depth - 1);
    last = token;
  }
  return lines;
}

/** The index of the first of the decorators right above it. */
function decorated(lines: readonly LogicalLine[], index: number): number {
  let first = index;
  while (lines[first - 1]?.tokens[0]?.text === "@" && lines[first - 1]?.indent === lines[index]?.indent) first--;
  return first;
}

function blockTokens(block: readonly LogicalLine[], name: TextToken): readonly string[] {
  const tokens: string[] = [];
  const indents = [block[0]?.indent ?? 0];
  for (const each of block) {
    if (each.indent > (indents.at(-1) ?? 0)) {
      indents.push(each.indent);
      tokens.push(deeper);
    }
    while (indents.length > 1 && each.indent < (indents.at(-1) ?? 0)) {
      indents.pop();
      tokens.push(back);
    }
    tokens.push(line);
    for (const token of each.tokens) if (token.text !== "\\") tokens.push(token === name ? ownName : token.text);
  }
  return tokens;
}
