/** A link to a place in the exercise, which opens in the editor. Runs in the panel's page. */
import type { JSX } from "preact";
import type { SourcePosition } from "../../src/protocol/verdict.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

interface SourceLinkProps {
  readonly source: SourcePosition;
  readonly place: string | undefined;
}

export function SourceLink({ source, place }: SourceLinkProps): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <button
      type="button"
      class="link-button"
      title={format(strings.goToLine, source.line)}
      onClick={() => {
        post({ type: "revealSource", source });
      }}
    >
      <Icon name="go-to-file" />
      {place ?? format(strings.line, source.line)}
    </button>
  );
}
