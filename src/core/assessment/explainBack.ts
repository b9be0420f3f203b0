/**
 * A coding task as a rehearsal shows it: its contract while it is sat, and afterwards what to compare one's own explanation
 * with. Pure.
 */
import type { Locale } from "../../protocol/words.ts";
import type { Lesson } from "../lesson/lessonFiles.ts";
import { createLessonRenderer } from "../lesson/lessonHtml.ts";
import { parseLessonText } from "../lesson/lessonText.ts";
import { type MarkdownToken, plainText } from "../lesson/markdown.ts";

/** How lessons call the sections, in English; the other language has its sections in the same places. */
const contractHeadings: readonly string[] = ["Your exercise", "The rules of the exercise"];
const interviewHeadings: readonly string[] = ["In an interview"];

/** The contract of the exercise; "" where the lesson has no such section. */
export function contractHtml(lesson: Lesson, locale: Locale): string {
  return sectionHtml(lesson, contractHeadings, locale);
}

/** What one would say in an interview; "" where the lesson has no such section. */
export function modelAnswerHtml(lesson: Lesson, locale: Locale): string {
  return sectionHtml(lesson, interviewHeadings, locale);
}

function sectionHtml({ text }: Lesson, headings: readonly string[], locale: Locale): string {
  const sections = sectionsOf(text.en);
  const place = sections.findIndex(({ title }) => headings.includes(title));
  const section = place === -1 ? undefined : sectionsOf(text[locale])[place];
  if (section === undefined) return "";
  return createLessonRenderer({ original: "" }).render(withoutFigures(section.blocks));
}

interface Section {
  readonly title: string;
  readonly blocks: readonly MarkdownToken[];
}

function sectionsOf(source: string): readonly Section[] {
  const { body } = parseLessonText(source);
  const starts = body.flatMap((token, index) => (token.type === "heading_open" && token.tag === "h2" ? [index] : []));
  return starts.map((start, nth) => ({
    title: plainText(body[start + 1]),
    blocks: body.slice(start + 3, starts[nth + 1]),
  }));
}

/** The page draws no diagrams. */
function withoutFigures(blocks: readonly MarkdownToken[]): readonly MarkdownToken[] {
  return blocks.filter((_, index) => ![index, index - 1, index - 2].some((start) => isFigure(blocks, start)));
}

function isFigure(blocks: readonly MarkdownToken[], start: number): boolean {
  const children = blocks[start + 1]?.children ?? [];
  return blocks[start]?.type === "paragraph_open" && children.length === 1 && children[0]?.type === "image";
}
