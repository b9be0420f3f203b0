/** The drawings of the exported report, as SVG. Pure. */
import type { MultipleView, RadarView } from "../../protocol/reportMessages.ts";
import { html, type Markup } from "../page/markup.ts";

/** @param title what the drawing is called for those who do not see it; its numbers stand in the table beside it */
export function radarSvg(radar: RadarView, title: string): Markup {
  const { width, height, rings, spokes, labels, areas } = radar;
  return html`<svg class="radar" role="img" aria-label="${title}" viewBox="0 0 ${width} ${height}">
      <g class="grid">
        ${rings.map(({ path }) => html`<path d="${path}" />`)}${spokes.map(
          ({ from, to }) => html`<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" />`,
        )}
      </g>
      ${areas.map(
        ({ kind, path, closed, dots }) =>
          html`<g class="area ${kind}${closed ? "" : " open"}"
            ><path d="${path}" />${
              kind === "you" ? dots.map(({ x, y }) => html`<circle cx="${x}" cy="${y}" r="3.5" />`) : ""
            }</g
          >`,
      )}
      <g class="ring-names">${rings.map(({ text, at }) => html`<text x="${at.x}" y="${at.y}">${text}</text>`)}</g>
      <g class="labels">
        ${labels.map(
          ({ at, anchor, lines }) =>
            html`<text text-anchor="${anchor}"
              >${lines.map(
                (line, index) => html`<tspan x="${at.x}" y="${at.y + index * 14 + 4}">${line}</tspan>`,
              )}</text
            >`,
        )}
      </g>
    </svg>
    <ul class="legend">
      ${areas.map(
        ({ kind, title: name }) =>
          html`<li>
            <svg class="key" viewBox="0 0 28 10" aria-hidden="true">
              <g class="area ${kind}"><path d="M1 5L27 5" /></g></svg
            >${name}
          </li>`,
      )}
    </ul>`;
}

export function multipleSvg({ width, height, line, dots, guides, text }: MultipleView): Markup {
  return html`<svg class="multiple" role="img" aria-label="${text}" viewBox="0 0 ${width} ${height}">
    <g class="grid">${guides.map((y) => html`<line x1="0" x2="${width}" y1="${y}" y2="${y}" />`)}</g>
    <path class="line" d="${line}" />
    ${dots.map(
      ({ x, y, latest }) =>
        html`<circle class="${latest ? "dot latest" : "dot"}" cx="${x}" cy="${y}" r="${latest ? 4 : 2.5}" />`,
    )}
  </svg>`;
}
