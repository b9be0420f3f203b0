/** The whole page of a rehearsal: the form, the sitting, or what comes after it. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { AssessmentIntent, AssessmentState } from "../../src/protocol/assessmentMessages.ts";
import { LanguageButton } from "../common/languageButton.tsx";
import { After } from "./after.tsx";
import type { ClockReading } from "./clock.tsx";
import { AssessmentPage } from "./context.ts";
import { Sitting } from "./sitting.tsx";
import { Start } from "./start.tsx";

export interface AppProps {
  readonly state: AssessmentState;
  /** Grows with each state: what the page knew is the host's then. */
  readonly revision: number;
  readonly reading: ClockReading;
  readonly written: ReadonlySet<string>;
  readonly post: (intent: AssessmentIntent) => void;
  readonly problem: string | undefined;
}

export function App({ state, revision, reading, written, post, problem }: AppProps): JSX.Element {
  const { strings, start, sitting, after } = state;
  const page = useMemo(() => ({ strings, post }), [strings, post]);
  return (
    <AssessmentPage.Provider value={page}>
      <main class="quiz assessment">
        <Header state={state} post={post} />
        {problem !== undefined && (
          <p class="problem" role="alert">
            {strings.problem}: {problem}
          </p>
        )}
        {start !== undefined && <Start key={revision} view={start} failed={problem !== undefined} />}
        {sitting !== undefined && <Sitting key={revision} view={sitting} reading={reading} written={written} />}
        {after !== undefined && <After key={`${after.rehearsal} ${state.locale}`} view={after} />}
      </main>
    </AssessmentPage.Provider>
  );
}

function Header({ state, post }: Pick<AppProps, "state" | "post">): JSX.Element {
  const { strings, sitting, after, locale } = state;
  const subject = sitting?.title ?? after?.title;
  return (
    <header class="quiz-header">
      <div class="quiz-place">
        <span class="muted">{subject}</span>
        <LanguageButton
          locale={locale}
          text={strings.switchLanguage}
          choose={(language) => {
            post({ type: "setLanguage", language });
          }}
        />
      </div>
      <h1 id="top" class={subject === undefined ? "" : "for-screen-reader"} tabIndex={-1}>
        {strings.title}
      </h1>
      {sitting?.note !== undefined && <p class="hint-line">{sitting.note}</p>}
      {subject === undefined && <p class="summary">{strings.intro}</p>}
    </header>
  );
}
