/** Follows the colour theme of VS Code, which reaches a page as classes of `<body>` and variables of `<html>`. Runs in a webview's page. */
export type ThemeKind = "light" | "dark" | "high-contrast" | "high-contrast-light";

export interface Theme {
  readonly kind: ThemeKind;
  readonly dark: boolean;
  /** Equal for two looks that draw the same. */
  readonly fingerprint: string;
  /** The first of these variables that has a value, as VS Code gave it; names are without the leading `--vscode-`. */
  color(names: readonly string[], fallback: string): string;
}

export function readTheme(): Theme {
  const kind = themeKind(document.body.classList);
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--vscode-${name}`).trim();
  return {
    kind,
    dark: kind === "dark" || kind === "high-contrast",
    fingerprint: [kind, ...fingerprinted.map(read)].join("|"),
    color: (names, fallback) => names.map(read).find((value) => value !== "") ?? fallback,
  };
}

/** Calls back after the look changed, at most once a frame. */
export function observeTheme(changed: (theme: Theme) => void): () => void {
  let current = readTheme().fingerprint;
  let frame = 0;
  const check = (): void => {
    frame = 0;
    const theme = readTheme();
    if (theme.fingerprint === current) return;
    current = theme.fingerprint;
    changed(theme);
  };
  const observer = new MutationObserver(() => {
    if (frame === 0) frame = requestAnimationFrame(check);
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}

/** The reader asked for less motion, in VS Code or in the system. */
export function reducesMotion(): boolean {
  return (
    document.body.classList.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches
  );
}

/** `share` of one colour, the rest of another, for readers that know hex and `rgb()` only. */
export function mixColors(color: string, other: string, share: number): string {
  const probe = document.createElement("span");
  probe.style.color = `color-mix(in srgb, ${color} ${String(share * 100)}%, ${other})`;
  document.body.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+(?:e-?\d+)?/g) ?? [];
  probe.remove();
  if (red === undefined || green === undefined || blue === undefined) return color;
  const channel = (part: string): string => String(Math.round(Number(part) * 255));
  return `rgb(${channel(red)}, ${channel(green)}, ${channel(blue)})`;
}

function themeKind(classes: DOMTokenList): ThemeKind {
  if (classes.contains("vscode-high-contrast-light")) return "high-contrast-light";
  if (classes.contains("vscode-high-contrast")) return "high-contrast";
  return classes.contains("vscode-light") ? "light" : "dark";
}

/** Variables that drawings use: another value of one of them means that they must be drawn anew. */
const fingerprinted = [
  "font-family",
  "editor-background",
  "editor-foreground",
  "editorWidget-background",
  "widget-border",
  "contrastBorder",
  "charts-lines",
  "charts-foreground",
  "textBlockQuote-background",
  "textCodeBlock-background",
];
