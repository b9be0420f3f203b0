/** A radar: one axis for each skill, clockwise from the top, and areas over them. Numbers made into paths of SVG. Pure. */

export interface RadarAxis {
  readonly label: string;
}

export interface RadarSeries {
  /** One for each axis, 0 to 1; undefined where there is nothing to tell. */
  readonly values: readonly (number | undefined)[];
}

export interface RadarPoint {
  readonly x: number;
  readonly y: number;
}

export interface RadarLayout {
  readonly width: number;
  readonly height: number;
  /** Path of each ring, from the innermost, with the value it stands for. */
  readonly rings: readonly { readonly value: number; readonly path: string; readonly label: RadarPoint }[];
  readonly spokes: readonly { readonly from: RadarPoint; readonly to: RadarPoint }[];
  readonly labels: readonly {
    /** Of the first line's middle. */
    readonly at: RadarPoint;
    readonly anchor: "start" | "middle" | "end";
    readonly lines: readonly string[];
  }[];
  /**
   * For each series its path. Only neighbours that both have a value are joined, so that a gap stays a gap; the path is closed
   * where none is missing.
   */
  readonly areas: readonly { readonly path: string; readonly closed: boolean; readonly dots: readonly RadarPoint[] }[];
}

export interface RadarOptions {
  /** Of the outermost ring. */
  readonly radius: number;
  /** Room on either side for labels; above and below there is half of it. */
  readonly margin: number;
  /** Characters (a wide one counts twice) after which a label goes on in the next line, between words. */
  readonly wrapAt: number;
}

const ringValues = [0.25, 0.5, 0.75, 1];
const lineHeight = 14;

export function layoutRadar(
  axes: readonly RadarAxis[],
  series: readonly RadarSeries[],
  { radius, margin, wrapAt }: RadarOptions,
): RadarLayout {
  const width = 2 * (radius + margin);
  const height = 2 * (radius + margin / 2);
  const center: RadarPoint = { x: width / 2, y: height / 2 };
  const place = (axis: number, value: number): RadarPoint => {
    const angle = (2 * Math.PI * axis) / axes.length - Math.PI / 2;
    const reach = radius * Math.min(1, Math.max(0, value));
    return { x: round(center.x + reach * Math.cos(angle)), y: round(center.y + reach * Math.sin(angle)) };
  };
  return {
    width,
    height,
    rings: ringValues.map((value) => ({
      value,
      path: `${pathThrough(axes.map((_, axis) => place(axis, value)))}Z`,
      label: { x: center.x + 3, y: round(center.y - radius * value + 11) },
    })),
    spokes: axes.map((_, axis) => ({ from: center, to: place(axis, 1) })),
    labels: axes.map(({ label }, axis) => labelAt(label, place(axis, 1), center, wrapAt)),
    areas: series.map(({ values }) => areaOf(axes.map((_, axis) => pointAt(values[axis], axis, place)))),
  };
}

function pointAt(
  value: number | undefined,
  axis: number,
  place: (axis: number, value: number) => RadarPoint,
): RadarPoint | undefined {
  return value === undefined ? undefined : place(axis, value);
}

function areaOf(points: readonly (RadarPoint | undefined)[]): RadarLayout["areas"][number] {
  const dots = points.filter((point) => point !== undefined);
  if (dots.length === points.length && dots.length > 0) return { path: `${pathThrough(dots)}Z`, closed: true, dots };
  const sides = points.flatMap((point, index) => {
    const next = points[(index + 1) % points.length];
    return point === undefined || next === undefined ? [] : [pathThrough([point, next])];
  });
  return { path: sides.join(""), closed: false, dots };
}

function labelAt(label: string, tip: RadarPoint, center: RadarPoint, wrapAt: number): RadarLayout["labels"][number] {
  const lines = wrap(label, wrapAt);
  const [dx, dy] = [tip.x - center.x, tip.y - center.y];
  const length = Math.hypot(dx, dy);
  const anchor = Math.abs(dx) < length * 0.15 ? "middle" : dx > 0 ? "start" : "end";
  const [x, y] = [tip.x + (dx / length) * 10, tip.y + (dy / length) * 12];
  const above = dy < -length * 0.9 ? lines.length - 1 : dy > length * 0.9 ? 0 : (lines.length - 1) / 2;
  return { at: { x: round(x), y: round(y - above * lineHeight) }, anchor, lines };
}

/** Between words only: Chinese has none that could be seen, and its names of skills are short. */
function wrap(label: string, at: number): readonly string[] {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= at) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1;
  return width;
}

function pathThrough(points: readonly RadarPoint[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${String(x)} ${String(y)}`).join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
