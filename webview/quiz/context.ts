/** What the parts of the quiz page share. Runs in the quiz page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { QuizPanelIntent, QuizPanelStrings } from "../../src/protocol/quizPanelMessages.ts";

export interface QuizContext {
  readonly strings: QuizPanelStrings;
  /** Asks the host for something; a failure is shown to the reader. */
  readonly post: (intent: QuizPanelIntent) => void;
}

export const QuizPage = createContext<QuizContext | undefined>(undefined);

export function useQuizPage(): QuizContext {
  const page = useContext(QuizPage);
  if (page === undefined) throw new Error("drawn outside the page");
  return page;
}
