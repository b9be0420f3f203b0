/** The whole page of questions, a lesson's or the review's, as one form, and how they came out. Runs in the quiz page. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { QuizMemory, QuizPanelIntent, QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import { Button } from "../common/control.tsx";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { LanguageButton } from "../common/languageButton.tsx";
import { reducesMotion } from "../common/theme.ts";
import { answerOf, type Answers, check, choose, keepAnswers, outcomeOf, tallyOf } from "./answers.ts";
import { QuizPage, useQuizPage } from "./context.ts";
import { Question } from "./question.tsx";

export interface AppProps {
  readonly state: QuizPanelState;
  /** What an earlier page kept of this lesson. */
  readonly earlier: QuizMemory | undefined;
  readonly keep: (memory: Omit<QuizMemory, "lesson">) => void;
  readonly post: (intent: QuizPanelIntent) => void;
  readonly problem: string | undefined;
}

export function App({ state, earlier, keep, post, problem }: AppProps): JSX.Element {
  const { questions, strings, locale, lesson, note } = state;
  const [answers, setAnswers] = useState<Answers>(() => keepAnswers(earlier?.answers ?? {}, questions));
  /** Starting over makes every question anew. */
  const [round, setRound] = useState(0);
  useKept(answers, earlier, keep);
  const page = useMemo(() => ({ strings, post }), [strings, post]);
  return (
    <QuizPage.Provider value={page}>
      <main class="quiz">
        <Header state={state} />
        {problem !== undefined && (
          <p class="problem" role="alert">
            {strings.problem}: {problem}
          </p>
        )}
        {questions.map((question, index) => (
          <Question
            key={`${locale} ${String(round)} ${question.id}`}
            question={question}
            answer={answerOf(answers, question.id)}
            outcome={outcomeOf(question, answers)}
            choose={(choice) => {
              setAnswers((before) => choose(before, question.id, choice));
            }}
            check={() => {
              const choice = answerOf(answers, question.id)?.choice;
              setAnswers((before) => check(before, question.id));
              if (lesson === undefined && choice !== undefined)
                post({ type: "answered", question: question.id, choice });
            }}
            isLast={index === questions.length - 1}
            goOn={() => {
              const next = questions[index + 1];
              goTo(next === undefined ? "summary" : `question-${next.id}`);
            }}
          />
        ))}
        {note !== undefined && <p class="quiz-note">{note}</p>}
        {questions.length > 0 && (
          <Summary
            state={state}
            answers={answers}
            startOver={() => {
              setAnswers({});
              setRound((before) => before + 1);
              goTo("top");
            }}
          />
        )}
      </main>
    </QuizPage.Provider>
  );
}

function Header({ state }: { readonly state: QuizPanelState }): JSX.Element {
  const { strings, lesson, locale } = state;
  const { post } = useQuizPage();
  return (
    <header class="quiz-header">
      <div class="quiz-place">
        {lesson === undefined ? (
          <span />
        ) : (
          <button
            type="button"
            class="link-button"
            title={strings.showLesson}
            onClick={() => {
              post({ type: "showLesson", lesson: lesson.id });
            }}
          >
            <Icon name="book" />
            {lesson.title}
          </button>
        )}
        <LanguageButton
          locale={locale}
          text={strings.switchLanguage}
          choose={(language) => {
            post({ type: "setLanguage", language });
          }}
        />
      </div>
      <h1 id="top" tabIndex={-1}>
        {strings.title}
      </h1>
      <p class="summary">{strings.intro}</p>
    </header>
  );
}

interface SummaryProps {
  readonly state: QuizPanelState;
  readonly answers: Answers;
  readonly startOver: () => void;
}

function Summary({ state, answers, startOver }: SummaryProps): JSX.Element {
  const { strings, questions, locale, lesson } = state;
  const { post } = useQuizPage();
  const { checked, right, total } = tallyOf(questions, answers);
  return (
    <section class="quiz-summary" aria-labelledby="summary">
      <h2 id="summary" tabIndex={-1}>
        {strings.summary}
      </h2>
      <p class="tally">{checked === 0 ? strings.noneChecked : format(strings.tally, checked, total, right)}</p>
      {lesson !== undefined && (
        <div class="button-row" key={locale}>
          <Button text={strings.startOver} primary={false} press={startOver} />
          <Button
            text={strings.showLesson}
            primary={false}
            press={() => {
              post({ type: "showLesson", lesson: lesson.id });
            }}
          />
        </div>
      )}
    </section>
  );
}

/** Keeps the answers as they are given, and the place when scrolling comes to rest; goes back there at the start. */
function useKept(answers: Answers, earlier: QuizMemory | undefined, keep: AppProps["keep"]): void {
  useLayoutEffect(() => {
    if (earlier !== undefined) window.scrollTo({ top: earlier.scrollTop, behavior: "instant" });
  }, []);
  useEffect(() => {
    const save = (): void => {
      keep({ answers, scrollTop: Math.round(window.scrollY) });
    };
    save();
    window.addEventListener("scrollend", save);
    return () => {
      window.removeEventListener("scrollend", save);
    };
  }, [answers, keep]);
}

/** Brings a heading into view and moves the keyboard focus there. */
function goTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: "start", behavior: reducesMotion() ? "instant" : "smooth" });
}
