/** What the author of a lesson is told above its preview: the spec's result, and problems with the way to each. Runs in the panel's page. */
import type { JSX } from "preact";
import type { AuthorOutcomeView, AuthorView } from "../../src/protocol/authorView.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";
import { standingIcons } from "./statusLine.tsx";

export function AuthorStrip({ author }: { readonly author: AuthorView }): JSX.Element {
  const { post, isOpen, setOpen } = usePanel();
  const { standing, headline, progress, words } = author;
  const running = standing === "running";
  const shown = isOpen("author", true);
  return (
    <>
      <header class="status-line author-line" data-standing={standing}>
        <button
          type="button"
          class="status-headline"
          aria-expanded={shown}
          aria-controls="author-details"
          title={words.details}
          onClick={() => {
            setOpen("author", !shown);
          }}
        >
          <Icon name={standingIcons[standing]} spin={running} />
          <span class="status-words">
            <span class="status-text">{headline}</span>
          </span>
          <Icon name={shown ? "chevron-up" : "chevron-down"} />
        </button>
        <button
          type="button"
          class="button secondary"
          onClick={() => {
            post({ type: running ? "stop" : "run" });
          }}
        >
          <Icon name={running ? "debug-stop" : "refresh"} />
          {running ? words.stop : words.run}
        </button>
        {progress !== undefined && (
          <progress
            class="run-progress"
            aria-label={headline}
            value={progress.done}
            max={Math.max(progress.total, 1)}
          />
        )}
      </header>
      {shown && <AuthorDetails author={author} />}
      <div class="for-screen-reader" role="status" aria-live="polite">
        {running ? "" : headline}
      </div>
    </>
  );
}

function AuthorDetails({ author }: { readonly author: AuthorView }): JSX.Element {
  const { outcomes, findings, words } = author;
  return (
    <section class="author-details" id="author-details" tabIndex={0} aria-label={words.details}>
      {findings.length > 0 && (
        <>
          <h2 id="author-findings">{words.findings}</h2>
          <ul class="author-list" aria-labelledby="author-findings">
            {findings.map(({ file, line, place, text }) => (
              <li key={`${place} ${text}`}>
                <FileButton file={file} line={line} text={place} />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 id="author-outcomes">{words.outcomes}</h2>
      <ul class="author-list" aria-labelledby="author-outcomes">
        {outcomes.map((outcome) => (
          <Outcome key={`${outcome.file} ${outcome.text}`} outcome={outcome} />
        ))}
      </ul>
    </section>
  );
}

const outcomeIcons: Readonly<Record<AuthorOutcomeView["state"], string>> = {
  good: "pass",
  bad: "error",
  unknown: "circle-large-outline",
};

function Outcome({ outcome }: { readonly outcome: AuthorOutcomeView }): JSX.Element {
  const { state, text, file, line, place } = outcome;
  return (
    <li data-state={state}>
      <Icon name={outcomeIcons[state]} />
      <span>{text}</span>
      <FileButton file={file} line={line} text={place} />
    </li>
  );
}

function FileButton(props: { readonly file: string; readonly line: number; readonly text: string }): JSX.Element {
  const { post } = usePanel();
  const { file, line, text } = props;
  return (
    <button
      type="button"
      class="link-button"
      onClick={() => {
        post({ type: "openPackFile", file, line });
      }}
    >
      {text}
    </button>
  );
}
