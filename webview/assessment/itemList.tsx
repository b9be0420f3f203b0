/** The items by their numbers, each with how it stands. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import type { AssessmentStrings, SittingView } from "../../src/protocol/assessmentMessages.ts";
import { Icon } from "../common/icon.tsx";
import { useAssessment } from "./context.ts";
import { type AllMarks, markOf, type Marks, type Standing, standingOf } from "./marks.ts";

interface ItemListProps {
  readonly view: SittingView;
  readonly marks: AllMarks;
  readonly current: string;
  readonly show: (item: string) => void;
}

export function ItemList({ view, marks, current, show }: ItemListProps): JSX.Element {
  const { strings } = useAssessment();
  return (
    <nav aria-label={strings.items}>
      <ol class="item-list">
        {view.items.map(({ id, kind }, index) => {
          const mark = markOf(marks, id);
          return (
            <li key={id}>
              <button
                type="button"
                class="item-button"
                data-standing={standingOf(mark)}
                aria-current={id === current ? "step" : undefined}
                aria-label={`${String(index + 1)}, ${kind}, ${stateText(mark, strings)}`}
                title={`${kind}, ${stateText(mark, strings)}`}
                onClick={() => {
                  show(id);
                }}
              >
                {String(index + 1)}
                <Icon name={iconOf(standingOf(mark))} />
                {mark.flagged && <Icon name="bookmark" />}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function stateText(mark: Marks, strings: AssessmentStrings): string {
  const names: Readonly<Record<Standing, string>> = {
    answered: strings.stateAnswered,
    skipped: strings.stateSkipped,
    open: strings.stateOpen,
  };
  const standing = names[standingOf(mark)];
  return mark.flagged ? `${standing}, ${strings.stateFlagged}` : standing;
}

function iconOf(standing: Standing): string {
  switch (standing) {
    case "answered":
      return "circle-filled";
    case "skipped":
      return "debug-step-over";
    case "open":
      return "circle-outline";
  }
}
