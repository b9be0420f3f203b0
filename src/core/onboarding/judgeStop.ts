/** Whether the code that a stop points to is still what it was, told from the symbols of its file. Pure. */
import type { Words } from "../../protocol/words.ts";
import type { CodeSymbol, SymbolKind } from "../compiler/symbols/codeSymbol.ts";
import { nearest } from "../nearest.ts";
import type { CodeStop } from "./onboardingSchema.ts";

/**
 * sound: the file has the symbol, and its hash is the stop's, on whatever line it stands now.
 * moved: the symbol is not there; the same text stands in this file under another name, or in another file.
 * changed: the symbol is there with another hash.
 * gone: neither the symbol nor its text is found.
 * unhashed: the symbol is there, and the stop has no hash yet.
 * unclear: several symbols may be meant, or the file cannot be read.
 */
export type StopState = "sound" | "moved" | "changed" | "gone" | "unhashed" | "unclear";

/** A symbol in a file of the repository. */
export interface CodePlace {
  readonly file: string;
  readonly symbol: CodeSymbol;
}

export interface StopReport {
  readonly stop: CodeStop;
  readonly state: StopState;
  /** Where the code is now; for `gone`, the symbol that is most like it, if any is; the first of several that may be meant. */
  readonly at?: CodePlace;
  /** What is wrong, as the end of a sentence about the stop; missing for a sound one. */
  readonly problem?: Words;
}

/** @param symbols of the stop's own file */
export function judgeStop(stop: CodeStop, symbols: readonly CodeSymbol[]): StopReport {
  const { file } = stop;
  const candidates = named(stop, symbols);
  const [only, ...others] = candidates;
  if (only === undefined) return judgeMissing(stop, symbols);
  const same = candidates.filter((each) => each.hash === stop.hash);
  const [sound] = same;
  if (sound !== undefined && same.length === 1) return { stop, state: "sound", at: { file, symbol: sound } };
  if (others.length > 0) {
    return { stop, state: "unclear", at: { file, symbol: only }, problem: ambiguous(stop, candidates) };
  }
  const at: CodePlace = { file, symbol: only };
  return stop.hash === undefined
    ? { stop, state: "unhashed", at, problem: problems.unhashed(stop) }
    : { stop, state: "changed", at, problem: problems.changed(at) };
}

function judgeMissing(stop: CodeStop, symbols: readonly CodeSymbol[]): StopReport {
  const { file } = stop;
  const { name } = wantedOf(stop);
  const same = symbols.filter((each) => each.hash === stop.hash && fits(each, stop));
  const namesakes = same.filter((each) => lastName(each.name) === lastName(name));
  const [found] = namesakes.length === 1 ? namesakes : same.length === 1 ? same : [];
  if (found !== undefined) {
    const at = { file, symbol: found };
    return { stop, state: "moved", at, problem: problems.moved(stop, at) };
  }
  const near = similar(name, symbols);
  if (near === undefined) return { stop, state: "gone", problem: problems.gone(stop) };
  const at = { file, symbol: near };
  return { stop, state: "gone", at, problem: problems.goneNear(stop, at) };
}

/** The symbols that the stop may mean: those of that very name, else those whose name ends with it. */
function named(stop: CodeStop, symbols: readonly CodeSymbol[]): readonly CodeSymbol[] {
  const { name } = wantedOf(stop);
  const fitting = symbols.filter((each) => fits(each, stop));
  const exact = fitting.filter((each) => each.name === name);
  return exact.length > 0 ? exact : fitting.filter((each) => each.name.endsWith(`.${name}`));
}

/** How a stop names this symbol among those of its file. */
export function symbolName(symbol: CodeSymbol, symbols: readonly CodeSymbol[]): string {
  const isOnly = symbols.every((each) => each === symbol || each.name !== symbol.name);
  return isOnly ? symbol.name : `${symbol.kinds[0] ?? "variable"} ${symbol.name}`;
}

