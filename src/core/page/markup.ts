/** HTML by a template that escapes whatever is put into it, so that none of it can be forgotten. Pure. */

/** Text that is HTML already; only `html` makes it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/** In text and in quoted attributes; never within a tag, a style or an address. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const lines = texts.map(withoutIndent);
  return { markup: lines.reduce((before, text, at) => before + escaped(parts[at - 1] ?? "") + text) };
}

/** How the template is laid out in the code would be half of a large page. */
function withoutIndent(text: string): string {
  return text.replace(/\n\s+/g, "\n");
}

function escaped(part: Part): string {
  if (typeof part === "number") return String(part);
  if (typeof part === "string") return escapeHtml(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}

function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]/gu, "")
    .replace(/[&<>"'`]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
