/** Markup for the exported report: text becomes escaped, markup stays, and the drawings as SVG. Pure. */
import type { MultipleView, RadarView } from "../../protocol/reportMessages.ts";

/** Markup that needs no more escaping. */
export interface Markup {
  readonly html: string;
}

type Value = string | number | Markup | readonly Markup[];

/** A template whose values are escaped, but for those that are markup themselves. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const html = parts.reduce((all, part, index) => {
    const value = values[index - 1];
    return `${all}${value === undefined ? "" : htmlOf(value)}${part}`;
  });
  return { html };
}

function htmlOf(value: Value): string {
  if (typeof value === "string") return escape(value);
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map(({ html }) => html).join("");
}

/** What HTML forbids is left out. Five characters are enough: all attributes are quoted. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** @param title what the drawing is called for those who do not see it; its numbers stand in the table beside it */
export function radarSvg(radar: RadarView, title: string): Markup {
  const { width, height, rings, spokes, labels, areas } = radar;
  return markup`<svg class="radar" role="img" aria-label="${title}" viewBox="0 0 ${width} ${height}">
<g class="grid">${rings.map(({ path }) => markup`<path d="${path}"/>`)}${spokes.map(
    ({ from, to }) => markup`<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"/>`,
  )}</g>
${areas.map(
  ({ kind, path, closed, dots }) =>
    markup`<g class="area ${kind}${closed ? "" : " open"}"><path d="${path}"/>${
      kind === "you" ? dots.map(({ x, y }) => markup`<circle cx="${x}" cy="${y}" r="3.5"/>`) : ""
    }</g>`,
)}
<g class="ring-names">${rings.map(({ text, at }) => markup`<text x="${at.x}" y="${at.y}">${text}</text>`)}</g>
<g class="labels">${labels.map(
    ({ at, anchor, lines }) =>
      markup`<text text-anchor="${anchor}">${lines.map(
        (line, index) => markup`<tspan x="${at.x}" y="${at.y + index * 14 + 4}">${line}</tspan>`,
      )}</text>`,
  )}</g>
</svg>
<ul class="legend">${areas.map(({ kind, title: name }) => markup`<li><svg class="key" viewBox="0 0 28 10" aria-hidden="true"><g class="area ${kind}"><path d="M1 5L27 5"/></g></svg>${name}</li>`)}</ul>`;
}

export function multipleSvg({ width, height, line, dots, guides, text }: MultipleView): Markup {
  return markup`<svg class="multiple" role="img" aria-label="${text}" viewBox="0 0 ${width} ${height}">
<g class="grid">${guides.map((y) => markup`<line x1="0" x2="${width}" y1="${y}" y2="${y}"/>`)}</g>
<path class="line" d="${line}"/>${dots.map(
    ({ x, y, latest }) =>
      markup`<circle class="${latest ? "dot latest" : "dot"}" cx="${x}" cy="${y}" r="${latest ? 4 : 2.5}"/>`,
  )}
</svg>`;
}
