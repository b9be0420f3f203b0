// The playground in the real VS Code: opened from a lesson, its sliders and its program moved, kept over a reload.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { readLessonFile, readLessonTitle } from "./lessonFixtures.ts";
import { below, packFiles } from "../generatedPack.ts";
import { greeted } from "./rig/greeting.ts";
import { type VsCode, openVsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";

test("a lesson's exercise is played with, and what was changed is there after a reload", async () => {
  await using code = await openVsCode({ theme: "dark", settings: { "interleave.openOnStart": lesson } });
  const title = await readLessonTitle(lesson, "en");
  await code.webview().getByRole("heading", { level: 1, name: title }).waitFor();
  await openFromLesson(code);
  await playground(code);
  assert.equal(await code.webview().getByText(`Begun from “${title}”`).count(), 1);
  // Among the exercises, with the lesson beside it.
  await code.page.getByRole("tab", { name: /^Playground, Editor Group 1/ }).waitFor();
  await code.page.getByRole("tab", { name: `${title}, Editor Group 2`, selected: true }).waitFor();

  // The starter asks one endpoint after the other: never two requests at a time.
  const starter = await readLessonFile(lesson, "exercise.ts");
  assert.match(starter, /for \(const url of urls\)/);
  const flights = code.webview().getByRole("figure", { name: "Requests in flight" });
  await flights.getByText("At most: 1.").waitFor();
  await code.screenshot("playground-dark");

  // Its editor knows the types of the world.
  await code.webview().locator('.editor-box[data-stage="full"]').waitFor();
  await code.webview().locator(".monaco-place .native-edit-context, .monaco-place textarea").first().focus();
  await code.page.keyboard.press("Control+End");
  await code.page.keyboard.type("\nAbortSignal.");
  await code.webview().locator(".suggest-widget").getByText("timeout", { exact: true }).first().waitFor();
  await code.page.keyboard.press("Escape");
  // The line that was begun, and the one before it ends where it did.
  for (const key of ["Shift+Home", "Backspace", "Backspace"]) await code.page.keyboard.press(key);

  const median = () => code.webview().getByRole("button", { name: /^p50: / });
  const before = await median().textContent();
  await slide(code.webview().getByRole("slider", { name: "Endpoints" }), 12);
  // What is drawn is as new as the last step, and so is whether it was kept.
  await code.webview().locator('input[aria-valuetext="12"]').waitFor();
  await changed(median(), before);
  await code.webview().locator('.playground[data-kept="true"]').waitFor();

  await code.reloadWindow();
  await code.turnTo((webview) => webview.getByRole("heading", { level: 1, name: "Playground" }));
  const endpoints = code.webview().getByRole("slider", { name: "Endpoints" });
  assert.equal(await endpoints.getAttribute("aria-valuetext"), "12");
  await median().waitFor();
  assert.deepEqual(code.problems, []);
});

test("an endless loop is told with its line", async () => {
  await using code = await openVsCode({ theme: "light", settings: { "interleave.openOnStart": lesson } });
  await openFromLesson(code);
  await playground(code);
  await code.webview().locator('.editor-box[data-stage="full"]').waitFor();
  await code.webview().locator(".monaco-place .native-edit-context, .monaco-place textarea").first().focus();
  await code.page.keyboard.press("Control+a");
  // The editor closes the brackets by itself.
  await code.page.keyboard.type("export async function main() {\nfor (;;);");
  await code.webview().getByRole("alert").getByText("endless loop").waitFor();
  await code.webview().getByRole("alert").getByRole("button", { name: "Line 2" }).waitFor();
  await code.screenshot("playground-loop-light");
  assert.deepEqual(code.problems, []);
});

test("a playground is saved as a file, and opened from it with its scenario; a pack's lessons are beginnings, too", async () => {
  await using code = await openVsCode({
    theme: "high-contrast",
    settings: { "files.simpleDialog.enable": true },
    files: below(".interleave/pack", packFiles({ lessons: 2 })),
  });
  await greeted(code);
  const { page } = code;
  const box = page.locator(".quick-input-widget");
  await code.runCommand("Interleave: Open Playground");
  await playground(code);
  const endpoints = code.webview().getByRole("slider", { name: "Endpoints" });
  const usual = await endpoints.getAttribute("aria-valuetext");
  await slide(endpoints, 14);
  await code.webview().locator('input[aria-valuetext="14"]').waitFor();

  await code.webview().getByRole("button", { name: "Save as file…" }).press("Enter");
  await box.locator("input[type=text]").waitFor();
  await box.getByRole("button", { name: "OK" }).click();
  const file = join(code.workspaceDir, "playground.ts");
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "playground.ts" }).waitFor();
  assert.match(await readFile(file, "utf8"), /export async function main/);

  await code.webview().getByRole("button", { name: "Start from…" }).press("Enter");
  await box.locator(".monaco-list-row", { hasText: "A tree of scopes" }).waitFor();
  await code.screenshot("playground-beginnings");
  // From the first on to the last.
  await page.keyboard.press("ArrowUp");
  await box.locator(".monaco-list-row", { hasText: "Lesson 2" }).waitFor();
  await box.getByText("Acme's lessons › Track 1").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await box.locator(".monaco-list-row", { hasText: "A fan-out with a limit" }).click();
  await code
    .webview()
    .locator(`input[aria-valuetext="${String(usual)}"]`)
    .first()
    .waitFor();

  await code.webview().getByRole("button", { name: "Open file…" }).press("Enter");
  await box.locator(".monaco-list-row", { hasText: "playground.ts" }).click();
  await code.webview().locator('input[aria-valuetext="14"]').waitFor();
  await code.screenshot("playground-from-file");
  assert.deepEqual(code.problems, []);
});

/**
 * By the keyboard: where the button stands moves while diagrams are drawn. A window that is still starting moves the focus
 * too, and takes a key with it: then it is pressed again.
 */
async function openFromLesson(code: VsCode): Promise<void> {
  const button = code.webview().getByRole("button", { name: "Open in playground" });
  const tab = code.page.getByRole("tab", { name: "Playground" });
  for (let tries = 0; tries < 5; tries++) {
    await button.press("Enter");
    const opened = await tab.waitFor({ timeout: 15_000 }).then(
      () => true,
      () => false,
    );
    if (opened) return;
  }
  assert.fail("the button of the lesson opens no playground");
}

/** The page is there and has run. */
async function playground(code: VsCode): Promise<void> {
  await code.turnTo((webview) => webview.getByRole("heading", { level: 1, name: "Playground" }));
  await code
    .webview()
    .getByRole("button", { name: /^p50: / })
    .waitFor();
}

/** By the keyboard, one step after the other. */
async function slide(slider: Locator, to: number): Promise<void> {
  await slider.focus();
  const now = Number(await slider.inputValue());
  for (let value = now; value < to; value++) await slider.press("ArrowRight");
}

async function changed(element: Locator, from: string | null): Promise<void> {
  for (let tries = 0; (await element.textContent()) === from; tries++) {
    assert.ok(tries < 200, `it still says ${String(from)}`);
    await element.page().evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)))");
  }
}
