/** What the mouse, a finger or a wheel does on a chart: hover, click, drag, zoom. Runs in a webview's page. */
import type { TimelineHit } from "../../src/core/timeline/timelineHit.ts";

interface PointerActions {
  hit(x: number, y: number): TimelineHit;
  hover(hit: TimelineHit | undefined, x: number, y: number): void;
  click(hit: TimelineHit): void;
  /** Around `x`. Places are CSS pixels in the chart. */
  zoom(factor: number, x: number): void;
}

/** A hand is not quite still when it clicks, CSS pixels. */
const stillness = 4;

interface Drag {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
  moved: boolean;
}

export function watchPointer(scroller: HTMLElement, canvas: HTMLElement, actions: PointerActions): () => void {
  let drag: Drag | undefined;
  const placeOf = (event: MouseEvent): { readonly x: number; readonly y: number } => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent): void => {
    // A finger scrolls by itself.
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, left: scroller.scrollLeft, top: scroller.scrollTop, moved: false };
    canvas.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const { x, y } = placeOf(event);
    if (drag === undefined) {
      const hit = actions.hit(x, y);
      canvas.toggleAttribute("data-over", hit.event !== undefined);
      actions.hover(hit.event === undefined && hit.lane === undefined ? undefined : hit, x, y);
      return;
    }
    const [right, lower] = [event.clientX - drag.x, event.clientY - drag.y];
    if (Math.hypot(right, lower) > stillness) drag.moved = true;
    if (!drag.moved) return;
    canvas.toggleAttribute("data-dragging", true);
    actions.hover(undefined, x, y);
    scroller.scrollLeft = drag.left - right;
    scroller.scrollTop = drag.top - lower;
  };
  const up = (event: PointerEvent): void => {
    const { x, y } = placeOf(event);
    const isClick = event.pointerType === "mouse" ? drag?.moved === false : event.type === "pointerup";
    drag = undefined;
    canvas.toggleAttribute("data-dragging", false);
    if (isClick && event.type === "pointerup") actions.click(actions.hit(x, y));
  };
  const leave = (): void => {
    actions.hover(undefined, 0, 0);
  };
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    actions.zoom(Math.exp(-event.deltaY / 300), placeOf(event).x);
  };
  const listeners = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", up],
    ["pointerleave", leave],
  ] as const;
  for (const [type, listener] of listeners) canvas.addEventListener(type, listener);
  scroller.addEventListener("wheel", wheel, { passive: false });
  return () => {
    for (const [type, listener] of listeners) canvas.removeEventListener(type, listener);
    scroller.removeEventListener("wheel", wheel);
  };
}
