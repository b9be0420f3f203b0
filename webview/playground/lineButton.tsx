/** Leads to a line of the program. Runs in the playground's page. */
import type { JSX } from "preact";
import { format } from "../common/format.ts";
import { usePlayground } from "./context.ts";

export function LineButton(props: { readonly line: number; readonly column?: number | undefined }): JSX.Element {
  const { strings, reveal } = usePlayground();
  const { line, column } = props;
  return (
    <button
      type="button"
      class="link-button"
      onClick={() => {
        reveal(line, column);
      }}
    >
      {format(strings.atLine, line)}
    </button>
  );
}
