/**
 * What a diagram of a lesson may not contain: it shows, and does nothing else. This says it to the author, with the line;
 * the panel's page refuses the same again (`layout/diagramGuard.ts`), and so does mermaid's strict mode. Pure.
 */
import type { Words } from "../../protocol/words.ts";
import { foreignIn, longestDiagram, mostParts } from "../layout/diagramGuard.ts";
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

/** What is wrong with a diagram's source; empty where the panel's page would hand it to mermaid as it is. */
export function diagramProblems(source: string): readonly DiagramProblem[] {
  if (source.length > longestDiagram) return [tooLong(source.length)];
  const problems = ruleProblems(source);
  return problems.length > 0 ? problems : refusedProblems(source);
}

/** For a diagram of more nodes, edges and the like than the page draws; undefined where it is none. */
export function tooManyParts(parts: number): Words | undefined {
  if (parts <= mostParts) return undefined;
  const [most, found] = [String(mostParts), String(parts)];
  return {
    en: `a diagram may have ${most} nodes, edges and messages in all, not ${found}: the lesson panel does not draw it`,
    "zh-cn": `一张图的节点、连线和消息合计最多 ${most} 个，这里有 ${found} 个：课程面板不会画它`,
  };
}

function tooLong(length: number): DiagramProblem {
  const [most, found] = [String(longestDiagram), String(length)];
  return {
    line: 1,
    message: {
      en: `a diagram may have ${most} characters, not ${found}: the lesson panel does not draw it`,
      "zh-cn": `一张图最多 ${most} 个字符，这里有 ${found} 个：课程面板不会画它`,
    },
  };
}

/** What no rule here has a name for, and the page does not draw all the same. */
function refusedProblems(source: string): readonly DiagramProblem[] {
  const found = foreignIn(source);
  if (found === undefined) return [];
  const begin = source.slice(found.index).search(/\S/);
  const line = source.slice(0, found.index + Math.max(0, begin)).split("\n").length;
  const quoted = quoteForMessage(found.text.split("\n", 1)[0] ?? "", maxQuoteLength);
  return [
    {
      line,
      message: {
        en: `the lesson panel does not draw a diagram with ${quoted}`,
        "zh-cn": `课程面板不会画含有 ${quoted} 的图`,
      },
    },
  ];
}

function ruleProblems(source: string): readonly DiagramProblem[] {
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
