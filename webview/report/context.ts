/** What the parts of the report's page share. Runs in the report's page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ReportIntent } from "../../src/protocol/reportMessages.ts";
import type { ReportStrings } from "../../src/protocol/reportStrings.ts";

export interface ReportContext {
  readonly strings: ReportStrings;
  /** Asks the host for something; a failure is shown to the reader. */
  readonly post: (intent: ReportIntent) => void;
}

export const ReportPage = createContext<ReportContext | undefined>(undefined);

export function useReport(): ReportContext {
  const page = useContext(ReportPage);
  if (page === undefined) throw new Error("drawn outside the page");
  return page;
}