export function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** What each word before a name asks for. */
const kindsOf: Readonly<Record<string, readonly SymbolKind[]>> = {
  function: ["function"],
  func: ["function"],
  fun: ["function"],
  fn: ["function"],
  def: ["function"],
  method: ["function"],
  class: ["class"],
  struct: ["class", "type"],
  type: ["type"],
  interface: ["type"],
  enum: ["type"],
  trait: ["type"],
  const: ["variable"],
  let: ["variable"],
  var: ["variable"],
  variable: ["variable"],
  module: ["module"],
  namespace: ["module"],
};

function wantedOf({ symbol }: CodeStop): { readonly name: string; readonly kinds: readonly SymbolKind[] | undefined } {
  const [word = "", name] = symbol.split(" ");
  return name === undefined ? { name: word, kinds: undefined } : { name, kinds: kindsOf[word] };
}

export function fits(symbol: CodeSymbol, stop: CodeStop): boolean {
  const { kinds } = wantedOf(stop);
  return kinds === undefined || symbol.kinds.some((each) => kinds.includes(each));
}

function similar(name: string, symbols: readonly CodeSymbol[]): CodeSymbol | undefined {
  const [near] = nearest(lastName(name), [...new Set(symbols.map((each) => lastName(each.name)))]);
  // Of several with that name the one in the same container.
  const container = name.slice(0, -lastName(name).length);
  const alike = symbols.filter((each) => lastName(each.name) === near);
  const found = alike.find((each) => each.name.startsWith(container)) ?? alike[0];
  // Nothing has a name like that: what contained it is the next best place to look.
  return found ?? symbols.find((each) => `${each.name}.` === container);
}

function ambiguous(stop: CodeStop, candidates: readonly CodeSymbol[]): Words {
  const list = candidates.map((each) => `${symbolName(each, candidates)} (${String(each.line)})`);
  const shown = list.slice(0, 5).join(", ");
  return {
    en: `${stop.file} has several that "${stop.symbol}" may mean: ${shown}; say which`,
    "zh-cn": `${stop.file} 里有多个符号都可能是“${stop.symbol}”：${shown}；请写明是哪一个`,
  };
}

/** `src/pool.ts:12` */
export function placeText({ file, symbol }: CodePlace): string {
  return `${file}:${String(symbol.line)}`;
}

export const problems = {
  unhashed: (stop: CodeStop): Words => ({
    en: `"${stop.symbol}" has no hash yet; interleave stops --update fills it in`,
    "zh-cn": `“${stop.symbol}”还没有哈希；运行 interleave stops --update 补上`,
  }),
  changed: (at: CodePlace): Words => ({
    en: `${at.symbol.name} has changed since this was written (${placeText(at)})`,
    "zh-cn": `${at.symbol.name} 在写下这段文字之后改动过（${placeText(at)}）`,
  }),
  moved: (stop: CodeStop, at: CodePlace): Words => ({
    en: `${stop.symbol} is no longer in ${stop.file}; its code is now ${at.symbol.name} (${placeText(at)})`,
    "zh-cn": `${stop.file} 里已没有 ${stop.symbol}；这段代码现在是 ${at.symbol.name}（${placeText(at)}）`,
  }),
  gone: (stop: CodeStop): Words => ({
    en: `${stop.symbol} is gone from ${stop.file}, and nothing there is like it`,
    "zh-cn": `${stop.file} 里已没有 ${stop.symbol}，也没有相近的符号`,
  }),
  goneNear: (stop: CodeStop, at: CodePlace): Words => ({
    en: `${stop.symbol} is gone from ${stop.file}; most like it is ${at.symbol.name} (${placeText(at)})`,
    "zh-cn": `${stop.file} 里已没有 ${stop.symbol}；最相近的是 ${at.symbol.name}（${placeText(at)}）`,
  }),
  noFile: (stop: CodeStop): Words => ({
    en: `there is no file ${stop.file}, and ${stop.symbol} is not found elsewhere`,
    "zh-cn": `没有文件 ${stop.file}，别处也找不到 ${stop.symbol}`,
  }),
  unreadable: (stop: CodeStop, why: Words): Words => ({
    en: `${stop.file} cannot be read: ${why.en}`,
    "zh-cn": `无法读取 ${stop.file}：${why["zh-cn"]}`,
  }),
};
