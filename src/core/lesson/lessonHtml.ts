/**
 * Renders a lesson's prose for the lesson panel; what comes out is described in protocol/lessonPanelMessages.ts
 * (`LessonView.html`). Raw HTML is off and every address is checked, so no markup of an author passes through. Pure.
 */
/// <reference types="highlight.js" />
import hljs from "highlight.js/lib/core";
import go from "highlight.js/lib/languages/go";
import typescript from "highlight.js/lib/languages/typescript";
import { maxHighlightedLength, maxHighlightedLine } from "./lessonLimits.ts";
import { fenceLanguage } from "./lessonText.ts";
import {
  attribute,
  createMarkdown,
  linkTarget,
  type Markdown,
  type MarkdownToken,
  plainText,
  slug,
} from "./markdown.ts";

export interface LessonHtmlOptions {
  /** Text of original.go, shown where the prose places it. */
  readonly original: string;
}

export interface LessonRenderer {
  render(blocks: readonly MarkdownToken[]): string;
}

/** A piece of output: code may be joined with code that follows it. */
interface Piece {
  readonly html: string;
  readonly language?: string;
}

/** A language is whatever an author wrote after the backticks, so it may be the name of anything. */
const labels: ReadonlyMap<string, string> = new Map([
  ["go", "Go"],
  ["ts", "TypeScript"],
  ["js", "JavaScript"],
  ["json", "JSON"],
  ["sh", "Shell"],
]);

const grammars: ReadonlyMap<string, string> = new Map([
  ["ts", "typescript"],
  ["js", "typescript"],
  ["go", "go"],
]);

function mayHighlight(text: string): boolean {
  return text.length <= maxHighlightedLength && text.split("\n").every((line) => line.length <= maxHighlightedLine);
}

/** In UTF-16 code units. Longer code is neither coloured nor shown to its end. */
const longestCode = 100_000;

function cut(code: string): string {
  return code.length > longestCode ? `${code.slice(0, longestCode)}\n…` : code;
}

export function createLessonRenderer(options: LessonHtmlOptions): LessonRenderer {
  const highlighter = hljs.newInstance();
  highlighter.registerLanguage("go", go);
  highlighter.registerLanguage("typescript", typescript);
  const markdown = createMarkdown();
  adjustLinks(markdown);

  function code(text: string, language: string, line: number): Piece {
    const grammar = mayHighlight(text) ? grammars.get(language) : undefined;
    const body = grammar === undefined ? escape(cut(text)) : highlighter.highlight(text, { language: grammar }).value;
    const label = labels.get(language) ?? language;
    const name = escape(language === "" ? "text" : language);
    return {
      language,
      html:
        `<figure class="code" data-language="${name}" data-label="${escape(label)}" data-line="${String(line)}">` +
        `<pre tabindex="0"><code class="hljs language-${name}">${body}</code></pre></figure>\n`,
    };
  }

  function figure(paragraph: MarkdownToken, inline: MarkdownToken): Piece | undefined {
    const [image, ...others] = inline.children ?? [];
    if (image?.type !== "image" || others.length > 0) return undefined;
    const source = attribute(image, "src");
    const line = (paragraph.map?.[0] ?? 0) + 1;
    if (source === "original.go") return code(options.original, "go", line);
    const file = /^diagrams\/([a-z0-9-]+\.mmd)$/.exec(source)?.[1];
    if (file === undefined) return undefined;
    return { html: `<figure class="diagram" data-diagram="${file}" data-line="${String(line)}"></figure>\n` };
  }

  return {
    render(blocks) {
      const pieces: Piece[] = [];
      let plain: MarkdownToken[] = [];
      const flush = (): void => {
        if (plain.length > 0) pieces.push({ html: markdown.renderer.render(plain, markdown.options, {}) });
        plain = [];
      };
      for (let index = 0; index < blocks.length; index++) {
        const token = blocks[index];
        const inline = blocks[index + 1];
        if (token === undefined) continue;
        const piece =
          token.type === "fence" && token.level === 0
            ? code(token.content, fenceLanguage(token), (token.map?.[0] ?? 0) + 1)
            : token.type === "paragraph_open" && token.level === 0 && inline !== undefined
              ? figure(token, inline)
              : undefined;
        if (piece === undefined) {
          plain.push(annotate(token, inline));
          continue;
        }
        flush();
        pieces.push(piece);
        if (token.type === "paragraph_open") index += 2;
      }
      flush();
      return joinTabs(pieces);
    },
  };
}

/** Code in Go directly followed by code in TypeScript becomes one pair of tabs. */
function joinTabs(pieces: readonly Piece[]): string {
  let html = "";
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index];
    const next = pieces[index + 1];
    if (piece === undefined) continue;
    if (piece.language === "go" && next?.language === "ts") {
      html += `<div class="code-tabs">\n${piece.html}${next.html}</div>\n`;
      index++;
    } else {
      html += piece.html;
    }
  }
  return html;
}

function annotate(token: MarkdownToken, inline: MarkdownToken | undefined): MarkdownToken {
  if (token.map !== null && token.nesting === 1) token.attrSet("data-line", String(token.map[0] + 1));
  if (token.type === "heading_open") token.attrSet("id", anchor(slug(plainText(inline))));
  return token;
}

/** Anchors get a prefix, so that a heading never takes an id that the page uses for itself. */
function anchor(section: string): string {
  return `section-${section}`;
}

function adjustLinks(markdown: Markdown): void {
  markdown.renderer.rules["link_open"] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token === undefined) return "";
    const target = linkTarget(attribute(token, "href"));
    if (target?.kind === "lesson") {
      token.attrSet("href", "#");
      token.attrSet("data-lesson", target.lesson);
    } else if (target?.kind === "section") {
      token.attrSet("href", `#${anchor(target.section)}`);
    } else if (target?.kind !== "web") {
      token.attrs = (token.attrs ?? []).filter(([name]) => name !== "href");
    }
    return self.renderToken(tokens, index, options);
  };
  // An image that is no diagram: a lesson has none, so its words stand for it.
  markdown.renderer.rules["image"] = (tokens, index) => escape(plainText(tokens[index]));
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
