/** What the parts of the rehearsal's page share. Runs in the rehearsal's page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AssessmentIntent, AssessmentStrings } from "../../src/protocol/assessmentMessages.ts";

export interface AssessmentContext {
  readonly strings: AssessmentStrings;
  /** Asks the host for something; a failure is shown to the reader. */
  readonly post: (intent: AssessmentIntent) => void;
}

export const AssessmentPage = createContext<AssessmentContext | undefined>(undefined);

export function useAssessment(): AssessmentContext {
  const page = useContext(AssessmentPage);
  if (page === undefined) throw new Error("drawn outside the page");
  return page;
}
