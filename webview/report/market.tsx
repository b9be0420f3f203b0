/** The market view: the formula under the reader's fingers, and what it is worth. Runs in the report's page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import {
  marketBars,
  type MarketBar,
  type MarketInput,
  type MarketInputs,
  marketInputs,
  marketRanges,
  marketReach,
  marketResult,
  marketStart,
} from "../../src/core/layout/market.ts";
import type { MarketStrings } from "../../src/protocol/reportStrings.ts";
import { format } from "../common/format.ts";
import { Slider } from "../common/slider.tsx";

export function Market({ strings }: { readonly strings: MarketStrings }): JSX.Element {
  const [inputs, setInputs] = useState<MarketInputs>(marketStart);
  const result = marketResult(inputs);
  return (
    <>
      <header class="report-header">
        <h1>{strings.title}</h1>
        <p class="summary">{strings.intro}</p>
      </header>
      <div class="market">
        <form
          class="market-form"
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          {marketInputs.map((input) => (
            <Slider
              key={input}
              bounds={marketRanges[input]}
              label={strings[input]}
              text={inputText(strings, input, inputs[input])}
              value={inputs[input]}
              change={(value) => {
                setInputs((before) => ({ ...before, [input]: value }));
              }}
            />
          ))}
          <button
            type="button"
            class="quiet-button"
            onClick={() => {
              setInputs(marketStart);
            }}
          >
            {strings.startOver}
          </button>
        </form>
        <div class="market-result">
          <p class="formula">
            <code>{strings.formula}</code>
          </p>
          <p role="status" class="market-sum">
            {strings.sum}
            {strings.colon}
            <strong>{signed(result.sum)}</strong>
          </p>
          <p class="muted">{strings.sumExplained}</p>
        </div>
        <Bars bars={marketBars(result)} strings={strings} />
      </div>
      <Caveats strings={strings} />
    </>
  );
}

/** A waterfall, drawn as a table whose last column is the drawing. */
function Bars({
  bars,
  strings,
}: {
  readonly bars: readonly MarketBar[];
  readonly strings: MarketStrings;
}): JSX.Element {
  const reach = marketReach(bars);
  const across = (value: number): number => 50 + (50 * value) / reach;
  return (
    <table class="waterfall">
      <thead>
        <tr>
          <th scope="col">{strings.input}</th>
          <th scope="col">{strings.contribution}</th>
          <td class="bar-cell">
            <div class="bar-axis" aria-hidden="true">
              <span>{short(-reach)}</span>
              <span>0</span>
              <span>{short(reach)}</span>
            </div>
          </td>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ input, from, to, value }) => (
          <tr key={input} class={input === "sum" ? "sum" : ""}>
            <th scope="row">{input === "sum" ? strings.sum : strings[input]}</th>
            <td class="number">{signed(value)}</td>
            <td class="bar-cell">
              <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
                {[0.25, 50, 99.75].map((x) => (
                  <line key={x} class={x === 50 ? "zero" : "edge"} x1={x} x2={x} y1="0" y2="14" />
                ))}
                <rect
                  class={value < 0 ? "fill over" : "fill"}
                  x={across(from)}
                  y="2"
                  width={Math.max(0.4, across(to) - across(from))}
                  height="10"
                />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Caveats({ strings }: { readonly strings: MarketStrings }): JSX.Element {
  const { claims, claimList, cannot, cannotList, quotes, quoteList } = strings;
  return (
    <>
      {[
        { title: claims, lines: claimList },
        { title: cannot, lines: cannotList },
      ].map(({ title, lines }) => (
        <section key={title} class="report-section">
          <h2>{title}</h2>
          <ul class="bullets">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <section class="report-section">
        <h2>{quotes}</h2>
        {quoteList.map(({ quote, comment }) => (
          <div key={quote} class="explained">
            <blockquote>{quote}</blockquote>
            <p class="muted">{comment}</p>
          </div>
        ))}
      </section>
    </>
  );
}

function inputText(strings: MarketStrings, input: MarketInput, value: number): string {
  switch (input) {
    case "starGrowth":
      return format(strings.perYear, Math.round(value * 100));
    case "responseDays":
      return format(strings.days, value);
    case "diversity":
      return value.toFixed(2);
  }
}

/** With a real minus, and no more digits than it has. */
function short(value: number): string {
  return value < 0 ? `−${String(-value)}` : String(value);
}

/** With a real minus. */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < -0.004 ? `−${text}` : text;
}
