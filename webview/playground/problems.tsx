/** What went wrong, in words: why the program cannot be run, or what its runs broke. Runs in the playground's page. */
import type { JSX } from "preact";
import type { SimulationFailure } from "../../src/protocol/playgroundMessages.ts";
import type { CountedProblem, Distribution } from "../../src/protocol/simulation.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { usePlayground } from "./context.ts";
import { LineButton } from "./lineButton.tsx";

export function Failure({ failure }: { readonly failure: SimulationFailure }): JSX.Element {
  const { text, line, column } = failure;
  return (
    <div class="problem" role="alert">
      <Icon name="warning" />
      <p>
        {text} {line !== undefined && <LineButton line={line} column={column} />}
      </p>
    </div>
  );
}

export function Problems({ distribution }: { readonly distribution: Distribution }): JSX.Element {
  const { strings } = usePlayground();
  const { problems, runs } = distribution;
  return (
    <section class="problems" aria-labelledby="problems">
      <h3 id="problems">{strings.problems}</h3>
      {problems.length === 0 ? (
        <p class="muted">
          <Icon name="check" /> {strings.noProblems}
        </p>
      ) : (
        <ul>
          {problems.map((counted) => (
            <ProblemItem key={keyOf(counted)} counted={counted} total={runs} />
          ))}
        </ul>
      )}
    </section>
  );
}

function keyOf({ problem }: CountedProblem): string {
  return "reason" in problem ? problem.reason : `${problem.diagnosis} ${String(problem.line ?? 0)}`;
}

function ProblemItem({ counted, total }: { readonly counted: CountedProblem; readonly total: number }): JSX.Element {
  const { strings, locale, workbench } = usePlayground();
  const { problem, runs, first } = counted;
  const line = "reason" in problem ? undefined : problem.line;
  return (
    <li>
      <span class="count">{format(strings.inRuns, runs, total)}</span>
      <span>
        {"reason" in problem ? format(strings.rejectedWith, problem.reason) : problem.message[locale]}{" "}
        <button
          type="button"
          class="link-button"
          onClick={() => {
            workbench.choose(first);
          }}
        >
          {format(strings.showRun, first + 1)}
        </button>
        {line !== undefined && (
          <>
            {" · "}
            <LineButton line={line} />
          </>
        )}
      </span>
    </li>
  );
}
