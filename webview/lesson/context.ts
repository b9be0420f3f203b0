/** What the parts of the panel share: words, intents, and the choices that are kept. Runs in the panel's page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type {
  DiagramView,
  LessonPanelIntent,
  LessonPanelStrings,
  PanelMemory,
} from "../../src/protocol/lessonPanelMessages.ts";
import type { TraceEvent } from "../../src/protocol/trace.ts";
import type { DiagramPainter } from "../common/mermaid.ts";

export type CodeTab = NonNullable<PanelMemory["tab"]>;

export interface PanelContext {
  readonly strings: LessonPanelStrings;
  /** Asks the host for something; a failure is shown to the reader. */
  readonly post: (intent: LessonPanelIntent) => void;
  /** Tells the host of something that went wrong here, for its log. */
  readonly report: (problem: string) => void;
  readonly copyCode: (text: string) => void;
  readonly painter: DiagramPainter;
  readonly tab: CodeTab | undefined;
  readonly chooseTab: (tab: CodeTab) => void;
  readonly isOpen: (name: string, initially: boolean) => boolean;
  readonly setOpen: (name: string, open: boolean) => void;
  readonly diagrams: readonly DiagramView[];
  /** The order of events that the diagrams show; empty for none. */
  readonly events: readonly TraceEvent[];
}

export const Panel = createContext<PanelContext | undefined>(undefined);

export function usePanel(): PanelContext {
  const panel = useContext(Panel);
  if (panel === undefined) throw new Error("drawn outside the panel");
  return panel;
}
