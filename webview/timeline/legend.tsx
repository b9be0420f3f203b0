/** What the bars of a timeline look like, and what that means. Runs in a webview's page. */
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { barSample, sampleSize } from "../../src/core/timeline/timelineLanes.ts";
import type { Ending } from "../../src/core/timeline/lane.ts";
import type { TimelineTheme } from "../../src/core/timeline/timelineSvg.ts";
import type { TimelineStrings } from "../../src/protocol/timelineMessages.ts";
import { CanvasPainter } from "./canvasPainter.ts";

const endings: readonly Ending[] = ["completed", "failed", "aborted", "cleared", "leaked", "running"];

interface LegendProps {
  readonly theme: TimelineTheme;
  readonly strings: TimelineStrings;
}

export function Legend({ theme, strings }: LegendProps): JSX.Element {
  return (
    <ul class="timeline-legend" aria-label={strings.legend}>
      {endings.map((ending) => (
        <li key={ending}>
          <Sample ending={ending} theme={theme} />
          {strings[ending]}
        </li>
      ))}
    </ul>
  );
}

function Sample({ ending, theme }: { readonly ending: Ending; readonly theme: TimelineTheme }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d", { alpha: false });
    if (canvas.current === null || context === null || context === undefined) return;
    canvas.current.width = Math.round(sampleSize.width * devicePixelRatio);
    canvas.current.height = Math.round(sampleSize.height * devicePixelRatio);
    new CanvasPainter(theme).paint(context, barSample(ending), devicePixelRatio);
  }, [ending, theme]);
  return <canvas ref={canvas} class="timeline-sample" aria-hidden="true" />;
}
