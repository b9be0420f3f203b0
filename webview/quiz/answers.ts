/** The reader's answers: what is chosen, what is checked, how it came out. Pure; runs in the quiz page. */
import type { OptionView, QuestionView, QuizAnswer } from "../../src/protocol/quizPanelMessages.ts";

export type Answers = Readonly<Record<string, QuizAnswer>>;

export interface Outcome {
  readonly right: boolean;
  readonly chosen: OptionView;
  readonly answer: OptionView;
}

export interface Tally {
  readonly checked: number;
  readonly right: number;
  readonly total: number;
}

/** Once checked, a choice stands. */
export function choose(answers: Answers, question: string, choice: string): Answers {
  if (answerOf(answers, question)?.checked === true) return answers;
  return { ...answers, [question]: { choice, checked: false } };
}

/** Changes nothing where nothing is chosen. */
export function check(answers: Answers, question: string): Answers {
  const answer = answerOf(answers, question);
  return answer === undefined ? answers : { ...answers, [question]: { ...answer, checked: true } };
}

/** What an earlier page kept, as far as these questions still have it. */
export function keepAnswers(answers: Answers, questions: readonly QuestionView[]): Answers {
  return Object.fromEntries(
    questions.flatMap(({ id, options }) => {
      const answer = answerOf(answers, id);
      return answer !== undefined && options.some((option) => option.id === answer.choice) ? [[id, answer]] : [];
    }),
  );
}

/** Undefined until it is checked. */
export function outcomeOf(question: QuestionView, answers: Answers): Outcome | undefined {
  const given = answerOf(answers, question.id);
  if (given?.checked !== true) return undefined;
  const option = (id: string): OptionView | undefined => question.options.find((each) => each.id === id);
  const [chosen, answer] = [option(given.choice), option(question.answer)];
  return chosen === undefined || answer === undefined ? undefined : { right: chosen === answer, chosen, answer };
}

export function tallyOf(questions: readonly QuestionView[], answers: Answers): Tally {
  const outcomes = questions.flatMap((question) => outcomeOf(question, answers) ?? []);
  return { checked: outcomes.length, right: outcomes.filter(({ right }) => right).length, total: questions.length };
}

export function answerOf(answers: Answers, question: string): QuizAnswer | undefined {
  return Object.hasOwn(answers, question) ? answers[question] : undefined;
}
