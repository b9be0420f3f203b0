// An author writes a lesson in the real VS Code: problems stand where they are as they are typed and go when they are mended,
// the preview follows, and the spec's result is said above it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { lessonTemplate } from "../../src/cli/newLesson/lessonTemplate.ts";
import { openVsCode } from "./rig/vsCode.ts";

const title = { en: "All", "zh-cn": "全部" };
const catalog = { version: 1, tracks: [{ id: "all", title, summary: title, lessons: ["pause"] }] };
const files: Record<string, string> = { "pack/catalog.json": JSON.stringify(catalog, null, 2) };
for (const [name, text] of Object.entries(lessonTemplate("pause", "all"))) files[`pack/pause/${name}`] = text;

/** Opens a file of the lesson from the Explorer, for good: a tab in italics would give way to the next one. */
async function openFile(page: Page, name: string): Promise<void> {
  const row = page.locator(".explorer-folders-view .monaco-list-row");
  const pause = row.filter({ hasText: /^pause$/ });
  if ((await pause.count()) === 0) await row.filter({ hasText: /^pack$/ }).click();
  if ((await pause.getAttribute("aria-expanded")) === "false") await pause.click();
  await row.filter({ hasText: name }).dblclick();
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** Puts `to` in place of the first `from` of the file that has the focus, as the search box does. */
async function replaceText(page: Page, from: string, to: string): Promise<void> {
  await page.locator(".editor-group-container.active .monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+f");
  const find = page.locator(".find-widget.visible");
  await find.locator("textarea").first().fill(from);
  await find.locator(".matchesCount", { hasText: /\b1\b/ }).waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.insertText(to);
}

const problem = (page: Page, text: string | RegExp) =>
  page.locator(".markers-panel .monaco-list-row", { hasText: text });

test("an author's faults stand at their lines, and the preview follows", async () => {
  await using code = await openVsCode({ files });
  const { page } = code;
  await openFile(page, "lesson.json");
  await code.runCommand("Problems: Focus on Problems View");

  // Typed, not saved.
  await replaceText(page, '"minutes": 20', '"minutes": 2');
  await problem(page, '"minutes" should be >=5 but is 2').getByText("[Ln 13, Col 3]").waitFor();
  await problem(page, "Interleave(files)").waitFor();
  await code.screenshot("live-problem");
  await replaceText(page, '"minutes": 2', '"minutes": 20');
  await problem(page, '"minutes"').waitFor({ state: "hidden" });

  await code.runCommand("Interleave: Preview This Lesson");
  const preview = code.webview();
  await preview.getByRole("heading", { name: "Pause", level: 1 }).waitFor();
  await preview
    .locator(".status-text", { hasText: "The solution passes · 2 of 2 mistakes caught as declared" })
    .waitFor();
  await preview.locator(".diagram-view svg").first().waitFor();
  await code.screenshot("live-preview-light");

  await openFile(page, "lesson.en.md");
  await replaceText(page, "## Hints", "A sentence **just written**.\n\n[away](../nowhere/lesson.en.md)\n\n## Hints");
  await preview.getByText("A sentence just written.").waitFor();
  await preview.getByText('"../nowhere/lesson.en.md" leads nowhere').waitFor();
  await code.runCommand("View: Revert File");
  await preview.getByText("leads nowhere").waitFor({ state: "hidden" });

  // The way from a problem to its line.
  await openFile(page, "spec.ts");
  await replaceText(page, "import", "nothing.here; import");
  await page.keyboard.press("Control+s");
  await preview.locator(".status-text", { hasText: /The spec cannot run: .*nothing/ }).waitFor();
  await preview
    .getByRole("button", { name: /^spec\.ts:1$/ })
    .first()
    .click();
  await page.locator(".tab.active", { hasText: "spec.ts" }).waitFor();
  await page.getByText("Ln 1, Col 1").waitFor();
  await code.screenshot("live-broken-spec");
  await replaceText(page, "nothing.here; import", "import");
  await page.keyboard.press("Control+s");
  await preview.locator(".status-text", { hasText: "The solution passes · 2 of 2" }).waitFor();
  assert.deepEqual(code.problems, []);
});

test("in Chinese and in the dark, the same; problems go with the last file that is closed", async () => {
  await using code = await openVsCode({ files, locale: "zh-cn", theme: "dark" });
  const { page } = code;
  await openFile(page, "lesson.json");
  await code.runCommand("Interleave: 预览这节课");
  const preview = code.webview();
  await preview.locator(".status-text", { hasText: "参考解通过 · 2 个错误写法中有 2 个如声明被查出" }).waitFor();
  await preview.locator(".diagram-view svg").first().waitFor();
  await code.screenshot("live-preview-dark-zh-cn");
  assert.deepEqual(code.problems, []);
});
