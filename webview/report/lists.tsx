/** The parts of a report that are lists. Runs in the report's page. */
import type { JSX } from "preact";
import type { BugView, ExplainedView, LessonLink, StepView } from "../../src/protocol/reportMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { useReport } from "./context.ts";

export function Bullets({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  return (
    <ul class="bullets">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

export function Plan({ plan }: { readonly plan: readonly StepView[] }): JSX.Element {
  const { strings } = useReport();
  if (plan.length === 0) return <p>{strings.noPlan}</p>;
  return (
    <>
      <p class="intro">{strings.planIntro}</p>
      <ol class="plan">
        {plan.map(({ lesson, minutes, why }) => (
          <li key={lesson.id}>
            <LessonButton lesson={lesson} />
            <span class="muted">{format(strings.takes, minutes)}</span>
            <p>{why}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

export function Bugs({ bugs }: { readonly bugs: readonly BugView[] }): JSX.Element {
  const { strings } = useReport();
  if (bugs.length === 0) return <p>{strings.noBugs}</p>;
  return (
    <>
      <p class="intro">{strings.bugsIntro}</p>
      <dl class="bugs">
        {bugs.map(({ title, explanation, items, lessons }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{explanation}</dd>
            <dd class="bug-links">
              <span class="muted">
                {strings.item} {items}
              </span>
              {lessons.map((lesson) => (
                <LessonButton key={lesson.id} lesson={lesson} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function LessonButton({ lesson: { id, title } }: { readonly lesson: LessonLink }): JSX.Element {
  const { strings, post } = useReport();
  return (
    <button
      type="button"
      class="link-button"
      title={strings.openLesson}
      onClick={() => {
        post({ type: "openLesson", lesson: id });
      }}
    >
      <Icon name="book" />
      {title}
    </button>
  );
}

export function Explained({ explained }: { readonly explained: readonly ExplainedView[] }): JSX.Element {
  const { strings } = useReport();
  return (
    <>
      {explained.map(({ title, explanation, rating }) => (
        <article key={title} class="explained">
          <h3>{title}</h3>
          {explanation !== "" && <blockquote>{explanation}</blockquote>}
          {rating !== undefined && (
            <p>
              <span class="muted">{strings.yourRating}:</span> {rating}
            </p>
          )}
        </article>
      ))}
    </>
  );
}
