/** The events of a run as a table: the same as the chart, for the keyboard and for screen readers. Runs in a webview's page. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { EventSet } from "../../src/core/timeline/causes.ts";
import type { TimelineStrings } from "../../src/protocol/timelineMessages.ts";
import { format } from "../common/format.ts";
import { eventIcons } from "../common/eventIcons.ts";
import { Icon } from "../common/icon.tsx";
import { instantText, type ToldRun } from "./toldRun.ts";

interface EventTableProps {
  readonly run: ToldRun;
  readonly chosen: EventSet | undefined;
  readonly current: number | undefined;
  readonly difference: number | undefined;
  readonly lines: readonly number[];
  readonly strings: TimelineStrings;
  readonly label: string;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onMove: (place: number) => void;
  readonly onReveal: (line: number) => void;
}

/** A longer table is of no use to a reader, and takes a browser seconds. */
const mostRows = 400;

export function EventTable(props: EventTableProps): JSX.Element {
  const { run, chosen, current, strings } = props;
  const box = useRef<HTMLDivElement>(null);
  const places = rowsAround(run, chosen, current);
  const total = chosen === undefined ? run.model.events.length : chosen.reduce((sum, one) => sum + one, 0);
  useEffect(() => {
    const row = box.current?.querySelector('[aria-current="true"]');
    row?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <div ref={box} class="timeline-table" tabIndex={0} role="region" aria-label={props.label} onKeyDown={props.onKey}>
      <table>
        <thead>
          <tr>
            <th scope="col" class="timeline-time">
              {strings.columnTime}
            </th>
            <th scope="col" class="timeline-lane">
              {strings.columnLane}
            </th>
            <th scope="col">{strings.columnEvent}</th>
            <th scope="col">{strings.columnCause}</th>
            <th scope="col" class="timeline-line">
              {strings.columnLine}
            </th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <EventRow key={place} place={place} {...props} />
          ))}
        </tbody>
      </table>
      {places.length < total && <p class="muted">{format(strings.rowsLeftOut, places.length, total)}</p>}
    </div>
  );
}

/** Those around the current event, or the first ones. */
function rowsAround({ model }: ToldRun, chosen: EventSet | undefined, current: number | undefined): readonly number[] {
  const length = model.events.length;
  const wanted = (place: number): boolean => chosen === undefined || chosen[place] === 1;
  const before: number[] = [];
  for (let place = (current ?? 0) - 1; place >= 0 && before.length < mostRows / 2; place--) {
    if (wanted(place)) before.push(place);
  }
  const after: number[] = [];
  for (let place = current ?? 0; place < length && after.length < mostRows - before.length; place++) {
    if (wanted(place)) after.push(place);
  }
  return [...before.reverse(), ...after];
}

function EventRow({ place, run, ...props }: EventTableProps & { readonly place: number }): JSX.Element | null {
  const { strings, current, difference, lines, onMove, onReveal } = props;
  const event = run.model.events[place];
  if (event === undefined) return null;
  const cause = run.model.causeOf[place] ?? -1;
  const { line } = event;
  return (
    <tr
      aria-current={place === current ? "true" : undefined}
      data-type={event.type}
      data-lit={line !== undefined && lines.includes(line)}
      data-differs={place === difference}
      onClick={() => {
        onMove(place);
      }}
    >
      <td class="timeline-time">{instantText(strings, event.at)}</td>
      <td class="timeline-lane">{event.operation === 0 ? "" : event.operation}</td>
      <td>
        <Icon name={eventIcons[event.type]} /> {run.texts[place]}
      </td>
      <td class="timeline-cause">{cause < 0 ? "" : run.texts[cause]}</td>
      <td class="timeline-line">
        {line !== undefined && (
          <button
            type="button"
            class="link-button"
            tabIndex={-1}
            aria-label={format(strings.goToLine, line)}
            title={format(strings.goToLine, line)}
            onClick={(click) => {
              click.stopPropagation();
              onReveal(line);
            }}
          >
            {line}
          </button>
        )}
      </td>
    </tr>
  );
}
