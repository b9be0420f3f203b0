/**
 * Small badges at the lit parts of a drawing: how often each was taken, and a mark at those that the current event is about.
 * They say in figures and shapes what the lights say in colours. Runs in the panel's page.
 */
import type { PartLight } from "../../src/protocol/lessonPanelMessages.ts";
import type { DiagramIndex } from "./indexDiagram.ts";

const svg = "http://www.w3.org/2000/svg";
/** Sizes in the drawing's own units; its words have 14. */
const height = 15;
const digitWidth = 6.5;
const padding = 8;
const markWidth = 9;

export function drawBadges(drawing: SVGSVGElement, index: DiagramIndex, parts: readonly PartLight[]): void {
  drawing.querySelector(":scope > .count-badges")?.remove();
  const layer = make("g", { class: "count-badges" });
  for (const part of parts) {
    const width = widthOf(part);
    const place = placeOf(drawing, index.get(part.element) ?? [], width);
    if (place !== undefined) layer.append(badge(part, place, width));
  }
  drawing.append(layer);
}

function widthOf({ count, current }: PartLight): number {
  return String(count).length * digitWidth + padding + (current ? markWidth : 0);
}

function badge({ element, light, count, current }: PartLight, { x, y }: DOMPoint, width: number): SVGElement {
  const group = make("g", {
    class: "count-badge",
    "data-light": light,
    "data-badge": element,
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
  });
  group.toggleAttribute("data-current", current);
  group.append(
    make("rect", {
      ...{ x: String(-width / 2), y: String(-height / 2), width: String(width), height: String(height) },
      rx: String(height / 2),
    }),
  );
  if (current) group.append(make("path", { d: `M${String(-width / 2 + 6)} -4l6 4l-6 4z` }));
  const words = make("text", { x: String(current ? markWidth / 2 : 0), y: "4", "text-anchor": "middle" });
  words.textContent = String(count);
  group.append(words);
  return group;
}

/** The upper right corner of a box, just after the words on a line, or the middle of a line; undefined where nothing is drawn. */
function placeOf(drawing: SVGSVGElement, elements: readonly Element[], width: number): DOMPoint | undefined {
  const toDrawing = drawing.getScreenCTM()?.inverse();
  if (toDrawing === undefined) return undefined;
  for (const element of elements) {
    if (element instanceof SVGPathElement || element instanceof SVGLineElement) continue;
    const { left, right, top, bottom } = element.getBoundingClientRect();
    if (left === right) continue;
    if (!element.matches(".label")) return new DOMPoint(right, top).matrixTransform(toDrawing);
    const { x, y } = new DOMPoint(right, (top + bottom) / 2).matrixTransform(toDrawing);
    return new DOMPoint(x + width / 2, y);
  }
  for (const element of elements) {
    if (!(element instanceof SVGPathElement || element instanceof SVGLineElement)) continue;
    const toScreen = element.getScreenCTM();
    if (toScreen === null) continue;
    const middle = element.getPointAtLength(element.getTotalLength() / 2);
    return new DOMPoint(middle.x, middle.y).matrixTransform(toScreen).matrixTransform(toDrawing);
  }
  return undefined;
}

/** What a part is called in the drawing: its words; where it has none, its id. */
export function nameOfPart(id: string, elements: readonly Element[]): string {
  for (const element of elements) {
    const words = element.textContent.replace(/\s+/g, " ").trim();
    if (words !== "" && !element.matches(".cluster")) return words;
  }
  const before = elements
    .map((element) => element.previousElementSibling)
    .find((each) => each?.matches(".messageText"));
  if (before?.textContent) return before.textContent;
  const label = elements.find((element) => element.matches(".cluster"))?.querySelector(".cluster-label")?.textContent;
  return label?.trim() ?? id;
}

function make(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
