/** The user's settings of the editor, for the one in the playground. Extension host. */
import * as vscode from "vscode";
import type { EditorLook } from "../../protocol/playgroundMessages.ts";

const blinkings: readonly EditorLook["cursorBlinking"][] = ["blink", "smooth", "phase", "expand", "solid"];

export function readEditorLook(): EditorLook {
  const settings = vscode.workspace.getConfiguration("editor", { languageId: "typescript" });
  const number = (key: string, otherwise: number): number => {
    const value: unknown = settings.get(key);
    return typeof value === "number" && Number.isFinite(value) ? value : otherwise;
  };
  const fontSize = number("fontSize", 14);
  const lineHeight = number("lineHeight", 0);
  const ligatures: unknown = settings.get("fontLigatures");
  const blinking: unknown = settings.get("cursorBlinking");
  return {
    fontFamily: settings.get("fontFamily", ""),
    fontSize,
    // As in VS Code: a small number is a multiple of the font's size.
    lineHeight: lineHeight > 0 && lineHeight < 8 ? lineHeight * fontSize : Math.max(0, lineHeight),
    fontLigatures: ligatures === true,
    tabSize: Math.max(1, Math.round(number("tabSize", 4))),
    insertSpaces: settings.get("insertSpaces", true),
    wordWrap: settings.get("wordWrap") === "off" ? "off" : "on",
    cursorBlinking: blinkings.find((name) => name === blinking) ?? "blink",
  };
}

/** Calls back when one of them has changed. */
export function onDidChangeEditorLook(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("editor")) listener();
  });
}
