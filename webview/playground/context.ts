/** What the parts of the playground's page share. Runs in the playground's page. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PlaygroundIntent, PlaygroundStrings } from "../../src/protocol/playgroundMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import type { Workbench } from "./workbench.ts";

export interface PlaygroundContext {
  readonly strings: PlaygroundStrings;
  readonly locale: Locale;
  readonly workbench: Workbench;
  /** Asks the host for something; a failure is shown to the user. */
  readonly post: (intent: PlaygroundIntent, done?: string) => void;
  /** Puts the caret of the editor on a line. */
  readonly reveal: (line: number, column?: number) => void;
}

export const PlaygroundPage = createContext<PlaygroundContext | undefined>(undefined);

export function usePlayground(): PlaygroundContext {
  const page = useContext(PlaygroundPage);
  if (page === undefined) throw new Error("drawn outside the page");
  return page;
}
