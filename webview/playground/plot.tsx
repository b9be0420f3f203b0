/** The frame of a chart: axes with their numbers, and what is drawn between them. Runs in the playground's page. */
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Axis } from "../../src/core/layout/axis.ts";

/** CSS pixels around the area of the chart: room for the numbers of the axes. */
const margin = { left: 40, right: 12, top: 18, bottom: 22 } as const;

/** From the units of the axes to CSS pixels. */
export interface Scale {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly area: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

export interface PlotProps {
  readonly across: Axis;
  readonly up: Axis;
  /** CSS pixels. */
  readonly height: number;
  /** Numbers of the axis across as they are written. */
  readonly acrossText: (value: number) => string;
  /** Without them, what is drawn says itself where it stands. */
  readonly acrossTicks?: boolean;
  readonly children: (scale: Scale) => ComponentChildren;
}

export function Plot({ across, up, height, acrossText, acrossTicks = true, children }: PlotProps): JSX.Element {
  const [box, width] = useWidth();
  const area = {
    left: margin.left,
    right: Math.max(margin.left + 10, width - margin.right),
    top: margin.top,
    bottom: height - margin.bottom,
  };
  const scale: Scale = {
    x: (value) => area.left + (value / across.end) * (area.right - area.left),
    y: (value) => area.bottom - (value / up.end) * (area.bottom - area.top),
    area,
  };
  return (
    <div class="plot" ref={box} style={{ height: `${String(height)}px` }}>
      <svg width={width} height={height} aria-hidden="true">
        {up.ticks.map((tick) => (
          <g key={tick} class="tick">
            <line x1={area.left} x2={area.right} y1={scale.y(tick)} y2={scale.y(tick)} />
            <text x={area.left - 6} y={scale.y(tick)} dy="0.32em" text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {acrossTicks &&
          across.ticks.map((tick) => (
            <text key={tick} class="tick" x={scale.x(tick)} y={height - 6} text-anchor="middle">
              {acrossText(tick)}
            </text>
          ))}
        {width > 0 && children(scale)}
      </svg>
    </div>
  );
}

/** Width of an element in CSS pixels, as it is now. */
function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = (): void => {
      setWidth(element.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [box, width];
}
