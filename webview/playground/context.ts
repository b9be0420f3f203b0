/** What the parts of the playground's page share. Runs in the playground's page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PlaygroundIntent, PlaygroundStrings } from "../../src/protocol/playgroundMessages.ts";
import type { TimelineStrings } from "../../src/protocol/timelineMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import type { Workbench } from "./workbench.ts";

export interface PlaygroundContext {
  readonly strings: PlaygroundStrings;
  readonly locale: Locale;
  readonly workbench: Workbench;
  /** Asks the host for something; a failure is shown to the user. */
  readonly post: (intent: PlaygroundIntent, done?: string) => void;
  /** Words of the timeline. */
  readonly timeline: TimelineStrings;
  /** Puts the caret of the editor there, from 1; the focus too, unless it is to stay. */
  readonly reveal: (line: number, column?: number, focus?: boolean) => void;
  /** Tells the host's log of a problem. */
  readonly report: (what: string) => void;
}

export const PlaygroundPage = createContext<PlaygroundContext | undefined>(undefined);

export function usePlayground(): PlaygroundContext {
  const page = useContext(PlaygroundPage);
  if (page === undefined) throw new Error("drawn outside the page");
  return page;
}
