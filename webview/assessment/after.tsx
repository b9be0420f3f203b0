/** After a rehearsal: one's explanations beside model answers, while the code is run. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { AfterView, ComparedView } from "../../src/protocol/assessmentMessages.ts";
import { Button } from "../common/control.tsx";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { useAssessment } from "./context.ts";
import { Prose } from "./prose.tsx";

export function After({ view }: { readonly view: AfterView }): JSX.Element {
  const { strings, post } = useAssessment();
  return (
    <>
      <h2>{strings.over}</h2>
      {view.facts.map((fact) => (
        <p key={fact} class="fact">
          {fact}
        </p>
      ))}
      {view.tasks.length > 0 && <h2>{strings.compare}</h2>}
      {view.tasks.map((task) => (
        <Compared key={task.item} task={task} />
      ))}
      <div class="after-end">
        <div role="status">
          {view.grading !== undefined && (
            <p class="grading">
              <Icon name="loading" spin={true} />
              {format(strings.grading, view.grading.done, view.grading.of)}
              <button
                type="button"
                class="link-button"
                onClick={() => {
                  post({ type: "stopGrading" });
                }}
              >
                {strings.stopGrading}
              </button>
            </p>
          )}
        </div>
        <div class="button-row">
          {view.grading === undefined && (
            <Button
              text={strings.showReport}
              primary={true}
              press={() => {
                post({ type: "openReport", rehearsal: view.rehearsal });
              }}
            />
          )}
          <Button
            text={strings.newRehearsal}
            primary={false}
            press={() => {
              post({ type: "toStart" });
            }}
          />
        </div>
      </div>
    </>
  );
}

function Compared({ task }: { readonly task: ComparedView }): JSX.Element {
  const { strings } = useAssessment();
  const id = useId();
  return (
    <section class="compared" aria-labelledby={id}>
      <h3 id={id}>{task.title}</h3>
      <div class="compared-texts">
        <div>
          <h4>{strings.yourWords}</h4>
          {task.explanation === "" ? (
            <p class="muted">{strings.nothingWritten}</p>
          ) : (
            <p class="own-words">{task.explanation}</p>
          )}
        </div>
        <div>
          <h4>{strings.modelAnswer}</h4>
          <Prose html={task.html} />
        </div>
      </div>
      <Checklist task={task} />
      <Rating task={task} />
    </section>
  );
}

function Checklist({ task }: { readonly task: ComparedView }): JSX.Element {
  const { strings, post } = useAssessment();
  const [checked, setChecked] = useState<readonly number[]>(task.checked);
  const toggle = (place: number): void => {
    const next = checked.includes(place) ? checked.filter((each) => each !== place) : [...checked, place];
    setChecked(next);
    post({ type: "tick", item: task.item, checked: next });
  };
  return (
    <fieldset class="checklist">
      <legend>{strings.checklist}</legend>
      {task.checklist.map((point, place) => (
        <label key={point} class="check">
          <input
            type="checkbox"
            checked={checked.includes(place)}
            onChange={() => {
              toggle(place);
            }}
          />
          <span>{withCode(point)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What stands between backticks is code. */
function withCode(text: string): readonly (string | JSX.Element)[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : <code key={index}>{part}</code>));
}

function Rating({ task }: { readonly task: ComparedView }): JSX.Element {
  const { strings, post } = useAssessment();
  const [rating, setRating] = useState(task.rating);
  return (
    <fieldset class="rating">
      <legend>{strings.rating}</legend>
      {strings.ratings.map((text, index) => (
        <label key={text} class="check">
          <input
            type="radio"
            name={`rating-${task.item}`}
            checked={rating === index + 1}
            onChange={() => {
              setRating(index + 1);
              post({ type: "rate", item: task.item, rating: index + 1 });
            }}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
