/** Colours of the timeline's drawings, from those of VS Code. Runs in a webview's page. */
import type { Tone } from "../../src/core/timeline/shapes.ts";
import type { TimelineTheme } from "../../src/core/timeline/timelineSvg.ts";
import { mixColors, readTheme } from "../common/theme.ts";

export function readTimelineTheme(): TimelineTheme {
  const theme = readTheme();
  const ink = theme.dark ? "#cccccc" : "#3b3b3b";
  const background = theme.color(["panel-background", "editor-background"], theme.dark ? "#1f1f1f" : "#ffffff");
  const text = theme.color(["foreground", "editor-foreground"], ink);
  const color = (...names: readonly string[]): string => theme.color(names, text);
  const highContrast = theme.kind === "high-contrast" || theme.kind === "high-contrast-light";
  const bad = color("testing-iconFailed", "errorForeground", "charts-red");
  const focus = color("focusBorder", "textLink-foreground");
  const colors: Readonly<Record<Tone, string>> = {
    running: mixColors(text, background, 0.7),
    completed: color("charts-green", "testing-iconPassed"),
    failed: color("charts-red", "errorForeground"),
    aborted: color("charts-orange", "charts-yellow"),
    cleared: mixColors(text, background, 0.6),
    leaked: bad,
    cancel: color("charts-purple"),
    deadline: color("charts-orange", "charts-yellow"),
    finding: bad,
    console: mixColors(text, background, 0.7),
    call: color("charts-blue"),
    text,
    muted: mixColors(text, background, highContrast ? 1 : 0.72),
    grid: mixColors(text, background, highContrast ? 0.35 : 0.12),
    band: mixColors(text, background, highContrast ? 0.2 : 0.09),
    current: focus,
    cause: color("charts-purple"),
    effect: color("charts-blue"),
    highlight: mixColors(focus, background, highContrast ? 0.35 : 0.16),
    difference: color("charts-yellow", "charts-orange"),
  };
  const font = theme.color(["font-family"], "sans-serif");
  return { background, font, fontSize: 12, colors, highContrast };
}
