/** What the parts of the panel share: words, intents, and the choices that are kept. Runs in the panel's page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type {
  DiagramLights,
  DiagramView,
  LessonPanelIntent,
  MomentView,
  PanelMemory,
} from "../../src/protocol/lessonPanelMessages.ts";
import type { LessonPanelStrings } from "../../src/protocol/lessonPanelStrings.ts";
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
  /** The run on show, which the diagrams follow; undefined: it is none of this lesson's. */
  readonly moment: MomentView | undefined;
  /** The failing test that is open: its order lights the diagrams while no run is on show. */
  readonly failing: { readonly test: string; readonly lights: readonly DiagramLights[] } | undefined;
}

export const Panel = createContext<PanelContext | undefined>(undefined);

export function usePanel(): PanelContext {
  const panel = useContext(Panel);
  if (panel === undefined) throw new Error("drawn outside the panel");
  return panel;
}
