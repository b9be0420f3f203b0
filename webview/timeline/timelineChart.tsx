/** One run as a chart, in the page's tree: hands what is to be drawn to its surface, and shows what the pointer is over. Runs in a webview's page. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TimelineHit } from "../../src/core/timeline/timelineHit.ts";
import { type ChartContent, ChartSurface } from "./chartSurface.ts";
import type { ViewportStore } from "./viewport.ts";

interface TimelineChartProps {
  readonly content: ChartContent;
  readonly viewport: ViewportStore;
  /** What a screen reader calls it. */
  readonly label: string;
  /** The id of what says how it is used. */
  readonly help: string;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onClick: (hit: TimelineHit) => void;
  /** What to say of a place. */
  readonly tell: (hit: TimelineHit) => readonly string[];
  /** Where the chart can be asked to zoom, or to show its current event. */
  readonly surface: { current: ChartSurface | undefined };
}

interface Hover {
  readonly hit: TimelineHit;
  readonly x: number;
  readonly y: number;
}

export function TimelineChart(props: TimelineChartProps): JSX.Element {
  const { content, viewport, label, help, surface } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const extent = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [hover, setHover] = useState<Hover>();

  useLayoutEffect(() => {
    if (scroller.current === null || extent.current === null || canvas.current === null) return undefined;
    const elements = { scroller: scroller.current, extent: extent.current, canvas: canvas.current };
    const made = new ChartSurface(elements, viewport, latest.current.content, {
      hover: (hit, x, y) => {
        setHover(hit === undefined ? undefined : { hit, x, y });
      },
      click: (hit) => {
        latest.current.onClick(hit);
      },
    });
    surface.current = made;
    return () => {
      surface.current = undefined;
      made.dispose();
    };
  }, [viewport, surface]);
  useLayoutEffect(() => {
    surface.current?.update(content);
  }, [content, surface]);

  return (
    <div class="timeline-chart">
      <div
        ref={scroller}
        class="timeline-scroller"
        tabIndex={0}
        role="application"
        aria-label={label}
        aria-describedby={help}
        onKeyDown={props.onKey}
      >
        <div ref={extent} class="timeline-extent" />
        <canvas ref={canvas} class="timeline-canvas" />
      </div>
      {hover !== undefined && <Tooltip hover={hover} lines={props.tell(hover.hit)} />}
    </div>
  );
}

/** Between the pointer and what it tells, CSS pixels. */
const distance = 14;

function Tooltip({ hover, lines }: { readonly hover: Hover; readonly lines: readonly string[] }): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    const around = element?.parentElement;
    if (element === null || around === null || around === undefined) return;
    const right = hover.x + distance + element.offsetWidth > around.clientWidth;
    const below = hover.y + distance + element.offsetHeight > around.clientHeight;
    const x = right ? hover.x - distance - element.offsetWidth : hover.x + distance;
    const y = below ? hover.y - distance - element.offsetHeight : hover.y + distance;
    element.style.translate = `${String(Math.max(0, x))}px ${String(Math.max(0, y))}px`;
  });
  if (lines.length === 0) return null;
  return (
    <div ref={box} class="timeline-tooltip" aria-hidden="true">
      {lines.map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </div>
  );
}
