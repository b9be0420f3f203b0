/**
 * Monaco in the colours of VS Code. A page is told the colours of the workbench but not those of code, so these are
 * Monaco's own for a light, a dark or a high-contrast theme. Runs in the playground's page.
 */
import { editor } from "monaco-editor/editor";
import { type ThemeKind, readTheme } from "../../common/theme.ts";

const bases: Readonly<Record<ThemeKind, editor.BuiltinTheme>> = {
  light: "vs",
  dark: "vs-dark",
  "high-contrast": "hc-black",
  "high-contrast-light": "hc-light",
};

/** Prefixes of the variables whose colours concern an editor and what opens in it. */
const concerned =
  /^--vscode-(?:editor|input|list|widget|menu|focusBorder|foreground|contrast|peekView|scrollbar|badge|button|textLink|quickInput|keybinding|symbolIcon|icon-foreground|descriptionForeground|errorForeground|diff|minimap)/;

export function followTheme(): void {
  editor.defineTheme("vscode", {
    base: bases[readTheme().kind],
    inherit: true,
    // Monaco's own green for comments is too dark to be read well; this is that of VS Code's dark themes.
    rules: readTheme().kind === "dark" ? [{ token: "comment", foreground: "6a9955" }] : [],
    colors: readColors(),
  });
  editor.setTheme("vscode");
}

/** By Monaco's names, which have dots where variables have hyphens: "--vscode-editor-background". */
function readColors(): Record<string, string> {
  const colors: Record<string, string> = {};
  const { style } = document.documentElement;
  for (let place = 0; place < style.length; place++) {
    const name = style.item(place);
    if (!concerned.test(name)) continue;
    const color = toHex(style.getPropertyValue(name).trim());
    if (color !== undefined) colors[name.slice("--vscode-".length).replaceAll("-", ".")] = color;
  }
  return colors;
}

/** Monaco reads hexadecimal colours only. */
function toHex(color: string): string | undefined {
  if (/^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(color)) return color;
  const [, inside] = /^rgba?\(([^)]*)\)$/i.exec(color) ?? [];
  const parts = inside?.split(/[\s,/]+/).filter((part) => part !== "") ?? [];
  const [red, green, blue, alpha = "1"] = parts;
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const channels = [Number(red), Number(green), Number(blue), Number(alpha) * 255];
  if (!channels.every((channel) => Number.isFinite(channel))) return undefined;
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;
}
