/** The item on the screen: a question with its choices, or a coding task. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { AskedView, ItemView, TaskView } from "../../src/protocol/assessmentMessages.ts";
import { RadioGroup } from "../common/control.tsx";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { Code } from "../quiz/code.tsx";
import { useAssessment } from "./context.ts";
import type { Marks } from "./marks.ts";
import { Prose } from "./prose.tsx";

/** The heading that gets the focus when another item comes. */
export const itemHeading = "item-heading";

interface ItemProps {
  readonly item: ItemView;
  readonly mark: Marks;
  readonly choose: (choice: string) => void;
  readonly explain: (text: string) => void;
}

export function Item({ item, mark, choose, explain }: ItemProps): JSX.Element {
  const { question, task } = item;
  return (
    <section class="question" aria-labelledby={itemHeading}>
      <h2 id={itemHeading} tabIndex={-1}>
        <span class="question-number">{item.heading}</span> <span class="question-kind">{item.kind}</span>{" "}
        <span class="question-kind">{item.time}</span>
      </h2>
      {question !== undefined && <Question item={item} question={question} mark={mark} choose={choose} />}
      {task !== undefined && <Task item={item} task={task} mark={mark} explain={explain} />}
    </section>
  );
}

interface QuestionProps {
  readonly item: ItemView;
  readonly question: AskedView;
  readonly mark: Marks;
  readonly choose: (choice: string) => void;
}

function Question({ item, question, mark, choose }: QuestionProps): JSX.Element {
  const id = useId();
  return (
    <>
      <p class="prompt" id={id}>
        {question.prompt}
      </p>
      {question.html !== undefined && <Code html={question.html} label={item.heading} />}
      {question.options.length > 0 && (
        <RadioGroup labelledBy={id} choices={question.options} chosen={mark.choice} settled={false} choose={choose} />
      )}
    </>
  );
}

interface TaskProps {
  readonly item: ItemView;
  readonly task: TaskView;
  readonly mark: Marks;
  readonly explain: (text: string) => void;
}

function Task({ item, task, mark, explain }: TaskProps): JSX.Element {
  const { strings, post } = useAssessment();
  const id = useId();
  return (
    <>
      <p class="prompt">{task.title}</p>
      <div class="task-file">
        <button
          type="button"
          class="button"
          onClick={() => {
            post({ type: "openTask", item: item.id });
          }}
        >
          <Icon name="go-to-file" />
          {format(strings.openTask, task.file)}
        </button>
        <p class="hint-line">{strings.taskNote}</p>
      </div>
      <h3>{strings.contract}</h3>
      <Prose html={task.html} />
      <h3>
        <label for={id}>{strings.explain}</label>
      </h3>
      <p class="hint-line" id={`${id}-hint`}>
        {strings.explainHint}
      </p>
      <textarea
        id={id}
        class="text-input explanation-input"
        rows={6}
        aria-describedby={`${id}-hint`}
        value={mark.explanation}
        onInput={({ currentTarget }) => {
          explain(currentTarget.value);
        }}
      />
    </>
  );
}
