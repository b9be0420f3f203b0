/** The skills as a radar beside the two profiles, and as a table. Runs in the report's page. */
import type { JSX } from "preact";
import type { RadarView } from "../../src/protocol/reportMessages.ts";
import { useReport } from "./context.ts";

/** CSS pixels between the lines of a label. */
const lineHeight = 14;

export function Radar({ radar }: { readonly radar: RadarView }): JSX.Element {
  const { width, height, rings, spokes, labels, areas } = radar;
  return (
    <figure class="radar-box">
      {/* The table below says the same. */}
      <svg class="radar" viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
        <g class="grid">
          {rings.map(({ path }) => (
            <path key={path} d={path} />
          ))}
          {spokes.map(({ from, to }, index) => (
            <line key={index} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
          ))}
        </g>
        {areas.map(({ kind, path, closed, dots }) => (
          <g key={kind} class={`area ${kind}`} data-open={!closed}>
            <path d={path} />
            {kind === "you" && dots.map(({ x, y }, index) => <circle key={index} cx={x} cy={y} r={3.5} />)}
          </g>
        ))}
        <g class="ring-names">
          {rings.map(({ text, at }) => (
            <text key={text} x={at.x} y={at.y}>
              {text}
            </text>
          ))}
        </g>
        <g class="labels">
          {labels.map(({ at, anchor, lines }) => (
            <text key={lines.join()} text-anchor={anchor}>
              {lines.map((line, index) => (
                <tspan key={line} x={at.x} y={at.y + index * lineHeight + 4}>
                  {line}
                </tspan>
              ))}
            </text>
          ))}
        </g>
      </svg>
      <figcaption>
        <ul class="legend">
          {areas.map(({ kind, title }) => (
            <li key={kind}>
              <svg class="key" viewBox="0 0 28 10" aria-hidden="true">
                <g class={`area ${kind}`}>
                  <path d="M1 5L27 5" />
                </g>
              </svg>
              {title}
            </li>
          ))}
        </ul>
      </figcaption>
      <RadarTable radar={radar} />
    </figure>
  );
}

function RadarTable({ radar: { rows, areas } }: { readonly radar: RadarView }): JSX.Element {
  const { strings } = useReport();
  const titleOf = (kind: "campus" | "experienced"): string => areas.find((area) => area.kind === kind)?.title ?? "";
  return (
    <details class="as-table">
      <summary>
        {strings.asTable}
        <span class="for-screen-reader">: {strings.skills}</span>
      </summary>
      <div class="table-box" tabIndex={0} role="region" aria-label={`${strings.skills}, ${strings.asTable}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{strings.skill}</th>
              <th scope="col">{strings.area}</th>
              <th scope="col">{strings.you}</th>
              <th scope="col">{titleOf("campus")}</th>
              <th scope="col">{titleOf("experienced")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ skill, area, you, campus, experienced }) => (
              <tr key={skill}>
                <th scope="row">{skill}</th>
                <td>{area}</td>
                <td class="number">{you}</td>
                <td class="number">{campus}</td>
                <td class="number">{experienced}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
