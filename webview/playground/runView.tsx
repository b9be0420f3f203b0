/** The one run that is shown: how it ended, and its events. Runs in the playground's page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ChosenRun } from "../../src/protocol/simulation.ts";
import type { ToldTrace } from "../../src/protocol/timelineMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { usePlayground } from "./context.ts";
import { LineButton } from "./lineButton.tsx";
import { type ExplorerMemory, freshMemory } from "../timeline/explorerMemory.ts";
import { TimelineExplorer } from "../timeline/timelineExplorer.tsx";

export interface RunViewProps {
  readonly run: ChosenRun;
  readonly told: ToldTrace;
  /** Runs of the scenario. */
  readonly total: number;
}

export function RunView({ run, told, total }: RunViewProps): JSX.Element {
  const { strings, locale } = usePlayground();
  const { problem, reason } = run;
  const { line } = problem ?? {};
  return (
    <section class="one-run" aria-labelledby="one-run">
      <div class="row">
        <h2 id="one-run">{strings.oneRun}</h2>
        <RunStepper run={run.run} total={total} />
      </div>
      <p class="outcome" data-end={run.end}>
        <Icon name={run.end === "fulfilled" ? "pass" : run.end === "cancelled" ? "circle-slash" : "error"} />
        <span>
          {format(strings.ends[run.end], Math.round(run.at))}
          {reason !== undefined && <code> {reason}</code>}
          {run.results !== null && ` · ${format(strings.withResults, run.results)}`}
        </span>
      </p>
      {problem !== undefined && (
        <p class="bad-text">
          {problem.message[locale]} {line !== undefined && <LineButton line={line} />}
        </p>
      )}
      <div class="run-timeline">
        <RunTimeline told={told} title={format(strings.runNumber, run.run + 1, total)} />
      </div>
      {run.output.length > 0 && (
        <details class="output" open>
          <summary>{strings.output}</summary>
          <pre tabIndex={0}>{run.output.join("\n")}</pre>
        </details>
      )}
    </section>
  );
}

function RunTimeline({ told, title }: { readonly told: ToldTrace; readonly title: string }): JSX.Element {
  const { timeline, reveal, post, report } = usePlayground();
  const [moment, setMoment] = useState<number | null>(null);
  /** How one likes to look at runs stays from run to run. */
  const [memory, setMemory] = useState<ExplorerMemory>(freshMemory);
  useEffect(() => {
    setMoment(null);
  }, [told]);
  return (
    <TimelineExplorer
      run={told}
      moment={moment}
      lines={[]}
      strings={timeline}
      title={title}
      summary={null}
      memory={memory}
      onKeep={setMemory}
      onMove={setMoment}
      onReveal={(line, focus) => {
        reveal(line, 1, focus);
      }}
      onSave={{
        svg: (svg) => {
          post({ type: "saveSvg", svg });
        },
        png: (png) => {
          post({ type: "savePng", png });
        },
      }}
      onProblem={report}
    />
  );
}

function RunStepper({ run, total }: { readonly run: number; readonly total: number }): JSX.Element {
  const { strings, workbench } = usePlayground();
  const step = (name: string, icon: string, to: number): JSX.Element => (
    <button
      type="button"
      class="icon-button"
      title={name}
      aria-label={name}
      aria-disabled={to < 0 || to >= total}
      onClick={() => {
        workbench.choose(to);
      }}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="stepper">
      {step(strings.firstRun, "debug-restart", 0)}
      {step(strings.previousRun, "chevron-left", run - 1)}
      <span>{format(strings.runNumber, run + 1, total)}</span>
      {step(strings.nextRun, "chevron-right", run + 1)}
    </div>
  );
}
