/** The form that says how the outside behaves. Any change of it runs at once. Runs in the playground's page. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import {
  type LatencyRange,
  type LatencyShape,
  type Scenario,
  defaultScenario,
  latencyOf,
  latencyShapes,
  scenarioBounds as bounds,
} from "../../src/protocol/simulation.ts";
import { format } from "../common/format.ts";
import { Icon } from "../common/icon.tsx";
import { Slider } from "../common/slider.tsx";
import { usePlayground } from "./context.ts";

export function ScenarioForm({ scenario }: { readonly scenario: Scenario }): JSX.Element {
  const { strings, workbench } = usePlayground();
  const ms = (value: number): string => format(strings.milliseconds, value);
  const change = (part: Partial<Scenario>): void => {
    workbench.change(part);
  };
  return (
    <section class="scenario" aria-labelledby="scenario">
      <h2 id="scenario">{strings.scenario}</h2>
      <div class="fields">
        <Slider
          label={strings.endpoints}
          value={scenario.endpoints}
          bounds={bounds.endpoints}
          text={String(scenario.endpoints)}
          change={(endpoints) => {
            change({ endpoints });
          }}
        />
        <RangeSliders
          range={scenario.latency}
          change={(latency) => {
            change({ latency });
          }}
        />
        <ShapeField
          shape={scenario.shape}
          change={(shape) => {
            change({ shape });
          }}
        />
        <Slider
          label={strings.failures}
          value={scenario.failurePercent}
          bounds={bounds.failurePercent}
          text={`${String(scenario.failurePercent)}%`}
          change={(failurePercent) => {
            change({ failurePercent });
          }}
        />
        <Slider
          label={strings.deadline}
          value={scenario.deadlineMs}
          bounds={bounds.deadlineMs}
          text={ms(scenario.deadlineMs)}
          change={(deadlineMs) => {
            change({ deadlineMs });
          }}
        />
        <Slider
          label={strings.limit}
          value={scenario.limit}
          bounds={bounds.limit}
          text={String(scenario.limit)}
          change={(limit) => {
            change({ limit });
          }}
        />
        <CancelField at={scenario.cancelAtMs} change={change} />
        <Slider
          label={strings.runs}
          value={scenario.runs}
          bounds={bounds.runs}
          text={String(scenario.runs)}
          change={(runs) => {
            change({ runs });
          }}
        />
        <SeedField
          seed={scenario.seed}
          change={(seed) => {
            change({ seed });
          }}
        />
      </div>
      <Exceptions scenario={scenario} change={change} />
    </section>
  );
}

interface RangeProps {
  readonly range: LatencyRange;
  readonly change: (range: LatencyRange) => void;
}

/** One end pushes the other before it. */
function RangeSliders({ range, change }: RangeProps): JSX.Element {
  const { strings } = usePlayground();
  const { minMs, maxMs } = range;
  return (
    <>
      <Slider
        label={strings.fastest}
        value={minMs}
        bounds={bounds.latencyMs}
        text={format(strings.milliseconds, minMs)}
        change={(value) => {
          change({ minMs: value, maxMs: Math.max(value, maxMs) });
        }}
      />
      <Slider
        label={strings.slowest}
        value={maxMs}
        bounds={bounds.latencyMs}
        text={format(strings.milliseconds, maxMs)}
        change={(value) => {
          change({ minMs: Math.min(value, minMs), maxMs: value });
        }}
      />
    </>
  );
}

