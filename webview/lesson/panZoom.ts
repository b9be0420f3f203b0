/**
 * Zooms a drawing inside its view and lets a mouse drag it. The view is a scrolling box, so the arrow keys, the wheel
 * and a finger pan it as they do anywhere else. Runs in the panel's page.
 */
export interface PanZoom {
  zoom(factor: number): void;
  /** The whole width in the view; also the way back to what it was at first. */
  fit(): void;
  dispose(): void;
}

const largest = 4;
const smallest = 0.2;
/** At first a drawing is not made smaller than this, so that its words can be read; then it scrolls. */
const readable = 0.65;
export const zoomStep = 1.25;

export function attachPanZoom(view: HTMLElement, drawing: SVGSVGElement): PanZoom {
  const { width, height } = naturalSize(drawing);
  let scale = 1;
  let mode: "readable" | "fitted" | "zoomed" = "readable";

  function apply(next: number, pointX = view.clientWidth / 2, pointY = view.clientHeight / 2): void {
    const before = scale;
    scale = Math.min(largest, Math.max(smallest, next));
    const left = view.scrollLeft + pointX;
    const top = view.scrollTop + pointY;
    drawing.style.width = `${String(width * scale)}px`;
    drawing.style.height = `${String(height * scale)}px`;
    view.scrollLeft = (left * scale) / before - pointX;
    view.scrollTop = (top * scale) / before - pointY;
    view.toggleAttribute("data-pannable", width * scale > view.clientWidth || height * scale > view.clientHeight);
  }

  const fitting = (): number => Math.min(1, innerWidthOf(view) / width);
  const refit = (): void => {
    if (mode !== "zoomed") apply(mode === "fitted" ? fitting() : Math.max(fitting(), readable));
  };
  /** From the first zoom the view keeps its height: what is zoomed scrolls in it and pushes nothing away. */
  const hold = (): void => {
    if (mode !== "zoomed") view.style.height = `${String(view.offsetHeight)}px`;
    mode = "zoomed";
  };
  const onWheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const box = view.getBoundingClientRect();
    hold();
    apply(scale * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
  };
  // A frame later: the new size may bring or take a scroll bar, which would be reported in the same round.
  let frame = 0;
  const resized = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(refit);
  });
  resized.observe(view);
  view.addEventListener("wheel", onWheel, { passive: false });
  const stopDragging = dragToScroll(view);
  refit();

  return {
    zoom(factor) {
      hold();
      apply(scale * factor);
    },
    fit() {
      mode = "fitted";
      view.style.height = "";
      refit();
    },
    dispose() {
      resized.disconnect();
      cancelAnimationFrame(frame);
      view.removeEventListener("wheel", onWheel);
      stopDragging();
    },
  };
}

function dragToScroll(view: HTMLElement): () => void {
  let last: { readonly x: number; readonly y: number } | undefined;
  const down = (event: PointerEvent): void => {
    if (event.pointerType !== "mouse" || event.button !== 0 || !view.hasAttribute("data-pannable")) return;
    // On the scroll bars the browser drags by itself.
    const box = view.getBoundingClientRect();
    if (event.clientX - box.left > view.clientWidth || event.clientY - box.top > view.clientHeight) return;
    last = { x: event.clientX, y: event.clientY };
    view.setPointerCapture(event.pointerId);
    view.toggleAttribute("data-dragging", true);
  };
  const move = (event: PointerEvent): void => {
    if (last === undefined) return;
    view.scrollLeft -= event.clientX - last.x;
    view.scrollTop -= event.clientY - last.y;
    last = { x: event.clientX, y: event.clientY };
  };
  const up = (): void => {
    last = undefined;
    view.toggleAttribute("data-dragging", false);
  };
  const listeners = [
    ["pointerdown", down],
    ["pointermove", move],
    ["pointerup", up],
    ["pointercancel", up],
  ] as const;
  for (const [type, listener] of listeners) view.addEventListener(type, listener);
  return () => {
    for (const [type, listener] of listeners) view.removeEventListener(type, listener);
  };
}

function naturalSize(drawing: SVGSVGElement): { readonly width: number; readonly height: number } {
  const { width, height } = drawing.viewBox.baseVal;
  return { width: Math.max(width, 1), height: Math.max(height, 1) };
}

function innerWidthOf(view: HTMLElement): number {
  const style = getComputedStyle(view);
  return Math.max(1, view.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}
