/** A drawing as an SVG file: stands alone, nothing in it runs or is fetched. Pure. */
import { arrowHead, faintShare, glyphs, groundShare, roundedNumber as number, shorten, texturePaths } from "./brush.ts";
import type { Drawing, Layer, Shape, Texture, Tone } from "./shapes.ts";

export interface TimelineTheme {
  readonly background: string;
  /** Of CSS, e.g. "sans-serif". */
  readonly font: string;
  /** CSS pixels. */
  readonly fontSize: number;
  readonly colors: Readonly<Record<Tone, string>>;
  /** Bars have no ground of their own, only edges and textures. */
  readonly highContrast: boolean;
}

/** @param title for screen readers, and what file managers show */
export function timelineSvg(drawings: readonly Drawing[], theme: TimelineTheme, title: string): string {
  const width = Math.max(1, ...drawings.map((drawing) => drawing.width));
  const height = drawings.reduce((sum, drawing) => sum + drawing.height, 0);
  const parts: string[] = [];
  let y = 0;
  drawings.forEach((drawing, index) => {
    parts.push(`<g transform="translate(0 ${number(y)})">`);
    parts.push(...drawing.layers.map((layer, place) => layerSvg(layer, theme, `c${String(index)}-${String(place)}`)));
    parts.push("</g>");
    y += drawing.height;
  });
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`;
  const font = `font-family="${escape(theme.font)}" font-size="${number(theme.fontSize)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" ${size} ${font}>
<title>${escape(title)}</title>
<defs>${patterns(theme)}</defs>
<rect width="100%" height="100%" fill="${escape(theme.background)}"/>
${parts.join("\n")}
</svg>
`;
}

function layerSvg({ box, shapes }: Layer, theme: TimelineTheme, id: string): string {
  const clip = `<clipPath id="${id}"><rect ${rectangle(box)}/></clipPath>`;
  return `${clip}<g clip-path="url(#${id})">${shapes.map((shape) => shapeSvg(shape, theme)).join("")}</g>`;
}

function shapeSvg(shape: Shape, theme: TimelineTheme): string {
  const color = escape(theme.colors[shape.tone]);
  const faint = shape.faint === true ? ` opacity="${String(faintShare)}"` : "";
  switch (shape.shape) {
    case "rect":
      return rectSvg(shape, color, theme, faint);
    case "line": {
      const { x1, y1, x2, y2, width, dashed, arrow } = shape;
      const ends = `x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}"`;
      const dash = dashed === true ? ' stroke-dasharray="4 3"' : "";
      const head = arrow === true ? `<path d="${arrowHead(x1, y1, x2, y2)}" fill="${color}"${faint}/>` : "";
      return `<line ${ends} stroke="${color}" stroke-width="${number(width)}"${dash}${faint}/>${head}`;
    }
    case "text": {
      const text = escape(shorten(shape.text, shape.maxWidth, (part) => estimatedWidth(part, theme.fontSize)));
      const place = `x="${number(shape.x)}" y="${number(shape.y)}" text-anchor="${shape.align}"`;
      const width = estimatedWidth(text, theme.fontSize) + 6;
      const plate = { x: shape.x - width / 2, y: shape.y - 7, width, height: 14 };
      const under =
        shape.plate === true ? `<rect ${rectangle(plate)} fill="${escape(theme.background)}"${faint}/>` : "";
      return `${under}<text ${place} dominant-baseline="central" fill="${color}"${faint}>${text}</text>`;
    }
    case "glyph": {
      const { path, filled } = glyphs[shape.glyph];
      const paint = filled ? `fill="${color}"` : `fill="none" stroke="${color}" stroke-width="1.6"`;
      const ends = 'stroke-linecap="round" stroke-linejoin="round"';
      return `<path transform="translate(${number(shape.x)} ${number(shape.y)})" d="${path}" ${paint} ${ends}${faint}/>`;
    }
  }
}

function rectSvg(
  shape: Extract<Shape, { readonly shape: "rect" }>,
  color: string,
  theme: TimelineTheme,
  faint: string,
): string {
  const { tone, texture } = shape;
  const box = rectangle(shape);
  if (tone === "highlight" || tone === "band" || tone === "current") return `<rect ${box} fill="${color}"${faint}/>`;
  const ground = texture === "outline" || theme.highContrast ? 0 : groundShare;
  const edge = `stroke="${color}"${texture === "outline" ? ' stroke-dasharray="3 2"' : ""}`;
  const body = `<rect ${box} rx="2" fill="${color}" fill-opacity="${String(ground)}" ${edge}${faint}/>`;
  const pattern =
    texture === "solid" || texture === "outline"
      ? ""
      : `<rect ${box} fill="url(#${patternId(tone, texture)})"${faint}/>`;
  return body + pattern;
}

function patterns({ colors }: TimelineTheme): string {
  const tones: readonly Tone[] = ["running", "completed", "failed", "aborted", "cleared", "leaked", "call"];
  return tones
    .flatMap((tone) =>
      (["stripes", "cross", "dots"] as const).map(
        (texture) =>
          `<pattern id="${patternId(tone, texture)}" width="6" height="6" patternUnits="userSpaceOnUse"><path d="${texturePaths[texture]}" stroke="${escape(colors[tone])}" stroke-width="1"/></pattern>`,
      ),
    )
    .join("");
}

function patternId(tone: Tone, texture: Texture): string {
  return `${tone}-${texture}`;
}

/** As good as can be told without the font. */
function estimatedWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) ?? 0) > 0x2e80 ? fontSize : fontSize * 0.54;
  return width;
}

function rectangle({
  x,
  y,
  width,
  height,
}: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(Math.max(0, width))}" height="${number(Math.max(0, height))}"`;
}

/** What XML forbids is left out: labels are whatever an exercise put into an address. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
