/** One line on what is looked at: the current event, what a filter leaves, or whatever the page says of the whole run. Runs in a webview's page. */
import type { ComponentChildren, JSX } from "preact";
import type { EventSet } from "../../src/core/timeline/causes.ts";
import type { TimelineStrings } from "../../src/protocol/timelineMessages.ts";
import { eventIcons } from "../common/eventIcons.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { type Filter, instantText, type ToldRun } from "./toldRun.ts";

interface DetailsProps {
  readonly run: ToldRun;
  readonly current: number | undefined;
  readonly filter: Filter;
  readonly chosen: EventSet | undefined;
  readonly strings: TimelineStrings;
  readonly reveal: (line: number, focus: boolean) => void;
  readonly children: ComponentChildren;
}

export function Details(props: DetailsProps): JSX.Element {
  const { run, current, filter, chosen, strings } = props;
  const shown = chosen?.reduce((sum, one) => sum + one, 0);
  return (
    <div class="timeline-details" role="status" aria-live="polite">
      {current === undefined ? props.children : <EventDetails {...props} place={current} />}
      {filter.by !== "all" && shown !== undefined && (
        <p class="timeline-filtered">
          <Icon name="filter" /> {filter.by === "causes" ? strings.filterCauses : strings.filterEffects}
          {": "}
          {run.texts[filter.event]} · {format(strings.filtered, shown, run.model.events.length)}
        </p>
      )}
    </div>
  );
}

function EventDetails({ run, place, strings, reveal }: DetailsProps & { readonly place: number }): JSX.Element | null {
  const event = run.model.events[place];
  if (event === undefined) return null;
  const cause = run.model.causeOf[place] ?? -1;
  const { line } = event;
  return (
    <p data-type={event.type}>
      <Icon name={eventIcons[event.type]} />
      <strong>{instantText(strings, event.at)}</strong> {run.texts[place]}
      {cause >= 0 && <span class="muted"> · {format(strings.causedBy, run.texts[cause] ?? "")}</span>}
      {line !== undefined && (
        <>
          {" "}
          <button
            type="button"
            class="link-button"
            onClick={() => {
              reveal(line, true);
            }}
          >
            {format(strings.goToLine, line)}
          </button>
        </>
      )}
    </p>
  );
}
