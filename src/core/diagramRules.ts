/**
 * What a diagram of a lesson may not contain: it shows, and does nothing else. The panel's page and mermaid's strict mode
 * refuse the same again; this says it to the author, with the line. Pure.
 */
import type { Words } from "../protocol/words.ts";
import { maxQuoteLength } from "./lessonLimits.ts";
import { quoteForMessage } from "./lessonReader.ts";

export interface DiagramProblem {
  readonly line: number;
  readonly message: Words;
}

/** Each is tried on one line at a time, so none of them can look far. */
const rules: readonly { readonly pattern: RegExp; readonly what: Words }[] = [
  { pattern: /%%\s*\{.*/, what: { en: "options for mermaid", "zh-cn": "mermaid 的选项" } },
  { pattern: /^\s*click\s.*/i, what: { en: "a click handler", "zh-cn": "点击处理" } },
  { pattern: /^\s*links?\s+\S+\s*:.*/i, what: { en: "a link", "zh-cn": "链接" } },
  { pattern: /\b(?:(?:java|vb)script\s*:|data:text\/html)\S*/i, what: { en: "a link", "zh-cn": "链接" } },
  { pattern: /(?<!<)<(?!br\s*\/?>)[a-z/!?][^\s>]*/i, what: { en: "markup", "zh-cn": "标记" } },
  { pattern: /(?:#|&#?)(?:lt|60|x3c)\b/i, what: { en: "markup", "zh-cn": "标记" } },
  { pattern: /\burl\s*\(|@import\b/i, what: { en: "an address in a style", "zh-cn": "样式里的地址" } },
  { pattern: /@\{.*\b(?:img|icon)\b/i, what: { en: "a picture", "zh-cn": "图片" } },
];

/** A block of settings at the top. */
const frontMatter: (typeof rules)[number] = {
  pattern: /^\s*---.*/,
  what: { en: "options for mermaid", "zh-cn": "mermaid 的选项" },
};

export function diagramProblems(source: string): readonly DiagramProblem[] {
  const problems: DiagramProblem[] = [];
  let begun = false;
  for (const [index, text] of source.split("\n").entries()) {
    const begins: boolean = !begun && text.trim() !== "";
    begun ||= begins;
    const rule = [...(begins ? [frontMatter] : []), ...rules].find(({ pattern }) => pattern.test(text));
    const found = rule?.pattern.exec(text)?.[0];
    if (rule === undefined || found === undefined) continue;
    const { what } = rule;
    const line = index + 1;
    const quoted = quoteForMessage(found.trim(), maxQuoteLength);
    problems.push({
      line,
      message: {
        en: `a diagram may not have ${what.en}: ${quoted}`,
        "zh-cn": `图里不能有${what["zh-cn"]}：${quoted}`,
      },
    });
  }
  return problems;
}
