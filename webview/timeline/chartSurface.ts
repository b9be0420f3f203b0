/**
 * One chart on the screen: a canvas that stays in place while a box behind it scrolls, so that scroll bars, wheel and touch
 * work as everywhere. It draws when something has changed, at most once a frame. Runs in a webview's page.
 */
import { hitTimeline, type TimelineHit } from "../../src/core/timeline/timelineHit.ts";
import { layoutTimeline } from "../../src/core/timeline/timelineLayout.ts";
import { indexRows, type RowIndex, type TimelinePicture } from "../../src/core/timeline/timelinePicture.ts";
import type { TimelineTheme } from "../../src/core/timeline/timelineSvg.ts";
import {
  contentHeight,
  contentWidth,
  showEvent,
  type TimelineScale,
  type TimelineView,
  zoomAt,
} from "../../src/core/timeline/timelineView.ts";
import { CanvasPainter } from "./canvasPainter.ts";
import { watchPointer } from "./pointer.ts";
import type { ViewportStore } from "./viewport.ts";

export interface ChartContent {
  readonly picture: TimelinePicture;
  readonly scale: TimelineScale;
  readonly domain: number;
  readonly theme: TimelineTheme;
}

export interface ChartElements {
  readonly scroller: HTMLElement;
  /** As large as the whole run at this zoom. */
  readonly extent: HTMLElement;
  readonly canvas: HTMLCanvasElement;
}

export interface ChartEvents {
  /** `undefined`: the pointer is over nothing. Places are CSS pixels in the chart. */
  hover(hit: TimelineHit | undefined, x: number, y: number): void;
  click(hit: TimelineHit): void;
}

/** Of the names of lanes, CSS pixels. */
const widestGutter = 280;

/** Shapes of the last frame, for those who measure: tests and the benchmark. */
const drawnAttribute = "data-shapes";

export class ChartSurface {
  readonly #elements: ChartElements;
  readonly #viewport: ViewportStore;
  readonly #stops: readonly (() => void)[];
  #content: ChartContent;
  #painter: CanvasPainter;
  #rowOf: RowIndex;
  #frame = 0;

  constructor(elements: ChartElements, viewport: ViewportStore, content: ChartContent, events: ChartEvents) {
    this.#elements = elements;
    this.#viewport = viewport;
    this.#content = content;
    this.#painter = new CanvasPainter(content.theme);
    this.#rowOf = indexRows(content.picture.model, content.picture.rows);
    this.#stops = this.#listen(events);
    // The first picture does not wait for a frame.
    this.#paint();
  }

  update(content: ChartContent): void {
    const { theme, picture } = this.#content;
    if (content.theme !== theme) this.#painter = new CanvasPainter(content.theme);
    const { model, rows } = content.picture;
    if (model !== picture.model || rows !== picture.rows) this.#rowOf = indexRows(model, rows);
    this.#content = content;
    this.#schedule();
  }

  /** Scrolls so that the current event can be seen. */
  showCurrent(): void {
    const { scroller } = this.#elements;
    const { current, model } = this.#content.picture;
    if (current === undefined) return;
    const row = this.#rowOf[model.laneOf[current] ?? -1] ?? -1;
    const shown = showEvent(this.#view(), model.events, current, row < 0 ? undefined : row);
    if (Math.abs(shown.top - scroller.scrollTop) >= 1) scroller.scrollTop = Math.round(shown.top);
    this.#apply(shown);
  }

  /** @param x CSS pixels; what is there stays there */
  zoomBy(factor: number, x?: number): void {
    const shown = this.#view();
    this.#apply(zoomAt(shown, shown.zoom * factor, x ?? (shown.gutter + shown.width) / 2));
  }

  fit(): void {
    this.#viewport.set({ zoom: 1, left: 0 });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
  }

  #listen(events: ChartEvents): readonly (() => void)[] {
    const { scroller, canvas } = this.#elements;
    const schedule = (): void => {
      this.#schedule();
    };
    const scrolled = (): void => {
      const { zoom, left } = this.#viewport.current;
      // The browser rounds; only what somebody scrolled counts.
      if (Math.abs(scroller.scrollLeft - left) >= 1) this.#viewport.set({ zoom, left: scroller.scrollLeft });
      this.#schedule();
    };
    const resized = new ResizeObserver(schedule);
    resized.observe(scroller);
    scroller.addEventListener("scroll", scrolled, { passive: true });
    return [
      this.#viewport.observe(schedule),
      watchPointer(scroller, canvas, {
        ...events,
        hit: (x, y) => hitTimeline(this.#content.picture, this.#view(), x, y),
        zoom: (factor, x) => {
          this.zoomBy(factor, x);
        },
      }),
      () => {
        resized.disconnect();
        scroller.removeEventListener("scroll", scrolled);
      },
    ];
  }

  #view(): TimelineView {
    const { scroller } = this.#elements;
    const { scale, domain } = this.#content;
    const { zoom, left } = this.#viewport.current;
    const width = scroller.clientWidth;
    const gutter = Math.round(Math.min(widestGutter, width * 0.3));
    return { scale, zoom, left, top: scroller.scrollTop, width, height: scroller.clientHeight, gutter, domain };
  }

  #apply({ zoom, left }: TimelineView): void {
    this.#viewport.set({ zoom, left });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #paint(): void {
    const { canvas } = this.#elements;
    const view = this.#view();
    this.#resize(view);
    const context = canvas.getContext("2d", { alpha: false });
    if (context === null || view.width === 0 || view.height === 0) return;
    const drawing = layoutTimeline(this.#content.picture, this.#rowOf, view);
    this.#painter.paint(context, drawing, devicePixelRatio);
    canvas.setAttribute(drawnAttribute, String(drawing.layers.reduce((sum, { shapes }) => sum + shapes.length, 0)));
  }

  #resize(view: TimelineView): void {
    const { scroller, extent, canvas } = this.#elements;
    setLength(extent, "width", view.gutter + contentWidth(view));
    setLength(extent, "height", contentHeight(this.#content.picture.rows.length));
    if (Math.abs(scroller.scrollLeft - view.left) >= 1) scroller.scrollLeft = Math.round(view.left);
    const [width, height] = [Math.round(view.width * devicePixelRatio), Math.round(view.height * devicePixelRatio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    setLength(canvas, "width", view.width);
    setLength(canvas, "height", view.height);
  }
}

function setLength(element: HTMLElement, side: "width" | "height", length: number): void {
  const text = `${String(length)}px`;
  if (element.style[side] !== text) element.style[side] = text;
}
