/** What it came to, part by part, and the time that it took. Runs in the report's page. */
import type { JSX } from "preact";
import type { ItemView, ReportView, ShareView } from "../../src/protocol/reportMessages.ts";
import { useReport } from "./context.ts";

export function Result({ report }: { readonly report: ReportView }): JSX.Element {
  const { strings } = useReport();
  return (
    <>
      <p class="verdict">{report.verdict}</p>
      <table class="parts">
        <thead>
          <tr>
            <th scope="col">
              <span class="for-screen-reader">{strings.result}</span>
            </th>
            <th scope="col">{strings.score}</th>
            <td class="bar-cell" />
          </tr>
        </thead>
        <tbody>
          {report.parts.map(({ title, meaning, total, nested }) => (
            <tr key={title} class={nested ? "nested" : "whole"}>
              <th scope="row">
                {title}
                <small>{meaning}</small>
              </th>
              <td class="number">
                {total.text} <span class="muted">({percent(total)})</span>
              </td>
              <td class="bar-cell">
                <Meter total={total} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

export function percent({ share }: ShareView): string {
  return `${String(Math.round(share * 100))} %`;
}

/** Says what stands beside it as a number. */
export function Meter({ total }: { readonly total: ShareView }): JSX.Element {
  return (
    <svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rail" width="100" height="6" />
      <rect class="fill" width={100 * Math.min(1, Math.max(0, total.share))} height="6" />
    </svg>
  );
}

export function Times({ items }: { readonly items: readonly ItemView[] }): JSX.Element {
  const { strings } = useReport();
  const longest = Math.max(1, ...items.flatMap(({ time }) => [time.planned, time.used]));
  return (
    <table class="times">
      <thead>
        <tr>
          <th scope="col">{strings.item}</th>
          <th scope="col">{strings.planned}</th>
          <th scope="col">{strings.used}</th>
          <td class="bar-cell" />
        </tr>
      </thead>
      <tbody>
        {items.map(({ id, heading, time }) => (
          <tr key={id}>
            <th scope="row">{heading}</th>
            <td class="number">{time.plannedText}</td>
            <td class="number">{time.usedText}</td>
            <td class="bar-cell">
              <svg class="time" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                <rect class="rail" width={(100 * time.planned) / longest} height="12" />
                <rect
                  class={time.used > time.planned ? "fill over" : "fill"}
                  y="3"
                  width={(100 * time.used) / longest}
                  height="6"
                />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
