/** The events of a run as a table. A line's number leads to it. Runs in the playground's page. */
import type { JSX } from "preact";
import type { Trace, TraceEvent } from "../../src/protocol/trace.ts";
import { usePlayground } from "./context.ts";

/** Events that are drawn: of a longer run nobody reads the rest here. */
const mostRows = 300;

export function EventTable({ trace }: { readonly trace: Trace }): JSX.Element {
  const { strings, reveal } = usePlayground();
  const { columns, events } = strings;
  return (
    <div class="table-box events" tabIndex={0} role="region" aria-label={strings.oneRun}>
      <table>
        <thead>
          <tr>
            <th scope="col">{columns.time}</th>
            <th scope="col">{columns.event}</th>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.line}</th>
          </tr>
        </thead>
        <tbody>
          {trace.slice(0, mostRows).map((event) => (
            <tr key={event.seq} data-type={event.type}>
              <td>{Math.round(event.at * 10) / 10}</td>
              <td>{events[event.type]}</td>
              <td>{whatOf(event)}</td>
              <td>
                {event.line !== undefined && (
                  <button
                    type="button"
                    class="link-button"
                    onClick={() => {
                      reveal(event.line ?? 1);
                    }}
                  >
                    {event.line}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whatOf({ label, detail }: TraceEvent): string {
  return detail === undefined ? label : `${label} · ${detail}`;
}
