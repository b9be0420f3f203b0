/** What has changed in the lesson since the reader passed it. Runs in the panel's page. */
import type { JSX } from "preact";
import type { ChangesView } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

export interface ChangesProps {
  readonly changes: ChangesView;
  readonly running: boolean;
}

export function Changes({ changes, running }: ChangesProps): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <section class="changes" aria-labelledby="changes-heading">
      <h2 id="changes-heading">
        <Icon name="history" />
        <span>{changes.headline}</span>
      </h2>
      <dl>
        {changes.changes.map(({ version, text }, index) => (
          <div key={index}>
            <dt>{version}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        class="button"
        disabled={running}
        onClick={() => {
          post({ type: "run" });
        }}
      >
        <Icon name="play" />
        {strings.runAgain}
      </button>
    </section>
  );
}
