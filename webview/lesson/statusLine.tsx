/** The line that stays at the top of the panel: how the exercise stands, and Run. Runs in the panel's page. */
import type { JSX } from "preact";
import type { PanelPart, ResultView } from "../../src/protocol/lessonPanelMessages.ts";
import type { LessonPanelStrings } from "../../src/protocol/lessonPanelStrings.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

export type Standing = "none" | "running" | "passed" | "failed";

export function standingOf(result: ResultView): Standing {
  if (result.kind === "graded") return result.passed ? "passed" : "failed";
  return result.kind;
}

export const standingIcons: Readonly<Record<Standing, string>> = {
  none: "circle-large-outline",
  running: "loading",
  passed: "pass-filled",
  failed: "error",
};

interface StatusLineProps {
  readonly result: ResultView;
  /** The reader was led to another part and can go back. */
  readonly away: boolean;
  readonly jump: (part: PanelPart) => void;
  readonly back: () => void;
}

export function StatusLine({ result, away, jump, back }: StatusLineProps): JSX.Element {
  const { strings } = usePanel();
  const standing = standingOf(result);
  const stale = result.kind === "graded" && result.stale;
  return (
    <header class="status-line" data-standing={standing} data-stale={stale}>
      <button
        type="button"
        class="status-headline"
        onClick={() => {
          jump("result");
        }}
      >
        <Icon name={standingIcons[standing]} spin={standing === "running"} />
        <span class="status-words">
          <span class="status-text">{headline(result, strings)}</span>
          {result.kind === "graded" && <span class="status-detail">{stale ? strings.stale : result.duration}</span>}
        </span>
      </button>
      {away && (
        <button type="button" class="quiet-button" title={strings.backToText} onClick={back}>
          <Icon name="arrow-up" />
          <span>{strings.backToText}</span>
        </button>
      )}
      <RunButton running={standing === "running"} />
      {result.kind === "running" && <RunProgress progress={result.progress} label={result.headline} />}
    </header>
  );
}

function headline(result: ResultView, strings: LessonPanelStrings): string {
  return result.kind === "none" ? strings.notGradedYet : result.headline;
}

/** Run, or Stop while a run is under way: one button, so that the keyboard focus stays. */
export function RunButton({ running }: { readonly running: boolean }): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <button
      type="button"
      class={running ? "button secondary" : "button"}
      onClick={() => {
        post({ type: running ? "stop" : "run" });
      }}
    >
      <Icon name={running ? "debug-stop" : "play"} />
      {running ? strings.stop : strings.run}
    </button>
  );
}

interface RunProgressProps {
  readonly progress: { readonly done: number; readonly total: number } | undefined;
  readonly label: string;
}

function RunProgress({ progress, label }: RunProgressProps): JSX.Element {
  return (
    <progress
      class="run-progress"
      aria-label={label}
      {...(progress === undefined ? {} : { value: progress.done, max: Math.max(progress.total, 1) })}
    />
  );
}
