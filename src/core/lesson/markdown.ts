/** The one Markdown dialect of lessons: CommonMark with tables, raw HTML off, few kinds of links. Pure. */
import MarkdownIt from "markdown-it";
import { maxProseNesting } from "./lessonLimits.ts";

export type Markdown = InstanceType<typeof MarkdownIt>;
export type MarkdownToken = ReturnType<Markdown["parse"]>[number];

export type LinkTarget =
  | { readonly kind: "web"; readonly url: string }
  | { readonly kind: "lesson"; readonly lesson: string }
  | { readonly kind: "section"; readonly section: string }
  | { readonly kind: "file"; readonly path: string };

export function createMarkdown(): Markdown {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: maxProseNesting });
  markdown.validateLink = (url) => linkTarget(url) !== undefined;
  return markdown;
}

/** What a link in a lesson leads to; undefined for what no lesson may link to (`javascript:`, `http:`, `../../x` …). */
export function linkTarget(url: string): LinkTarget | undefined {
  if (url.startsWith("https://")) return { kind: "web", url };
  if (url.startsWith("#")) return { kind: "section", section: decode(url.slice(1)) };
  const lesson = /^\.\.\/([a-z][a-z0-9-]*)(?:\/(?:lesson\.[a-z-]+\.md)?)?$/.exec(url)?.[1];
  if (lesson !== undefined) return { kind: "lesson", lesson };
  return /^(?:\.\/)?[a-z0-9-]+(?:\/[a-z0-9-]+)*\.[a-z]+$/.test(url)
    ? { kind: "file", path: url.replace(/^\.\//, "") }
    : undefined;
}

/** The words of a heading (or any inline token) without its markup. */
export function plainText(token: MarkdownToken | undefined): string {
  if (token === undefined) return "";
  if (token.children === null || token.children.length === 0) return token.content;
  return token.children
    .map((child) => (child.type === "softbreak" || child.type === "hardbreak" ? " " : child.content))
    .join("");
}

/** A token's attribute as text; "" where it has none. */
export function attribute(token: MarkdownToken, name: string): string {
  return String(token.attrGet(name) ?? "");
}

/** The anchor of a heading, as code hosts make it. */
export function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
