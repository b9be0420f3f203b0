/** What a key or a button of the timeline does. Runs in a webview's page. */
import type { TimelineAction } from "./keys.ts";

/** What there is to be done. */
export interface TimelineHands {
  readonly step: (way: 1 | -1) => void;
  readonly goToEnd: (end: "first" | "last") => void;
  readonly goAcross: (way: "up" | "down") => void;
  readonly play: () => void;
  readonly showWhole: () => void;
  readonly reveal: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly fit: () => void;
  readonly toggle: (what: "table" | "compare" | "legend") => void;
  readonly save: (kind: "svg" | "png") => void;
}

/** Of a press of a key or a button. */
const zoomStep = 1.5;

const actions: Readonly<Record<TimelineAction, (hands: TimelineHands) => void>> = {
  forward: (hands) => hands.step(1),
  back: (hands) => hands.step(-1),
  first: (hands) => hands.goToEnd("first"),
  last: (hands) => hands.goToEnd("last"),
  up: (hands) => hands.goAcross("up"),
  down: (hands) => hands.goAcross("down"),
  play: (hands) => hands.play(),
  whole: (hands) => hands.showWhole(),
  reveal: (hands) => hands.reveal(),
  zoomIn: (hands) => hands.zoomBy(zoomStep),
  zoomOut: (hands) => hands.zoomBy(1 / zoomStep),
  fit: (hands) => hands.fit(),
  table: (hands) => hands.toggle("table"),
  compare: (hands) => hands.toggle("compare"),
  legend: (hands) => hands.toggle("legend"),
  svg: (hands) => hands.save("svg"),
  png: (hands) => hands.save("png"),
};

export function performAction(action: TimelineAction, hands: TimelineHands): void {
  actions[action](hands);
}
