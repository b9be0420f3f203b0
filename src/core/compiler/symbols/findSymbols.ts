/** The named parts of a source file, in whatever language its name says. Pure. */
import { braceSymbols } from "./braceSymbols.ts";
import { type FoundSymbols, toSymbols } from "./codeSymbol.ts";
import { indentSymbols } from "./indentSymbols.ts";
import { textLanguages } from "./languages.ts";
import { textTokens } from "./textTokens.ts";
import { isTreeLanguage, treeSymbols } from "./treeSymbols.ts";

/** @param file its name ends with the language: "src/pool.go". */
export function findSymbols(file: string, given: string): FoundSymbols {
  // A line end within a string is the same on every system.
  const text = given.replaceAll("\r\n", "\n");
  const ending = /\.([A-Za-z]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
  try {
    if (isTreeLanguage(ending)) return { symbols: treeSymbols(ending, text) };
    const language = Object.hasOwn(textLanguages, ending) ? textLanguages[ending] : undefined;
    if (language === undefined) return { unreadable: unknownLanguage };
    const tokens = textTokens(text, language);
    return {
      symbols: toSymbols(language.ends === "indent" ? indentSymbols(tokens, language) : braceSymbols(tokens, language)),
    };
  } catch (error) {
    // What walks a tree calls itself, so code that nests without end ends the stack.
    if (error instanceof RangeError) return { unreadable: tooDeep };
    throw error;
  }
}

const unknownLanguage = {
  en: "symbols can be found in TypeScript, JavaScript, Go, Python, Rust, Java, Kotlin, Swift, C#, C and C++, not in this kind of file",
  "zh-cn":
    "只能在 TypeScript、JavaScript、Go、Python、Rust、Java、Kotlin、Swift、C#、C 和 C++ 里查找符号，这种文件不行",
};

const tooDeep = { en: "its code nests too deep to be read", "zh-cn": "代码嵌套过深，无法读取" };
