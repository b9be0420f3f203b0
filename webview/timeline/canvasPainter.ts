/** Paints a drawing on a canvas, sharp on every screen. Runs in a webview's page. */
import { arrowHead, faintShare, glyphs, groundShare, shorten, texturePaths } from "../../src/core/timeline/brush.ts";
import type { Drawing, Glyph, RectShape, Shape, TextShape, Tone } from "../../src/core/timeline/shapes.ts";
import type { TimelineTheme } from "../../src/core/timeline/timelineSvg.ts";

/** Shortened words that are remembered: those of the lanes in view, several times over. */
const mostWords = 2000;

export class CanvasPainter {
  readonly #theme: TimelineTheme;
  readonly #patterns = new Map<string, CanvasPattern | null>();
  readonly #glyphs = new Map<Glyph, Path2D>();
  readonly #words = new Map<string, string>();

  constructor(theme: TimelineTheme) {
    this.#theme = theme;
  }

  /** @param ratio pixels of the screen to a CSS pixel @param top where the drawing begins on the canvas, CSS pixels */
  paint(context: CanvasRenderingContext2D, drawing: Drawing, ratio: number, top = 0): void {
    const { background, font, fontSize } = this.#theme;
    context.setTransform(ratio, 0, 0, ratio, 0, top * ratio);
    context.globalAlpha = 1;
    context.fillStyle = background;
    context.fillRect(0, 0, drawing.width, drawing.height);
    context.font = `${String(fontSize)}px ${font}`;
    context.textBaseline = "middle";
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const { box, shapes } of drawing.layers) {
      context.save();
      context.beginPath();
      context.rect(box.x, box.y, box.width, box.height);
      context.clip();
      for (const shape of shapes) this.#shape(context, shape, ratio);
      context.restore();
    }
  }

  #shape(context: CanvasRenderingContext2D, shape: Shape, ratio: number): void {
    const color = this.#theme.colors[shape.tone];
    context.globalAlpha = shape.faint === true ? faintShare : 1;
    context.fillStyle = color;
    context.strokeStyle = color;
    switch (shape.shape) {
      case "rect":
        this.#rect(context, shape, ratio);
        return;
      case "line": {
        const { x1, y1, x2, y2, width, dashed, arrow } = shape;
        context.lineWidth = width;
        context.setLineDash(dashed === true ? [4, 3] : []);
        context.beginPath();
        context.moveTo(x1, y1);
        context.lineTo(x2, y2);
        context.stroke();
        if (arrow === true) context.fill(new Path2D(arrowHead(x1, y1, x2, y2)));
        return;
      }
      case "text":
        this.#text(context, shape);
        return;
      case "glyph":
        this.#glyph(context, shape.glyph, shape.x, shape.y);
        return;
    }
  }

  #rect(context: CanvasRenderingContext2D, shape: RectShape, ratio: number): void {
    const { x, y, width, height, tone, texture } = shape;
    if (isGround(tone)) {
      context.fillRect(x, y, width, height);
      return;
    }
    const alpha = context.globalAlpha;
    const { highContrast } = this.#theme;
    context.beginPath();
    context.roundRect(x + 0.5, y + 0.5, Math.max(1, width - 1), height - 1, 2);
    if (texture !== "outline" && !highContrast) {
      context.globalAlpha = alpha * groundShare;
      context.fill();
      context.globalAlpha = alpha;
    }
    if (texture !== "solid" && texture !== "outline") {
      const pattern = this.#pattern(context, tone, texture, ratio);
      if (pattern !== null) {
        context.fillStyle = pattern;
        context.fill();
      }
    }
    context.lineWidth = 1;
    context.setLineDash(texture === "outline" ? [3, 2] : []);
    context.stroke();
  }

  #text(context: CanvasRenderingContext2D, { x, y, text, tone, align, maxWidth, plate }: TextShape): void {
    context.textAlign = align === "middle" ? "center" : align;
    const fitted = this.#fitted(context, text, maxWidth);
    if (plate === true) {
      const width = context.measureText(fitted).width + 6;
      context.fillStyle = this.#theme.background;
      context.fillRect(x - width / 2, y - 7, width, 14);
      context.fillStyle = this.#theme.colors[tone];
    }
    context.fillText(fitted, x, y);
  }

  #fitted(context: CanvasRenderingContext2D, text: string, maxWidth: number): string {
    const key = `${String(maxWidth)} ${text}`;
    const known = this.#words.get(key);
    if (known !== undefined) return known;
    if (this.#words.size > mostWords) this.#words.clear();
    const fitted = shorten(text, maxWidth, (part) => context.measureText(part).width);
    this.#words.set(key, fitted);
    return fitted;
  }

  #glyph(context: CanvasRenderingContext2D, name: Glyph, x: number, y: number): void {
    const { path, filled } = glyphs[name];
    let shape = this.#glyphs.get(name);
    if (shape === undefined) this.#glyphs.set(name, (shape = new Path2D(path)));
    context.save();
    context.translate(x, y);
    context.lineWidth = name === "more" ? 2.4 : 1.6;
    context.setLineDash([]);
    if (filled) context.fill(shape);
    else context.stroke(shape);
    context.restore();
  }

  #pattern(
    context: CanvasRenderingContext2D,
    tone: Tone,
    texture: keyof typeof texturePaths,
    ratio: number,
  ): CanvasPattern | null {
    const key = `${tone} ${texture} ${String(ratio)}`;
    const known = this.#patterns.get(key);
    if (known !== undefined) return known;
    const size = Math.max(1, Math.round(6 * ratio));
    const tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const brush = tile.getContext("2d");
    if (brush === null) return null;
    brush.scale(size / 6, size / 6);
    brush.strokeStyle = this.#theme.colors[tone];
    brush.lineWidth = 1;
    brush.stroke(new Path2D(texturePaths[texture]));
    const pattern = context.createPattern(tile, "repeat");
    pattern?.setTransform(new DOMMatrix().scale(6 / size));
    this.#patterns.set(key, pattern);
    return pattern;
  }
}

/** What lies under the bars has neither edge nor texture. */
function isGround(tone: Tone): boolean {
  return tone === "highlight" || tone === "band" || tone === "current";
}
