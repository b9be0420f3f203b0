/** The code that a question is about: the host's markup, cleaned. Runs in the quiz page. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { sanitiseProse } from "../common/sanitise.ts";

export function Code({ html, label }: { readonly html: string; readonly label: string }): JSX.Element {
  const code = useMemo(() => sanitiseProse(html).querySelector("code")?.innerHTML ?? "", [html]);
  return (
    <div class="card code">
      <pre tabIndex={0} role="group" aria-label={label}>
        <code class="hljs" dangerouslySetInnerHTML={{ __html: code }} />
      </pre>
    </div>
  );
}
