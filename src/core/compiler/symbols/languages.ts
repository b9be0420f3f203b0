/** The languages in which symbols are found by their text alone: how each writes comments, strings and declarations. Pure. */
import type { SymbolKind } from "./codeSymbol.ts";

export interface TextLanguage {
  /** Patterns of what has no meaning. */
  readonly comments: readonly string[];
  /** Patterns of strings and characters, longest first. */
  readonly strings: readonly string[];
  /** Lines that begin with `#` are for the preprocessor. */
  readonly directives: boolean;
  /** What ends a declaration: the brace that closes it, the line on which all brackets are closed, or a line less indented. */
  readonly ends: "brace" | "line" | "indent";
  /** The words that declare something. */
  readonly keywords: Readonly<Record<string, Keyword>>;
  /** A function is a name, brackets and a body, without a word that says so. */
  readonly bareFunctions: boolean;
  /** Closing brackets before which a comma means nothing. */
  readonly trailingComma: string;
}

export interface Keyword {
  readonly kind: SymbolKind;
  /** Its body holds declarations, whose names begin with its own. */
  readonly contains: boolean;
  /**
   * What it names, a symbol of its own where this is missing. "extended": what it adds to, as Rust's `impl Pool`; "none": nothing
   * that a stop's name would begin with, as a namespace.
   */
  readonly names?: "extended" | "none";
}

const lines = String.raw`//[^\n]*`;
const blocks = String.raw`/\*[\s\S]*?(?:\*/|$)`;
const double = String.raw`"(?:\\[\s\S]|[^"\\\n])*"?`;
const character = String.raw`'(?:\\[^'\n]{1,12}|\\'|[^'\\\n])'`;
const triple = String.raw`"""(?:\\[\s\S]|[^\\])*?(?:"""|$)`;

const fn: Keyword = { kind: "function", contains: false };
const type: Keyword = { kind: "type", contains: true };
const aClass: Keyword = { kind: "class", contains: true };
const module: Keyword = { kind: "module", contains: true };
const namespace: Keyword = { ...module, names: "none" };
const value: Keyword = { kind: "variable", contains: false };
const alias: Keyword = { kind: "type", contains: false };

const cStyle = {
  comments: [lines, blocks],
  directives: false,
  ends: "brace",
  bareFunctions: true,
  trailingComma: ")]}",
} as const;

const go: TextLanguage = {
  ...cStyle,
  strings: [String.raw`\x60[^\x60]*\x60?`, double, character],
  ends: "line",
  keywords: { func: fn, type: alias, var: value, const: value },
  bareFunctions: false,
};

const rust: TextLanguage = {
  ...cStyle,
  strings: [String.raw`b?r(#*)"[\s\S]*?(?:"\1|$)`, String.raw`"(?:\\[\s\S]|[^"\\])*"?`, character],
  keywords: {
    fn,
    struct: { kind: "class", contains: false },
    enum: alias,
    trait: type,
    type: alias,
    mod: module,
    impl: { kind: "class", contains: true, names: "extended" },
    const: value,
    static: value,
  },
  bareFunctions: false,
  // (a,) is another thing than (a).
  trailingComma: "]}",
};

const java: TextLanguage = {
  ...cStyle,
  strings: [triple, double, character],
  keywords: { class: aClass, interface: type, enum: type, record: aClass },
};

const cSharp: TextLanguage = {
  ...cStyle,
  strings: [String.raw`(?:\$@|@\$|@)"(?:[^"]|"")*"?`, triple, double, character],
  directives: true,
  keywords: { class: aClass, struct: aClass, record: aClass, interface: type, enum: type, namespace },
};

const kotlin: TextLanguage = {
  ...cStyle,
  strings: [triple, double, character],
  ends: "line",
  keywords: { fun: fn, class: aClass, object: aClass, interface: type, typealias: alias, val: value, var: value },
  bareFunctions: false,
};

const swift: TextLanguage = {
  ...cStyle,
  strings: [triple, double],
  ends: "line",
  keywords: {
    func: fn,
    class: aClass,
    struct: aClass,
    actor: aClass,
    enum: type,
    protocol: type,
    extension: { kind: "class", contains: true, names: "extended" },
    typealias: alias,
    let: value,
    var: value,
  },
  bareFunctions: false,
};

const c: TextLanguage = {
  ...cStyle,
  strings: [String.raw`(?:u8|[uUL])?R"([^\s()\\]{0,16})\([\s\S]*?(?:\)\1"|$)`, double, character],
  directives: true,
  keywords: { class: aClass, struct: aClass, union: aClass, enum: type, namespace },
};

const python: TextLanguage = {
  comments: [String.raw`#[^\n]*`],
  strings: [triple, triple.replaceAll('"', "'"), double, double.replaceAll('"', "'")],
  directives: false,
  ends: "indent",
  keywords: { def: fn, class: aClass },
  bareFunctions: false,
  // (a,) is another thing than (a).
  trailingComma: "",
};

export const textLanguages: Readonly<Record<string, TextLanguage>> = {
  go,
  rs: rust,
  java,
  cs: cSharp,
  kt: kotlin,
  kts: kotlin,
  swift,
  c,
  h: c,
  cc: c,
  cpp: c,
  cxx: c,
  hh: c,
  hpp: c,
  py: python,
  pyi: python,
};
