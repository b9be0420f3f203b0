/** The whole playground: program, scenario, one run, all runs. Runs in the playground's page. */
import type { JSX } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { PlaygroundIntent, PlaygroundState } from "../../src/protocol/playgroundMessages.ts";
import { Button } from "../common/control.tsx";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import type { CodeEditor, Mark } from "./codeEditor.ts";
import { PlaygroundPage, usePlayground } from "./context.ts";
import { EditorPane } from "./editorPane.tsx";
import { FlightChart, ResultsChart } from "./otherCharts.tsx";
import { Failure, Problems } from "./problems.tsx";
import { RunView } from "./runView.tsx";
import { ScenarioForm } from "./scenarioForm.tsx";
import { TimesChart } from "./timesChart.tsx";
import type { View, Workbench } from "./workbench.ts";

export interface AppProps {
  readonly state: PlaygroundState;
  readonly view: View;
  readonly workbench: Workbench;
  readonly post: (intent: PlaygroundIntent, done?: string) => void;
  readonly report: (what: string) => void;
}

export function App({ state, view, workbench, post, report }: AppProps): JSX.Element {
  const { strings, locale, timeline } = state;
  const editor = useRef<CodeEditor | undefined>(undefined);
  const page = useMemo(
    () => ({
      strings,
      timeline,
      locale,
      workbench,
      post,
      report,
      reveal: (line: number, column = 1, focus = true) => {
        editor.current?.reveal(line, column, focus);
      },
    }),
    [strings, timeline, locale, workbench, post, report],
  );
  const marks = useMarks(view, state);
  return (
    <PlaygroundPage.Provider value={page}>
      <main class="playground" data-kept={view.kept === true}>
        <div class="writing">
          <Header state={state} view={view} />
          {view.waits && <FromLink />}
          {view.failure !== undefined && <Failure failure={view.failure} />}
          <EditorPane
            state={state}
            text={view.text}
            marks={marks}
            ready={(made) => {
              editor.current = made;
            }}
          />
        </div>
        <div class="seeing">
          <ScenarioForm scenario={view.scenario} />
          <Pictures view={view} />
        </div>
      </main>
      <Notice view={view} />
    </PlaygroundPage.Provider>
  );
}

function Header({ state, view }: { readonly state: PlaygroundState; readonly view: View }): JSX.Element {
  const { strings, workbench, post } = usePlayground();
  const { text, scenario, busy } = view;
  return (
    <header>
      <h1>{strings.title}</h1>
      <p class="muted">
        {strings.intro}
        {state.lesson !== undefined && ` ${format(strings.begunFrom, state.lesson)}`}
      </p>
      <div class="button-row toolbar">
        <Button
          text={busy ? strings.stop : strings.run}
          primary
          press={() => {
            if (busy) workbench.stop();
            else workbench.start();
          }}
        />
        <Button
          text={strings.startFrom}
          primary={false}
          press={() => {
            post({ type: "startFrom" });
          }}
        />
        <Button
          text={strings.openFile}
          primary={false}
          press={() => {
            post({ type: "openFile" });
          }}
        />
        <Button
          text={strings.saveFile}
          primary={false}
          press={() => {
            post({ type: "saveFile", text, scenario });
          }}
        />
        <Button
          text={strings.copyLink}
          primary={false}
          press={() => {
            post({ type: "copyLink", text, scenario }, strings.linkCopied);
          }}
        />
      </div>
      <Progress view={view} />
    </header>
  );
}

/** How far the runs are. What takes less than a blink shows nothing but its end. */
function Progress({ view }: { readonly view: View }): JSX.Element {
  const { strings } = usePlayground();
  const { busy, distribution, scenario } = view;
  const done = distribution?.runs ?? 0;
  return (
    <div class="progress-line" data-busy={busy}>
      <span class="muted small">
        {busy && distribution === undefined ? strings.working : format(strings.done, done)}
      </span>
      <progress max={scenario.runs} value={done} aria-label={strings.allRuns} />
    </div>
  );
}

function FromLink(): JSX.Element {
  const { strings, workbench } = usePlayground();
  return (
    <section class="from-link" aria-labelledby="from-link">
      <h2 id="from-link">
        <Icon name="shield" /> {strings.fromLink}
      </h2>
      <p>{strings.fromLinkWhy}</p>
      <Button
        text={strings.run}
        primary
        press={() => {
          workbench.start();
        }}
      />
    </section>
  );
}

function Pictures({ view }: { readonly view: View }): JSX.Element {
  const { strings } = usePlayground();
  const { run, told, distribution, scenario, chosen, failure } = view;
  // Until the text can be run again, the pictures are those of the text before.
  const stale = failure !== undefined;
  return (
    <div class="pictures" data-stale={stale}>
      {run !== undefined && told !== undefined && <RunView run={run} told={told} total={scenario.runs} />}
      <section class="all-runs" aria-labelledby="all-runs">
        <h2 id="all-runs">{strings.allRuns}</h2>
        {distribution === undefined ? (
          <p class="muted">{strings.notYet}</p>
        ) : (
          <>
            <TimesChart distribution={distribution} chosen={chosen} deadlineMs={scenario.deadlineMs} />
            <div class="charts">
              <ResultsChart distribution={distribution} />
              <FlightChart distribution={distribution} />
            </div>
            <Problems distribution={distribution} />
          </>
        )}
      </section>
    </div>
  );
}

function Notice({ view: { notice } }: { readonly view: View }): JSX.Element | null {
  const { strings, workbench } = usePlayground();
  if (notice === undefined) return null;
  return (
    <p class="toast" role={notice.bad ? "alert" : "status"}>
      {notice.bad ? `${strings.problem}: ${notice.text}` : notice.text}{" "}
      <button
        type="button"
        class="link-button"
        aria-label="OK"
        onClick={() => {
          workbench.dismiss();
        }}
      >
        OK
      </button>
    </p>
  );
}

/** What the editor marks: why the text cannot be run, and the lines whose doings broke a rule. */
function useMarks({ failure, distribution }: View, { locale }: PlaygroundState): readonly Mark[] {
  return useMemo(() => {
    if (failure !== undefined) {
      const { text, line, column } = failure;
      return line === undefined ? [] : [{ line, column, message: text, severe: true }];
    }
    return (distribution?.problems ?? []).flatMap(({ problem }) =>
      "reason" in problem || problem.line === undefined
        ? []
        : [{ line: problem.line, message: problem.message[locale], severe: false }],
    );
  }, [failure, distribution, locale]);
}
