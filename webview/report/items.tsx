/** Item by item: what was asked, what was done, and what decided each point. Runs in the report's page. */
import type { JSX } from "preact";
import type { CriterionView, EvidenceView, ItemView } from "../../src/protocol/reportMessages.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { useReport } from "./context.ts";
import { Meter } from "./result.tsx";

export function Items({ items }: { readonly items: readonly ItemView[] }): JSX.Element {
  return (
    <ol class="items">
      {items.map((item) => (
        <li key={item.id}>
          <Item item={item} />
        </li>
      ))}
    </ol>
  );
}

function Item({ item }: { readonly item: ItemView }): JSX.Element {
  const { heading, skill, total, notes, time } = item;
  const outcome = total.share >= 0.9995 ? "full" : total.share > 0 ? "part" : "none";
  const icon = { full: "pass-filled", part: "circle-slash", none: "error" } as const;
  return (
    <details class="item" data-outcome={outcome} data-item={item.id}>
      <summary>
        <Icon name={icon[outcome]} />
        <span class="item-heading">
          {heading}
          <span class="muted item-facts">
            {[skill, `${time.usedText} / ${time.plannedText}`, ...notes].join(" · ")}
          </span>
        </span>
        <span class="number">{total.text}</span>
      </summary>
      <Evidence item={item} />
    </details>
  );
}

function Evidence({ item }: { readonly item: ItemView }): JSX.Element {
  const { strings, post } = useReport();
  const { prompt, code, coding, answer, notGraded, criteria } = item;
  return (
    <div class="evidence">
      <p class="prompt">{prompt}</p>
      {code !== undefined && !coding && <CodeBlock code={code} label={item.heading} />}
      {code !== undefined && coding && (
        <button
          type="button"
          class="link-button"
          onClick={() => {
            post({ type: "openCode", item: item.id });
          }}
        >
          <Icon name="go-to-file" />
          {strings.openCode}
        </button>
      )}
      {notGraded !== undefined && <p class="not-graded">{notGraded}</p>}
      {answer !== undefined && (
        <dl class="answer">
          <div>
            <dt>{strings.yourAnswer}</dt>
            <dd class="marked" data-passed={answer.isRight}>
              <Icon name={answer.isRight ? "pass-filled" : "error"} />
              <span class="plain">{answer.chosen ?? strings.noAnswer}</span>
            </dd>
          </div>
          {!answer.isRight && (
            <div>
              <dt>{strings.rightAnswer}</dt>
              <dd class="plain">{answer.right}</dd>
            </div>
          )}
          <div>
            <dt>{strings.explanation}</dt>
            <dd>{answer.why}</dd>
          </div>
        </dl>
      )}
      {criteria.map((criterion) => (
        <Criterion key={criterion.title} item={item.id} criterion={criterion} />
      ))}
    </div>
  );
}

function CodeBlock({ code, label }: { readonly code: string; readonly label: string }): JSX.Element {
  return (
    <pre class="plain-code" tabIndex={0} role="group" aria-label={label}>
      {code}
    </pre>
  );
}

interface CriterionProps {
  readonly item: string;
  readonly criterion: CriterionView;
}

function Criterion({ item, criterion }: CriterionProps): JSX.Element {
  const { strings } = useReport();
  const { title, total, evidence } = criterion;
  return (
    <details class="criterion">
      <summary>
        <span class="criterion-title">{title}</span>
        <span class="number">{total.text}</span>
        <Meter total={total} />
        <span class="for-screen-reader">{strings.showEvidence}</span>
      </summary>
      <ul class="tests">
        {evidence.map((each) => (
          <Test key={each.test} item={item} evidence={each} />
        ))}
      </ul>
    </details>
  );
}

function Test({ item, evidence }: { readonly item: string; readonly evidence: EvidenceView }): JSX.Element {
  const { strings, post } = useReport();
  const { test, title, passed, diagnosis, message, schedule, line } = evidence;
  return (
    <li>
      <div class="marked test-head" data-passed={passed}>
        <Icon name={passed ? "pass-filled" : "error"} />
        <span class="test-title">
          {title} <span class="for-screen-reader">{passed ? strings.passed : strings.failed}</span>
        </span>
        <button
          type="button"
          class="quiet-button"
          aria-label={format(strings.replayTest, test)}
          onClick={() => {
            post({ type: "replay", item, test });
          }}
        >
          <Icon name="debug-restart" />
          {strings.replay}
        </button>
      </div>
      {diagnosis !== undefined && (
        <p class="test-failure">
          <strong>{diagnosis}</strong> {message}{" "}
          <span class="muted">
            {schedule !== undefined && (
              <>
                {strings.schedule} <code>{schedule}</code>
              </>
            )}
            {line !== undefined && ` · ${format(strings.line, line)}`}
          </span>
        </p>
      )}
    </li>
  );
}
