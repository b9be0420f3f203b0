/** The prose has the same build in every language: headings, code, pictures, links, hints. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { type LessonText, parseLessonText, type TextLink } from "../core/lesson/lessonText.ts";
import { maxProseNesting } from "../core/lesson/lessonLimits.ts";
import { type Locale, locales } from "../protocol/words.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

const hintCount = 3;

export const checkLanguages: LessonCheck = (lesson) => {
  const findings: Finding[] = [];
  const texts = new Map<Locale, LessonText>();
  for (const locale of locales) {
    const source = lesson.texts[locale];
    if (source === undefined) continue;
    const text = parseLessonText(source);
    texts.set(locale, text);
    findings.push(...ownFindings(lesson, locale, text));
  }
  const [first, second] = [texts.get("en"), texts.get("zh-cn")];
  if (first !== undefined && second !== undefined) findings.push(...compare(lesson, first, second));
  return Promise.resolve(findings);
};

function ownFindings(lesson: LessonUnderCheck, locale: Locale, text: LessonText): readonly Finding[] {
  const file = `lesson.${locale}.md`;
  const findings: Finding[] = [];
  const titles = text.headings.filter(({ level }) => level === 1);
  const [title] = titles;
  if (titles.length !== 1 || title !== text.headings[0]) {
    findings.push(
      finding(
        lesson,
        file,
        titles[1]?.line ?? 1,
        "it should begin with its title, the only heading of level 1",
        "开头应当是标题，且一级标题只有这一个",
      ),
    );
  } else if (title !== undefined && title.text !== lesson.meta.title[locale]) {
    const wanted = lesson.meta.title[locale];
    findings.push(
      finding(
        lesson,
        file,
        title.line,
        `the title is "${title.text}" but lesson.json says "${wanted}"`,
        `标题是“${title.text}”，lesson.json 里却是“${wanted}”`,
      ),
    );
  }
  if (text.hints.length !== hintCount) {
    const line = text.hints[0]?.line ?? text.headings.at(-1)?.line ?? 1;
    const found = String(text.hints.length);
    findings.push(
      finding(
        lesson,
        file,
        line,
        `the last section should be "## Hints" with three "###" parts, but there are ${found}`,
        `最后一节应为“## 提示”，含三个“###”小节，现在有 ${found} 个`,
      ),
    );
  }
  if (text.tooDeep !== undefined) {
    const most = String(maxProseNesting);
    findings.push(
      finding(
        lesson,
        file,
        text.tooDeep,
        `quotes or lists nest deeper than ${most} levels`,
        `引用或列表嵌套超过 ${most} 层`,
      ),
    );
  }
  for (const { title: hint, line, blocks } of text.hints) {
    if (blocks.length === 0)
      findings.push(finding(lesson, file, line, `the hint "${hint}" is empty`, `提示“${hint}”是空的`));
  }
  for (const { language, line } of text.fences) {
    if (language === "")
      findings.push(finding(lesson, file, line, "this code does not name its language", "这段代码没有注明语言"));
  }
  return findings;
}

/** A thing that both languages have at the same place. */
interface Counterpart {
  readonly line: number;
  readonly key: string;
}

interface Kind {
  readonly en: string;
  readonly zhCn: string;
  of(text: LessonText): readonly Counterpart[];
}

const kinds: readonly Kind[] = [
  {
    en: "heading",
    zhCn: "标题",
    of: (text) => text.headings.map(({ level, line }) => ({ line, key: `level ${String(level)}` })),
  },
  {
    en: "code",
    zhCn: "代码",
    of: (text) => text.fences.map(({ language, code, line }) => ({ line, key: `${language}\n${code}` })),
  },
  { en: "image", zhCn: "图片", of: (text) => text.images.map(({ source, line }) => ({ line, key: source })) },
  {
    en: "link",
    zhCn: "链接",
    of: (text) => text.links.map((link) => ({ line: link.line, key: linkKey(text, link) })).sort(byKey),
  },
  { en: "hint", zhCn: "提示", of: (text) => text.hints.map(({ line }, index) => ({ line, key: String(index) })) },
];

/** Sentences of two languages may name their links in another order. */
function byKey(a: Counterpart, b: Counterpart): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.line - b.line;
}

/** Sections are called otherwise in each language: what counts is which one is meant. */
function linkKey(text: LessonText, { href, target }: TextLink): string {
  if (target?.kind !== "section") return href;
  return `#${String(text.headings.findIndex(({ slug }) => slug === target.section))}`;
}

/** Names the first difference of each kind: those after it are mostly its consequences. */
function compare(lesson: LessonUnderCheck, first: LessonText, second: LessonText): readonly Finding[] {
  return kinds.flatMap((kind) => {
    const [ours, theirs] = [kind.of(first), kind.of(second)];
    const length = Math.max(ours.length, theirs.length);
    for (let index = 0; index < length; index++) {
      const [one, other] = [ours[index], theirs[index]];
      if (one?.key === other?.key) continue;
      const file = other === undefined ? "lesson.en.md" : "lesson.zh-cn.md";
      const number = String(index + 1);
      const counts = ours.length === theirs.length ? "" : ` (${String(ours.length)} : ${String(theirs.length)})`;
      return [
        finding(
          lesson,
          file,
          (other ?? one)?.line,
          `${kind.en} ${number} differs between the languages${counts}`,
          `两种语言的第 ${number} 处${kind.zhCn}不一致${counts}`,
        ),
      ];
    }
    return [];
  });
}
