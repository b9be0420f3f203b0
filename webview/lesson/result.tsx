/** The result of the last run: nothing yet, under way, not gradable, or test by test. Runs in the panel's page. */
import type { JSX } from "preact";
import type { ExerciseView, GradedView, ResultView, TestView } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { Action } from "./actions.tsx";
import { usePanel } from "./context.ts";
import { ConsoleOutput, Failure } from "./failure.tsx";
import { SourceLink } from "./sourceLink.tsx";
import { RunButton, standingIcons, standingOf } from "./statusLine.tsx";

interface ResultProps {
  readonly result: ResultView;
  /** The last verdict, also while another run is under way. */
  readonly graded: GradedView | undefined;
  readonly exercise: ExerciseView;
}

export function Result({ result, graded, exercise }: ResultProps): JSX.Element {
  const { strings } = usePanel();
  const standing = standingOf(result);
  const dimmed = result.kind === "running" || (result.kind === "graded" && result.stale);
  return (
    <section class="result" aria-labelledby="part-result">
      <h2 id="part-result" tabIndex={-1}>
        {strings.result}
      </h2>
      {result.kind === "none" ? (
        <div class="empty">
          <p>{strings.notGradedYet}</p>
          <div class="button-row">
            <RunButton running={false} />
            <Action icon="go-to-file" intent={{ type: "openExercise" }}>
              {exercise.name}
            </Action>
          </div>
        </div>
      ) : result.kind === "graded" && result.error !== undefined ? null : (
        <p class="verdict" data-standing={standing}>
          <Icon name={standingIcons[standing]} spin={standing === "running"} />
          <span>
            {result.headline}
            {result.kind === "graded" && result.stale && <span class="muted"> {strings.stale}</span>}
          </span>
        </p>
      )}
      {graded !== undefined && <Graded graded={graded} dimmed={dimmed} />}
    </section>
  );
}

function Graded({ graded, dimmed }: { readonly graded: GradedView; readonly dimmed: boolean }): JSX.Element {
  const { strings } = usePanel();
  const { error, tests } = graded;
  return (
    <div class="graded" data-dimmed={dimmed}>
      {error !== undefined && (
        <div class="cannot-grade">
          <p>
            <Icon name="error" />
            {error.message}
          </p>
          {error.source !== undefined && <SourceLink source={error.source} place={error.place} />}
          {error.stuck && (
            <div class="button-row">
              <Action icon="debug-alt" intent={{ type: "debugLoop" }}>
                {strings.debugLoop}
              </Action>
            </div>
          )}
        </div>
      )}
      {tests.length > 0 && (
        <>
          <h3 class="for-screen-reader">{strings.tests}</h3>
          <ul class="test-list">
            {tests.map((test, index) => (
              <TestItem key={test.name} test={test} first={index === 0} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function TestItem({ test, first }: { readonly test: TestView; readonly first: boolean }): JSX.Element {
  const { isOpen, setOpen } = usePanel();
  const name = `test:${test.name}`;
  const { failure, output } = test;
  const initially = first && failure !== undefined;
  const row = <TestRow test={test} />;
  if (failure === undefined && output.length === 0) {
    return (
      <li class="test" data-passed={test.passed}>
        <div class="test-row">{row}</div>
      </li>
    );
  }
  return (
    <li class="test" data-passed={test.passed}>
      <details
        open={isOpen(name, initially)}
        onToggle={(event) => {
          if (event.currentTarget.open !== isOpen(name, initially)) setOpen(name, event.currentTarget.open);
        }}
      >
        <summary class="test-row">{row}</summary>
        <div class="test-body">
          {failure !== undefined && <Failure test={test.name} failure={failure} />}
          <ConsoleOutput lines={output} />
        </div>
      </details>
    </li>
  );
}

function TestRow({ test }: { readonly test: TestView }): JSX.Element {
  const { strings } = usePanel();
  return (
    <>
      <Icon name={test.passed ? "pass" : "error"} />
      <span class="for-screen-reader">{test.passed ? strings.passed : strings.failed}: </span>
      <span class="test-title">{test.title}</span>
      <span class="test-orders">{test.orders}</span>
    </>
  );
}