function ShapeField({
  shape,
  change,
}: {
  readonly shape: LatencyShape;
  readonly change: (shape: LatencyShape) => void;
}): JSX.Element {
  const { strings } = usePlayground();
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{strings.shape}</label>
      <select
        id={id}
        value={shape}
        onChange={({ currentTarget }) => {
          const chosen = latencyShapes.find((name) => name === currentTarget.value);
          if (chosen !== undefined) change(chosen);
        }}
      >
        {latencyShapes.map((name) => (
          <option key={name} value={name}>
            {strings.shapes[name]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Virtual ms at which a caller gives up who has not been told when. */
const usualCancelMs = 200;

function CancelField({
  at,
  change,
}: {
  readonly at: number | null;
  readonly change: (part: Partial<Scenario>) => void;
}): JSX.Element {
  const { strings } = usePlayground();
  return (
    <div class="cancel-field">
      <label class="check">
        <input
          type="checkbox"
          checked={at !== null}
          onChange={({ currentTarget }) => {
            change({ cancelAtMs: currentTarget.checked ? usualCancelMs : null });
          }}
        />
        {strings.cancels}
      </label>
      {at !== null && (
        <Slider
          label={strings.cancelAt}
          value={at}
          bounds={bounds.cancelAtMs}
          text={format(strings.milliseconds, at)}
          change={(cancelAtMs) => {
            change({ cancelAtMs });
          }}
        />
      )}
    </div>
  );
}

function SeedField({ seed, change }: { readonly seed: number; readonly change: (seed: number) => void }): JSX.Element {
  const { strings } = usePlayground();
  const id = useId();
  const { min, max } = bounds.seed;
  return (
    <div class="field seed">
      <label for={id}>{strings.seed}</label>
      <input
        id={id}
        type="number"
        min={min}
        max={max}
        step={1}
        value={seed}
        onChange={({ currentTarget }) => {
          const value = Math.round(Number(currentTarget.value));
          if (value >= min && value <= max) change(value);
          else currentTarget.value = String(seed);
        }}
      />
      <button
        type="button"
        class="icon-button"
        title={strings.newSeed}
        aria-label={strings.newSeed}
        onClick={() => {
          // The next one, not a random one: what somebody saw can be found again.
          change(seed >= max ? min : seed + 1);
        }}
      >
        <Icon name="refresh" />
      </button>
    </div>
  );
}

interface ExceptionsProps {
  readonly scenario: Scenario;
  readonly change: (part: Partial<Scenario>) => void;
}

function Exceptions({ scenario, change }: ExceptionsProps): JSX.Element {
  const { strings } = usePlayground();
  const overrides = scenario.overrides.filter(({ endpoint }) => endpoint < scenario.endpoints);
  const free = Array.from({ length: scenario.endpoints }, (_, endpoint) => endpoint).find(
    (endpoint) => !overrides.some((override) => override.endpoint === endpoint),
  );
  const set = (endpoint: number, range: LatencyRange | undefined): void => {
    const others = scenario.overrides.filter((override) => override.endpoint !== endpoint);
    const added = range === undefined ? [] : [{ ...range, endpoint }];
    change({ overrides: [...others, ...added].sort((one, other) => one.endpoint - other.endpoint) });
  };
  return (
    <div class="exceptions">
      {overrides.length > 0 && <h3>{strings.exceptions}</h3>}
      {overrides.map(({ endpoint }) => (
        <fieldset key={endpoint}>
          <legend>{format(strings.endpoint, endpoint + 1)}</legend>
          <RangeSliders
            range={latencyOf(scenario, endpoint)}
            change={({ minMs, maxMs }) => {
              set(endpoint, { minMs, maxMs });
            }}
          />
          <button
            type="button"
            class="icon-button"
            title={format(strings.removeException, endpoint + 1)}
            aria-label={format(strings.removeException, endpoint + 1)}
            onClick={() => {
              set(endpoint, undefined);
            }}
          >
            <Icon name="close" />
          </button>
        </fieldset>
      ))}
      <div class="row">
        {free !== undefined && (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              const { minMs, maxMs } = scenario.latency;
              // Twice as slow: a difference that can be seen.
              set(free, { minMs, maxMs: Math.min(bounds.latencyMs.max, maxMs * 2) });
            }}
          >
            <Icon name="add" />
            {strings.addException}
          </button>
        )}
        <button
          type="button"
          class="link-button"
          onClick={() => {
            change(defaultScenario);
          }}
        >
          <Icon name="discard" />
          {strings.resetScenario}
        </button>
      </div>
    </div>
  );
}
