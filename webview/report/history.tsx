/** Earlier rehearsals as small multiples, and as a table. Runs in the report's page. */
import type { JSX } from "preact";
import type { HistoryView, MultipleView } from "../../src/protocol/reportMessages.ts";
import { useReport } from "./context.ts";
import { percent } from "./result.tsx";

export function History({ history }: { readonly history: HistoryView }): JSX.Element {
  const { strings, post } = useReport();
  const { rehearsals, multiples } = history;
  return (
    <>
      {rehearsals.length < 2 && <p>{strings.onlyOne}</p>}
      <div class="multiples">
        {multiples.map((multiple) => (
          <Multiple key={multiple.title} multiple={multiple} />
        ))}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{strings.rehearsal}</th>
            <th scope="col">{strings.score}</th>
          </tr>
        </thead>
        <tbody>
          {rehearsals.map(({ id, title, total, current }) => (
            <tr key={id} aria-current={current ? "true" : undefined}>
              <th scope="row">
                {current ? (
                  title
                ) : (
                  <button
                    type="button"
                    class="link-button"
                    title={strings.openReport}
                    onClick={() => {
                      post({ type: "openReport", rehearsal: id });
                    }}
                  >
                    {title}
                  </button>
                )}
              </th>
              <td class="number">
                {total.text} <span class="muted">({percent(total)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Multiple({ multiple }: { readonly multiple: MultipleView }): JSX.Element {
  const { title, width, height, line, dots, guides, text, latest } = multiple;
  return (
    <figure class="multiple">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">
        <g class="grid">
          {guides.map((y) => (
            <line key={y} x1={0} x2={width} y1={y} y2={y} />
          ))}
        </g>
        <path class="line" d={line} />
        {dots.map(({ x, y, latest }) => (
          <circle key={x} class={latest ? "dot latest" : "dot"} cx={x} cy={y} r={latest ? 4 : 2.5} />
        ))}
      </svg>
      <p class="muted" aria-hidden="true">
        {latest}
      </p>
      <p class="for-screen-reader">{text}</p>
    </figure>
  );
}
