/** When `main` settles, over all runs: a bar chart from which a run can be picked. Runs in the playground's page. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type TimeBar, type TimesLayout, layoutTimes } from "../../src/core/layout/distributions.ts";
import type { Distribution } from "../../src/protocol/simulation.ts";
import { format } from "../common/format.ts";
import { usePlayground } from "./context.ts";
import { NumberTable } from "./numberTable.tsx";
import { Plot, type Scale } from "./plot.tsx";

export interface TimesChartProps {
  readonly distribution: Distribution;
  /** The run that is shown, from 0, and when it settled. */
  readonly chosen: number;
  readonly deadlineMs: number;
}

export function TimesChart({ distribution, chosen, deadlineMs }: TimesChartProps): JSX.Element {
  const { strings, workbench } = usePlayground();
  const layout = useMemo(() => layoutTimes(distribution), [distribution]);
  const chosenAt = distribution.settledAt[chosen] ?? undefined;
  const pick = (run: number): void => {
    workbench.choose(run);
  };
  return (
    <figure class="chart" aria-labelledby="times">
      <figcaption>
        <h3 id="times">{strings.times}</h3>
        <Marks layout={layout} chosen={chosen} pick={pick} />
      </figcaption>
      {layout.unsettled > 0 && (
        <p class="bad-text">{format(strings.neverSettled, layout.unsettled, distribution.runs)}</p>
      )}
      <BarPicker layout={layout} chosenAt={chosenAt} total={distribution.runs} pick={pick}>
        <Plot across={layout.across} up={layout.up} height={150} acrossText={String}>
          {(scale) => <Drawing layout={layout} scale={scale} chosenAt={chosenAt} deadlineMs={deadlineMs} pick={pick} />}
        </Plot>
      </BarPicker>
      <NumberTable
        caption={strings.times}
        columns={[strings.columns.from, strings.columns.to, strings.columns.runs]}
        rows={layout.bars.map(({ from, to, count }) => [from, to, count])}
      />
    </figure>
  );
}

