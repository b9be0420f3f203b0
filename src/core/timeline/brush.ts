/** How both painters, canvas and SVG, draw the same shapes: signs, textures, arrow heads, shortened words. Pure. */
import type { Glyph } from "./shapes.ts";

/** How much of a bar's colour its ground has: words on it stay readable. */
export const groundShare = 0.34;
/** How much is left of what the reader did not ask for. */
export const faintShare = 0.22;

/** Within a square of six pixels, which is repeated. */
export const texturePaths: Readonly<Record<"stripes" | "cross" | "dots", string>> = {
  stripes: "M-1 1L1 -1M0 6L6 0M5 7L7 5",
  cross: "M-1 1L1 -1M0 6L6 0M5 7L7 5M-1 5L1 7M0 0L6 6M5 -1L7 1",
  dots: "M1 1.5h1.2M4 4.5h1.2",
};

/** Around their middle, within twelve pixels. */
export const glyphs: Readonly<Record<Glyph, { readonly path: string; readonly filled: boolean }>> = {
  check: { path: "M-4 0.5L-1.5 3L4 -3", filled: false },
  cross: { path: "M-3 -3L3 3M3 -3L-3 3", filled: false },
  stop: { path: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M-2.8 -2.8L2.8 2.8", filled: false },
  dash: { path: "M-3.5 0H3.5", filled: false },
  bang: { path: "M0 -5.5L5.5 4.5H-5.5ZM0 -1.6V1.4M0 3V3.1", filled: false },
  bolt: { path: "M1.5 -6L-4 1H-0.5L-1.5 6L4 -1.2H0.5Z", filled: true },
  clock: { path: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M0 -2.8V0.3L2.2 1.6", filled: false },
  hold: { path: "M-2 -3.2V3.2M2 -3.2V3.2", filled: false },
  prompt: { path: "M-4 -3.5L-0.5 0L-4 3.5M0.8 3.5H4.5", filled: false },
  dot: { path: "M-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0", filled: true },
  ring: { path: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0", filled: false },
  split: { path: "M-5 0H-1L4 -4M-1 0L4 4", filled: false },
  more: { path: "M-4 0h0.1M0 0h0.1M4 0h0.1", filled: false },
};

export function arrowHead(x1: number, y1: number, x2: number, y2: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const side = (turn: number): string =>
    `${roundedNumber(x2 - 7 * Math.cos(angle + turn))} ${roundedNumber(y2 - 7 * Math.sin(angle + turn))}`;
  return `M${roundedNumber(x2)} ${roundedNumber(y2)}L${side(0.45)}L${side(-0.45)}Z`;
}

/** An address first loses its scheme, by which none differs from another; then the middle goes: both ends tell more. */
export function shorten(whole: string, maxWidth: number, widthOf: (text: string) => number): string {
  if (widthOf(whole) <= maxWidth) return whole;
  const text = whole.replace(/\bhttps?:\/\//, "");
  if (widthOf(text) <= maxWidth) return text;
  let [low, high] = [0, text.length - 1];
  const cut = (kept: number): string => {
    const head = Math.ceil(kept * 0.6);
    return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
  };
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (widthOf(cut(middle)) <= maxWidth) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : cut(low);
}

/** To a hundredth of a pixel. */
export function roundedNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
