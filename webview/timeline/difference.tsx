/** Where a run parts from the natural order, in words. Runs in a webview's page. */
import type { JSX } from "preact";
import type { TimelineStrings } from "../../src/protocol/timelineMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { instantText, type ToldRun } from "./toldRun.ts";

interface DifferenceProps {
  readonly run: ToldRun;
  /** Absent: the run is itself in the natural order. */
  readonly natural: ToldRun | undefined;
  readonly place: number | undefined;
  readonly strings: TimelineStrings;
  readonly show: () => void;
}

export function Difference({ run, natural, place, strings, show }: DifferenceProps): JSX.Element {
  return (
    <div class="timeline-compare">
      <h2>{strings.naturalOrder}</h2>
      <p>{sentence(run, natural, place, strings)}</p>
      {place !== undefined && (
        <button type="button" class="quiet-button" onClick={show}>
          <Icon name="target" />
          {strings.showDifference}
        </button>
      )}
    </div>
  );
}

function sentence(
  run: ToldRun,
  natural: ToldRun | undefined,
  place: number | undefined,
  strings: TimelineStrings,
): string {
  if (natural === undefined) return strings.isNatural;
  if (place === undefined) return strings.sameAsNatural;
  const [here, there] = [run.model.events[place], natural.model.events[place]];
  const at = Math.min(here?.at ?? Infinity, there?.at ?? Infinity);
  const tell = ({ texts }: ToldRun, other: number): string => texts[other] ?? strings.nothingMore;
  return format(strings.difference, instantText(strings, at), tell(run, place), tell(natural, place));
}
