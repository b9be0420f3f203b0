/** A run as a file: the whole of it, however much of it is on the screen. Runs in a webview's page. */
import type { Drawing } from "../../src/core/timeline/shapes.ts";
import { layoutTimeline } from "../../src/core/timeline/timelineLayout.ts";
import { indexRows } from "../../src/core/timeline/timelinePicture.ts";
import { timelineSvg, type TimelineTheme } from "../../src/core/timeline/timelineSvg.ts";
import { contentHeight, type TimelineView } from "../../src/core/timeline/timelineView.ts";
import { CanvasPainter } from "./canvasPainter.ts";
import type { ChartContent } from "./chartSurface.ts";

/** CSS pixels. */
const pictureWidth = 1200;
const pictureGutter = 280;
const headingHeight = 30;
/** More lanes than this are no picture any more. */
const mostLanes = 300;
/** Of a canvas, pixels of the screen: browsers draw nothing on a larger one. */
const longestSide = 16_000;

export function drawRuns(contents: readonly ChartContent[], title: string): readonly Drawing[] {
  return [heading(title), ...contents.map(drawRun)];
}

function drawRun({ picture, scale, domain }: ChartContent): Drawing {
  const rows = picture.rows.slice(0, mostLanes);
  const height = contentHeight(rows.length);
  const view: TimelineView = {
    ...{ scale, domain, height, zoom: 1, left: 0, top: 0 },
    ...{ width: pictureWidth, gutter: pictureGutter },
  };
  return layoutTimeline({ ...picture, rows, lines: [] }, indexRows(picture.model, rows), view);
}

function heading(text: string): Drawing {
  const box = { x: 0, y: 0, width: pictureWidth, height: headingHeight };
  const place = { x: 10, y: headingHeight / 2, align: "start", maxWidth: pictureWidth - 20 } as const;
  return {
    width: pictureWidth,
    height: headingHeight,
    layers: [{ box, shapes: [{ shape: "text", text, tone: "text", ...place }] }],
  };
}

export function svgOf(drawings: readonly Drawing[], theme: TimelineTheme, title: string): string {
  return timelineSvg(drawings, theme, title);
}

/** Its bytes in base64, at twice the size where that is possible. */
export async function pngOf(drawings: readonly Drawing[], theme: TimelineTheme): Promise<string> {
  const height = drawings.reduce((sum, drawing) => sum + drawing.height, 0);
  const ratio = Math.min(2, longestSide / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(pictureWidth * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("This browser has no canvas to draw on.");
  const painter = new CanvasPainter(theme);
  let top = 0;
  for (const drawing of drawings) {
    painter.paint(context, drawing, ratio, top);
    top += drawing.height;
  }
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/png");
  });
  if (blob === null) throw new Error("The picture is too large to be saved.");
  return base64Of(blob);
}

function base64Of(blob: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.onload = () => {
    const address = typeof reader.result === "string" ? reader.result : "";
    resolve(address.slice(address.indexOf(",") + 1));
  };
  reader.onerror = () => {
    reject(new Error("The picture could not be read back."));
  };
  reader.readAsDataURL(blob);
  return promise;
}
