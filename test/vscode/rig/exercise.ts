// What the end-to-end tests do with an exercise in its editor, and how they ask the lesson panel how it stands.
import { join } from "node:path";
import type { Locator } from "playwright-core";
import type { VsCode } from "./vsCode.ts";

/** Nothing is completed, indented or saved by itself, so that what is pasted is what is there. */
export const plainEditor = {
  "files.autoSave": "off",
  "editor.autoClosingBrackets": "never",
  "editor.autoIndent": "none",
  "editor.formatOnPaste": false,
};

export function editor({ page }: VsCode): Locator {
  return page.locator('.editor-instance .monaco-editor[data-uri$="/exercise.ts"]').first();
}

export async function focusEditor(code: VsCode): Promise<void> {
  await editor(code).locator(".native-edit-context, textarea.inputarea").first().focus();
}

export function squiggles(code: VsCode): Locator {
  return editor(code).locator(".squiggly-error, .squiggly-warning");
}

export async function appendLine(code: VsCode, line: string): Promise<void> {
  await focusEditor(code);
  await code.page.keyboard.press("Control+End");
  await paste(code, `${line}\n`);
  // Pasting waits for the clipboard, and would be lost with the focus.
  await editor(code).locator(".view-line", { hasText: line }).first().waitFor();
}

export async function save(code: VsCode): Promise<void> {
  await focusEditor(code);
  await code.page.keyboard.press("Control+s");
}

/** The line in the lesson panel that says how the exercise stands. */
export function verdict(code: VsCode, text: RegExp): Locator {
  return code.webview().locator(".status-line").getByText(text).first();
}

export async function replaceText(code: VsCode, text: string): Promise<void> {
  await focusEditor(code);
  await replaceFocused(code, text);
}

/** The whole text of the editor that has the focus. */
export async function replaceFocused(code: VsCode, text: string): Promise<void> {
  await code.page.keyboard.press("Control+a");
  await paste(code, text);
  // Pasting waits for the clipboard. Once the text is there, the cursor stands at its end and nothing is selected.
  const lines = text.split("\n");
  const end = `Ln ${String(lines.length)}, Col ${String((lines.at(-1)?.length ?? 0) + 1)}`;
  await code.page.locator(".statusbar-item").getByText(end, { exact: true }).waitFor();
}

/** As text from the clipboard: an editor completes what is typed (brackets, comments), but not what is pasted. */
async function paste({ page }: VsCode, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press("Control+v");
}

/** The theme's name is not translated: the rig's language pack has only a few words of VS Code itself. */
export async function chooseTheme({ page }: VsCode, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+t");
  const picker = page.locator(".quick-input-widget");
  await picker.locator("input[type=text]").fill(name);
  await picker.locator(".monaco-list-row.focused", { hasText: name }).waitFor();
  await page.keyboard.press("Enter");
  await picker.waitFor({ state: "hidden" });
}

export function exercisePath(code: VsCode, lesson: string): string {
  return join(code.userDataDir, "User/globalStorage/interleave.interleave/exercises", lesson, "exercise.ts");
}
