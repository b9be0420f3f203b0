/** Switches the language in which lessons, and all that is told of them, are read. Runs in the pages. */
import type { JSX } from "preact";
import type { Locale } from "../../src/protocol/words.ts";
import { Icon } from "./icon.tsx";

export interface LanguageButtonProps {
  /** The language now. */
  readonly locale: Locale;
  /** The other language, in its own name. */
  readonly text: string;
  readonly choose: (language: Locale) => void;
}

export function LanguageButton({ locale, text, choose }: LanguageButtonProps): JSX.Element {
  const other = locale === "en" ? "zh-cn" : "en";
  return (
    <button
      type="button"
      class="quiet-button"
      lang={other === "en" ? "en" : "zh-CN"}
      onClick={() => {
        choose(other);
      }}
    >
      <Icon name="globe" />
      {text}
    </button>
  );
}
