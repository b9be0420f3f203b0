/** Results obtained, and requests in flight over time, over all runs. Runs in the playground's page. */
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { type FlightPoint, layoutInFlight, layoutResults } from "../../src/core/layout/distributions.ts";
import type { Distribution } from "../../src/protocol/simulation.ts";
import { format } from "../common/format.ts";
import { usePlayground } from "./context.ts";
import { NumberTable } from "./numberTable.tsx";
import { Plot, type Scale } from "./plot.tsx";

/** CSS pixels. */
const height = 130;

export function ResultsChart({ distribution }: { readonly distribution: Distribution }): JSX.Element {
  const { strings, workbench } = usePlayground();
  const layout = useMemo(() => layoutResults(distribution), [distribution]);
  const name = (from: number, to: number): string => (from === to ? String(from) : `${String(from)}–${String(to)}`);
  return (
    <figure class="chart" aria-labelledby="results">
      <figcaption>
        <h3 id="results">{strings.results}</h3>
      </figcaption>
      {layout === undefined ? (
        <p class="muted">{strings.noResults}</p>
      ) : (
        <>
          <Plot
            across={{ end: layout.bars.length, ticks: [] }}
            up={layout.up}
            height={height}
            acrossText={String}
            acrossTicks={false}
          >
            {({ x, y, area }) =>
              layout.bars.map(({ from, to, count, run }, place) => (
                <g
                  key={from}
                  class="bar"
                  onClick={() => {
                    if (run !== undefined) workbench.choose(run);
                  }}
                >
                  <rect class="hit" x={x(place)} width={x(1) - x(0)} y={area.top} height={area.bottom - area.top} />
                  <rect
                    class="fill"
                    x={x(place) + 2}
                    width={Math.max(1, x(1) - x(0) - 4)}
                    y={y(count)}
                    height={y(0) - y(count)}
                  />
                  {(layout.bars.length <= 14 || place % 5 === 0) && (
                    <text class="tick" x={x(place + 0.5)} y={height - 6} text-anchor="middle">
                      {name(from, to)}
                    </text>
                  )}
                  <title>{`${name(from, to)}: ${String(count)}`}</title>
                </g>
              ))
            }
          </Plot>
          <NumberTable
            caption={strings.results}
            columns={[strings.columns.results, strings.columns.runs]}
            rows={layout.bars.map(({ from, to, count }) => [name(from, to), count])}
          />
        </>
      )}
    </figure>
  );
}

export function FlightChart({ distribution }: { readonly distribution: Distribution }): JSX.Element {
  const { strings } = usePlayground();
  const { inFlight } = distribution;
  const layout = useMemo(() => layoutInFlight(inFlight), [inFlight]);
  return (
    <figure class="chart" aria-labelledby="inFlight">
      <figcaption>
        <h3 id="inFlight">{strings.inFlight}</h3>
      </figcaption>
      <Plot across={layout.across} up={layout.up} height={height} acrossText={String}>
        {(scale) => (
          <>
            <path class="band" d={bandPath(layout.points, scale)} />
            <path class="middle" d={linePath(layout.points, scale, ({ median }) => median)} />
          </>
        )}
      </Plot>
      <p class="muted small">{format(strings.inFlightHelp, inFlight.peak)}</p>
      <NumberTable
        caption={strings.inFlight}
        columns={[strings.columns.time, strings.columns.low, strings.columns.median, strings.columns.high]}
        rows={layout.points.map(({ at, low, median, high }) => [at, low, median, high])}
      />
    </figure>
  );
}

type Level = (point: FlightPoint) => number;

/** Numbers of requests stay as they are until they change: a line with steps. */
function linePath(points: readonly FlightPoint[], { x, y }: Scale, level: Level): string {
  return points
    .map((point, place) =>
      place === 0
        ? `M${String(x(point.at))},${String(y(level(point)))}`
        : `H${String(x(point.at))}V${String(y(level(point)))}`,
    )
    .join("");
}

function bandPath(points: readonly FlightPoint[], scale: Scale): string {
  const { x, y } = scale;
  // Backwards, a level holds from a point to the one after it, so it is taken from the earlier of the two.
  const lower = [...points].reverse().flatMap((_, place, all) => {
    const earlier = all[place + 1];
    return earlier === undefined ? [] : [`V${String(y(earlier.low))}H${String(x(earlier.at))}`];
  });
  return `${linePath(points, scale, ({ high }) => high)}${lower.join("")}Z`;
}