/** p50, p95 and p99 as buttons, which show the run that settled then; and the first run and the slowest. */
function Marks({
  layout,
  chosen,
  pick,
}: {
  readonly layout: TimesLayout;
  readonly chosen: number;
  readonly pick: (run: number) => void;
}): JSX.Element {
  const { strings } = usePlayground();
  const slowest = layout.bars.at(-1);
  const buttons = [
    ...layout.marks.map(({ name, at, run }) => ({ name: `${name}: ${format(strings.milliseconds, at)}`, run })),
    ...(layout.slowest === undefined || slowest === undefined
      ? []
      : [{ name: strings.slowestRun, run: layout.slowest }]),
  ];
  return (
    <div class="marks">
      {buttons.map(({ name, run }) => (
        <button
          key={name.split(":")[0]}
          type="button"
          class="mark-button"
          aria-pressed={run === chosen}
          title={format(strings.showRun, run + 1)}
          onClick={() => {
            pick(run);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

interface BarPickerProps {
  readonly layout: TimesLayout;
  readonly chosenAt: number | undefined;
  readonly total: number;
  readonly pick: (run: number) => void;
  readonly children: JSX.Element;
}

/** The keyboard's way to a bar: the chart is a slider that moves from bar to bar. */
function BarPicker({ layout, chosenAt, total, pick, children }: BarPickerProps): JSX.Element {
  const { strings } = usePlayground();
  const { bars } = layout;
  const current = bars.findIndex(({ from, to }) => chosenAt !== undefined && chosenAt >= from && chosenAt < to);
  const bar = bars[current];
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: current - 1,
    ArrowDown: current - 1,
    ArrowRight: current + 1,
    ArrowUp: current + 1,
    Home: 0,
    End: bars.length - 1,
  };
  const text =
    bar === undefined
      ? strings.notYet
      : `${format(strings.milliseconds, bar.from)} – ${format(strings.milliseconds, bar.to)}: ${format(strings.inRuns, bar.count, total)}`;
  return (
    <div
      class="bar-picker"
      role="slider"
      tabIndex={0}
      aria-label={strings.times}
      aria-description={strings.timesHelp}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, bars.length - 1)}
      aria-valuenow={Math.max(0, current)}
      aria-valuetext={text}
      onKeyDown={(event) => {
        const next = bars[moves[event.key] ?? -1];
        if (next === undefined) return;
        event.preventDefault();
        pick(next.run);
      }}
    >
      {children}
    </div>
  );
}

interface DrawingProps {
  readonly layout: TimesLayout;
  readonly scale: Scale;
  readonly chosenAt: number | undefined;
  readonly deadlineMs: number;
  readonly pick: (run: number) => void;
}

function Drawing({ layout, scale, chosenAt, deadlineMs, pick }: DrawingProps): JSX.Element {
  const { strings } = usePlayground();
  const { area, x, y } = scale;
  const share = (value: number): number => area.bottom - value * (area.bottom - area.top);
  const steps = layout.settled.map(({ at, share: settled }) => `H${String(x(at))}V${String(share(settled))}`).join("");
  return (
    <>
      {layout.bars.map((bar) => (
        <Bar key={bar.from} bar={bar} scale={scale} chosenAt={chosenAt} pick={pick} />
      ))}
      {steps !== "" && <path class="settled" d={`M${String(area.left)},${String(area.bottom)}${steps}`} />}
      {deadlineMs <= layout.across.end && (
        <g class="deadline">
          <line x1={x(deadlineMs)} x2={x(deadlineMs)} y1={area.top} y2={area.bottom} />
          <title>{strings.deadline}</title>
        </g>
      )}
      {layout.marks.map(({ name, at }) => (
        <g key={name} class="mark">
          <line x1={x(at)} x2={x(at)} y1={area.top - 2} y2={area.bottom} />
        </g>
      ))}
      {spread(layout, x).map(({ names, at }) => (
        <text key={names} class="mark" x={at} y={area.top - 6} text-anchor="middle">
          {names}
        </text>
      ))}
      {chosenAt !== undefined && <path class="chosen" d={`M${String(x(chosenAt))},${String(y(0))}l-5,8h10z`} />}
    </>
  );
}

function Bar({
  bar,
  scale,
  chosenAt,
  pick,
}: { readonly bar: TimeBar } & Omit<DrawingProps, "layout" | "deadlineMs">): JSX.Element {
  const { strings } = usePlayground();
  const { area, x, y } = scale;
  const [left, right] = [x(bar.from), x(bar.to)];
  const holds = chosenAt !== undefined && chosenAt >= bar.from && chosenAt < bar.to;
  return (
    <g
      class="bar"
      data-chosen={holds}
      onClick={() => {
        pick(bar.run);
      }}
    >
      {/* As high as the chart: a low bar is as easy to hit as a high one. */}
      <rect class="hit" x={left} width={right - left} y={area.top} height={area.bottom - area.top} />
      <rect
        class="fill"
        x={left + 0.5}
        width={Math.max(1, right - left - 1)}
        y={y(bar.count)}
        height={y(0) - y(bar.count)}
      />
      <title>
        {`${format(strings.milliseconds, bar.from)} – ${format(strings.milliseconds, bar.to)}: ${String(bar.count)}`}
      </title>
    </g>
  );
}

/** CSS pixels that the name of a mark takes. */
const markWidth = 30;

/** Names of marks that would cover each other are put together. */
function spread(layout: TimesLayout, x: Scale["x"]): readonly { readonly names: string; readonly at: number }[] {
  const groups: { names: string; at: number }[] = [];
  for (const { name, at } of layout.marks) {
    const last = groups.at(-1);
    if (last !== undefined && x(at) - last.at < markWidth * (last.names.split(" ").length * 0.5 + 0.5)) {
      last.names += ` ${name}`;
      last.at = (last.at + x(at)) / 2;
    } else groups.push({ names: name, at: x(at) });
  }
  return groups;
}
