/** Why a test failed: the kind of bug, what happened, where, and the order of events that shows it. Runs in the panel's page. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { FailureView } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";
import { type DiffLine, diffLines } from "./lineDiff.ts";
import { SourceLink } from "./sourceLink.tsx";
import { Story } from "./story.tsx";

interface FailureProps {
  readonly test: string;
  readonly failure: FailureView;
}

export function Failure({ test, failure }: FailureProps): JSX.Element {
  const { expected, actual, source } = failure;
  return (
    <>
      <div class="diagnosis">
        <h4>{failure.diagnosisTitle}</h4>
        <p class="failure-message">{failure.message}</p>
        <p class="muted">{failure.explanation}</p>
      </div>
      <ul class="facts failure-facts">
        {source !== undefined && (
          <li>
            <SourceLink source={source} place={failure.place} />
          </li>
        )}
        <li>{failure.at}</li>
        <li>
          <Schedule test={test} schedule={failure.schedule} />
        </li>
      </ul>
      {expected !== undefined && actual !== undefined && <Difference expected={expected} actual={actual} />}
      <Story name={test} lines={failure.story} omitted={failure.storyOmitted} />
    </>
  );
}

function Schedule({ test, schedule }: { readonly test: string; readonly schedule: string }): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <span class="schedule" title={strings.scheduleHelp}>
      <span>{strings.schedule}</span>
      <code>{schedule}</code>
      <ScheduleButton
        icon="copy"
        label={strings.copySchedule}
        act={() => {
          post({ type: "copySchedule", test });
        }}
      />
      <ScheduleButton
        icon="graph-line"
        label={strings.showFailure}
        act={() => {
          post({ type: "showFailure", test });
        }}
      />
      <ScheduleButton
        icon="debug-restart"
        label={strings.replayFailure}
        act={() => {
          post({ type: "replayFailure", test });
        }}
      />
    </span>
  );
}

interface ScheduleButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly act: () => void;
}

function ScheduleButton({ icon, label, act }: ScheduleButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}

function Difference({ expected, actual }: { readonly expected: string; readonly actual: string }): JSX.Element {
  const { strings } = usePanel();
  const diff = diffLines(expected, actual);
  return (
    <div class="difference">
      <DiffSide side="expected" label={strings.expected} lines={diff.expected} />
      <DiffSide side="actual" label={strings.actual} lines={diff.actual} />
    </div>
  );
}

interface DiffSideProps {
  readonly side: "expected" | "actual";
  readonly label: string;
  readonly lines: readonly DiffLine[];
}

function DiffSide({ side, label, lines }: DiffSideProps): JSX.Element {
  const id = useId();
  return (
    <div class="diff-side" data-side={side}>
      <p class="diff-label" id={id}>
        {label}
      </p>
      <pre tabIndex={0} role="group" aria-labelledby={id}>
        <code>
          {lines.map(({ text, differs }, index) => (
            <span key={index} class="diff-line" data-differs={differs}>
              {text}
              {"\n"}
            </span>
          ))}
        </code>
      </pre>
    </div>
  );
}

export function ConsoleOutput({ lines }: { readonly lines: readonly string[] }): JSX.Element | null {
  const { strings } = usePanel();
  const id = useId();
  if (lines.length === 0) return null;
  return (
    <div class="console">
      <p class="diff-label" id={id}>
        {strings.console}
      </p>
      <pre tabIndex={0} role="group" aria-labelledby={id}>
        <code>{lines.join("\n")}</code>
      </pre>
    </div>
  );
}
