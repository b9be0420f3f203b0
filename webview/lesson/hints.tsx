/** Hints, revealed one at a time. Runs in the panel's page. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { HintsView } from "../../src/protocol/lessonPanelMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";
import { Prose } from "./prose.tsx";

export function Hints({ hints }: { readonly hints: HintsView }): JSX.Element | null {
  const { strings, post } = usePanel();
  const asked = useRef(false);
  const newest = useRef<HTMLHeadingElement>(null);
  const count = hints.shown.length;
  useEffect(() => {
    // Only after the reader asked: the hint that comes is what they want to read next.
    if (asked.current) newest.current?.focus();
    asked.current = false;
  }, [count]);
  if (hints.total === 0) return null;
  return (
    <section class="hints" aria-labelledby="part-hints">
      <h2 id="part-hints" tabIndex={-1}>
        {strings.hints}
      </h2>
      <ol class="hint-list">
        {hints.shown.map(({ title, html }, index) => (
          <li key={index} class="hint">
            <h3 tabIndex={-1} ref={index === count - 1 ? newest : null}>
              <span class="hint-number" aria-hidden="true">
                {index + 1}
              </span>
              {title}
            </h3>
            <Prose html={html} />
          </li>
        ))}
      </ol>
      {count < hints.total ? (
        <button
          type="button"
          class="button secondary"
          onClick={() => {
            asked.current = true;
            post({ type: "showHint" });
          }}
        >
          <Icon name="lightbulb" />
          {format(strings.showHint, count + 1, hints.total)}
        </button>
      ) : (
        <p class="muted">{strings.allHintsShown}</p>
      )}
    </section>
  );
}
