/** One question: what it asks, its choices, and how the chosen one came out. Runs in the quiz page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { OptionView, QuestionView, QuizAnswer, QuizPanelStrings } from "../../src/protocol/quizPanelMessages.ts";
import { Button, RadioGroup } from "../common/control.tsx";
import type { Choice } from "../common/controls.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import type { Outcome } from "./answers.ts";
import { Code } from "./code.tsx";
import { useQuizPage } from "./context.ts";

interface QuestionProps {
  readonly question: QuestionView;
  readonly answer: QuizAnswer | undefined;
  readonly outcome: Outcome | undefined;
  readonly choose: (choice: string) => void;
  readonly check: () => void;
  readonly isLast: boolean;
  readonly goOn: () => void;
}

export function Question(props: QuestionProps): JSX.Element {
  const { question, answer, outcome } = props;
  const { strings } = useQuizPage();
  const [asked, setAsked] = useState(false);
  const [checkedHere, setCheckedHere] = useState(false);
  const id = `question-${question.id}`;
  return (
    <section class="question" aria-labelledby={id} data-outcome={outcomeName(outcome)}>
      <h2 id={id} tabIndex={-1}>
        <span class="question-number">{question.heading}</span> <span class="question-kind">{question.kind}</span>
      </h2>
      <p class="prompt" id={`${id}-prompt`}>
        {question.prompt}
      </p>
      {question.html !== undefined && <Code html={question.html} label={question.heading} />}
      <RadioGroup
        labelledBy={`${id}-prompt`}
        choices={question.options.map((option) => choiceOf(option, outcome, strings))}
        chosen={answer?.choice}
        settled={outcome !== undefined}
        choose={props.choose}
      />
      {outcome === undefined && (
        <Button
          text={strings.check}
          primary={true}
          press={() => {
            setAsked(true);
            setCheckedHere(answer !== undefined);
            props.check();
          }}
        />
      )}
      <div class="outcome" aria-live="polite">
        {outcome !== undefined && <Explanation outcome={outcome} />}
        {outcome !== undefined && question.source !== undefined && <Source {...question.source} />}
        {outcome === undefined && asked && answer === undefined && <p class="hint-line">{strings.chooseFirst}</p>}
      </div>
      {outcome !== undefined && (
        <Button
          text={props.isLast ? strings.toSummary : strings.nextQuestion}
          primary={false}
          press={props.goOn}
          focused={checkedHere}
        />
      )}
    </section>
  );
}

function Explanation({ outcome }: { readonly outcome: Outcome }): JSX.Element {
  const { strings } = useQuizPage();
  const { right, chosen, answer } = outcome;
  return (
    <div class="explanation" data-outcome={outcomeName(outcome)}>
      <p class="outcome-word">
        <Icon name={right ? "pass-filled" : "error"} />
        {right ? strings.right : strings.wrong}
      </p>
      <dl>
        <Why label={strings.yourAnswer} option={chosen} />
        {!right && <Why label={strings.rightAnswer} option={answer} />}
      </dl>
    </div>
  );
}

function Source({ lesson, title }: NonNullable<QuestionView["source"]>): JSX.Element {
  const { strings, post } = useQuizPage();
  return (
    <p>
      <button
        type="button"
        class="link-button"
        onClick={() => {
          post({ type: "showLesson", lesson });
        }}
      >
        <Icon name="book" />
        {format(strings.openSource, title)}
      </button>
    </p>
  );
}

function Why({ label, option }: { readonly label: string; readonly option: OptionView }): JSX.Element {
  return (
    <div>
      <dt>
        {label} <span class="choice-letter">{option.letter}</span>
      </dt>
      <dd>{option.why}</dd>
    </div>
  );
}

function choiceOf(option: OptionView, outcome: Outcome | undefined, strings: QuizPanelStrings): Choice {
  const { id, letter, text, output } = option;
  const plain = { id, letter, text, output };
  if (outcome?.answer.id === id) return { ...plain, mark: "right", note: strings.rightAnswer };
  return outcome?.chosen.id === id ? { ...plain, mark: "wrong", note: strings.yourAnswer } : plain;
}

function outcomeName(outcome: Outcome | undefined): "right" | "wrong" | undefined {
  if (outcome === undefined) return undefined;
  return outcome.right ? "right" : "wrong";
}
