// The picture of a run as a file of its own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shorten } from "../../../../src/core/timeline/brush.ts";
import type { Drawing, Tone } from "../../../../src/core/timeline/shapes.ts";
import { timelineSvg, type TimelineTheme } from "../../../../src/core/timeline/timelineSvg.ts";

const theme: TimelineTheme = {
  ...{ background: "#fff", font: '"Segoe UI", sans-serif', fontSize: 12, highContrast: false },
  colors: new Proxy({} as Record<Tone, string>, { get: (_, tone) => `var-${String(tone)}` }),
};

function drawingOf(...shapes: Drawing["layers"][number]["shapes"]): Drawing {
  return { width: 100, height: 50, layers: [{ box: { x: 0, y: 0, width: 100, height: 50 }, shapes }] };
}

test("one drawing stands under the other, each shape with its colour", () => {
  const bar = { shape: "rect", x: 1, y: 2, width: 30, height: 14, tone: "aborted", texture: "stripes" } as const;
  const line = { shape: "line", x1: 0, y1: 0, x2: 10.126, y2: 0, tone: "cancel", width: 1, arrow: true } as const;
  const svg = timelineSvg([drawingOf(bar), drawingOf(line)], theme, "run");
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" role="img" width="100" height="100"/);
  assert.match(svg, /<g transform="translate\(0 50\)">/);
  assert.match(svg, /fill="url\(#aborted-stripes\)"/);
  assert.match(svg, /<pattern id="aborted-stripes"/);
  assert.match(svg, /x2="10\.13"[^>]*stroke="var-cancel"/);
  assert.ok(svg.endsWith("</svg>\n"));
  const ids = [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("whatever a label says, it is text: nothing in the file runs, nothing is fetched", () => {
  const hostile = `</text><script>alert(1)</script><a href="x" onload='y'>&\u0000\u0008\ud800`;
  const text = { shape: "text", x: 0, y: 0, text: hostile, tone: "text", align: "start", maxWidth: 9999 } as const;
  const svg = timelineSvg([drawingOf(text)], theme, hostile);
  assert.ok(!/<script|<a |onload='|[\ud800-\udfff]/.test(svg));
  assert.ok(!svg.includes("\u0000") && !svg.includes("\u0008"));
  const tags = new Set([...svg.matchAll(/<(\w+)/g)].map(([, tag]) => tag));
  const known = ["svg", "title", "defs", "pattern", "path", "rect", "g", "clipPath", "text"];
  assert.deepEqual(
    [...tags].filter((tag) => !known.includes(tag ?? "")),
    [],
  );
  assert.ok(
    !/(?:href|src|url\((?!#))/.test(
      svg.replaceAll(/&#\d+;/g, "").replace(/<text[\s\S]*?<\/text>|<title[\s\S]*?<\/title>/g, ""),
    ),
  );
});

test("long words lose their middle, and no more than they must", () => {
  const widthOf = (text: string): number => text.length * 10;
  assert.equal(shorten("short", 50, widthOf), "short");
  assert.equal(shorten("get https://endpoint-1.example/", 240, widthOf), "get endpoint-1.example/");
  assert.equal(shorten("https://a.example/items", 100, widthOf), "a.exam…ems");
  assert.equal(shorten("anything", 5, widthOf), "");
});
