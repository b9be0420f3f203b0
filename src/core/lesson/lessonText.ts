/**
 * Takes a lesson's Markdown apart: title, prose, hints, and lists of headings, fences, links and images with their
 * lines, for the panel and for the author's gate. Pure.
 */
import { maxProseNesting } from "./lessonLimits.ts";
import {
  attribute,
  createMarkdown,
  linkTarget,
  type LinkTarget,
  type MarkdownToken,
  plainText,
  slug,
} from "./markdown.ts";

export interface Heading {
  readonly level: number;
  readonly text: string;
  readonly slug: string;
  readonly line: number;
}

export interface Fence {
  readonly language: string;
  readonly code: string;
  readonly line: number;
}

export interface TextLink {
  readonly href: string;
  /** Undefined for an address that lessons may not link to. */
  readonly target: LinkTarget | undefined;
  readonly line: number;
}

export interface TextImage {
  readonly source: string;
  readonly alt: string;
  readonly line: number;
}

export interface Hint {
  readonly title: string;
  readonly line: number;
  readonly blocks: readonly MarkdownToken[];
}

export interface LessonText {
  readonly title: string;
  /** The prose, without title and hints, as Markdown tokens (lines are those of the whole file). */
  readonly body: readonly MarkdownToken[];
  readonly hints: readonly Hint[];
  /** Of the whole file, in order. */
  readonly headings: readonly Heading[];
  readonly fences: readonly Fence[];
  readonly links: readonly TextLink[];
  readonly images: readonly TextImage[];
  /** Where quotes and lists nest deeper than is read (`maxProseNesting`); what lies there is lost. */
  readonly tooDeep: number | undefined;
}

/** How the section of hints is called in each language. */
const hintHeadings: readonly string[] = ["Hints", "提示"];

export function parseLessonText(source: string): LessonText {
  const markdown = createMarkdown();
  // Every link and image is kept here, so that the author's gate can name those that lessons may not have.
  const lenient = createMarkdown();
  lenient.validateLink = () => true;
  const tokens = markdown.parse(source, {});
  const headings = headingsOf(tokens);
  const titleAt = tokens.findIndex((token) => token.type === "heading_open" && token.tag === "h1");
  const hintsAt = tokens.findIndex(
    (token, index) =>
      token.type === "heading_open" && token.tag === "h2" && hintHeadings.includes(plainText(tokens[index + 1])),
  );
  const hintsEnd = hintsAt === -1 ? -1 : endOfSection(tokens, hintsAt);
  const body = tokens.filter(
    (_, index) =>
      (titleAt === -1 || index < titleAt || index > titleAt + 2) &&
      (hintsAt === -1 || index < hintsAt || index >= hintsEnd),
  );
  const inline = lenient.parse(source, {}).flatMap(inlineItems);
  const deep = tokens.find(({ level, nesting }) => nesting === 1 && level >= maxProseNesting - 1);
  return {
    title: titleAt === -1 ? "" : plainText(tokens[titleAt + 1]),
    body,
    hints: hintsAt === -1 ? [] : splitHints(tokens.slice(hintsAt + 3, hintsEnd)),
    headings,
    fences: tokens.filter((token) => token.type === "fence").map(toFence),
    links: inline.filter((item) => "href" in item),
    images: inline.filter((item) => "source" in item),
    tooDeep: deep === undefined ? undefined : lineOf(deep),
  };
}

function headingsOf(tokens: readonly MarkdownToken[]): readonly Heading[] {
  return tokens.flatMap((token, index) => {
    if (token.type !== "heading_open") return [];
    const text = plainText(tokens[index + 1]);
    return [{ level: Number(token.tag.slice(1)), text, slug: slug(text), line: lineOf(token) }];
  });
}

/** Index after the last token of the section that the h2 at `start` opens. */
function endOfSection(tokens: readonly MarkdownToken[], start: number): number {
  const next = tokens.findIndex(
    (token, index) => index > start && token.type === "heading_open" && (token.tag === "h1" || token.tag === "h2"),
  );
  return next === -1 ? tokens.length : next;
}

function splitHints(tokens: readonly MarkdownToken[]): readonly Hint[] {
  const starts = tokens.flatMap((token, index) => (token.type === "heading_open" && token.tag === "h3" ? [index] : []));
  return starts.map((start, nth) => {
    const opening = tokens[start];
    return {
      title: plainText(tokens[start + 1]),
      line: opening === undefined ? 1 : lineOf(opening),
      blocks: tokens.slice(start + 3, starts[nth + 1]),
    };
  });
}

function toFence(token: MarkdownToken): Fence {
  return { language: fenceLanguage(token), code: token.content, line: lineOf(token) };
}

/** The first word after the backticks, in one spelling for each language. */
export function fenceLanguage(token: MarkdownToken): string {
  const word = token.info.trim().split(/\s+/, 1)[0] ?? "";
  return word === "typescript" ? "ts" : word === "golang" ? "go" : word;
}

function inlineItems(token: MarkdownToken): readonly (TextLink | TextImage)[] {
  if (token.type !== "inline") return [];
  let line = lineOf(token);
  return (token.children ?? []).flatMap((child): (TextLink | TextImage)[] => {
    if (child.type === "softbreak" || child.type === "hardbreak") line++;
    if (child.type === "link_open") {
      const href = attribute(child, "href");
      return [{ href, target: linkTarget(href), line }];
    }
    if (child.type === "image") return [{ source: attribute(child, "src"), alt: plainText(child), line }];
    return [];
  });
}

function lineOf(token: MarkdownToken): number {
  return (token.map?.[0] ?? 0) + 1;
}
