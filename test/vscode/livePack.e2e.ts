// An author writes a lesson in the real VS Code: problems stand where they are as they are typed and go when they are mended,
// the preview follows, and the spec's result is said above it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { lessonTemplate } from "../../src/core/authoring/lessonTemplate.ts";
import { greeted } from "./rig/greeting.ts";
import { plainEditor, replaceFocused } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const title = { en: "All", "zh-cn": "全部" };
const tracks = [{ id: "all", title, summary: title, lessons: ["broken", "pause"] }];
const lesson = Object.entries(lessonTemplate("pause", "all"));
const files = {
  "pack/catalog.json": JSON.stringify({ version: 1, tracks }, null, 2),
  "pack/broken/lesson.json": "{\n  oops\n}\n",
  ...Object.fromEntries(lesson.map(([name, text]) => [`pack/pause/${name}`, text])),
};

/** Real ms: a spec runs in some seconds, on a busy machine in many. */
const whileItRuns = { timeout: 120_000 };

const rows = (page: Page, name: RegExp) =>
  page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name });

/** Opens a file of the folder from the Explorer, for good: a tab in italics would give way to the next one. */
async function openFile(page: Page, folder: RegExp, name: string): Promise<void> {
  const row = rows(page, folder);
  if ((await row.getAttribute("aria-expanded")) === "false") await row.click();
  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().dblclick();
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** What the lesson's files hold as they are changed: name -> text. */
type Texts = Map<string, string>;

/** Puts `to` in place of the first `from` of the lesson's file, which is open, without saving it. */
async function change(code: VsCode, texts: Texts, file: string, from: string, to: string): Promise<void> {
  const text = texts.get(file) ?? "";
  assert.ok(text.includes(from), `${from} is not there`);
  const changed = text.replace(from, () => to);
  const editor = code.page.locator(`.editor-instance .monaco-editor[data-uri$="/pause/${file}"]`).first();
  await editor.locator(".native-edit-context, textarea.inputarea").first().focus();
  await replaceFocused(code, changed);
  texts.set(file, changed);
}

const problem = (page: Page, text: string | RegExp) =>
  page.locator(".markers-panel .monaco-list-row", { hasText: text });

test("an author's faults stand at their lines, and the preview follows", async () => {
  await using code = await openVsCode({ files, settings: plainEditor });
  const { page } = code;
  const texts: Texts = new Map(lesson);
  await greeted(code);
  await rows(page, /^pack$/).click();
  await code.runCommand("Problems: Focus on Problems View");

  // What is wrong with a lesson is shown while something of it is open.
  await openFile(page, /^broken$/, "lesson.json");
  await problem(page, "not valid JSON: expected a key in double quotes here").getByText("[Ln 2, Col 3]").waitFor();
  await code.runCommand("View: Close Editor");
  await problem(page, "not valid JSON").waitFor({ state: "hidden" });
  await rows(page, /^broken$/).click();

  // Typed, not saved.
  await openFile(page, /^pause$/, "lesson.json");
  await change(code, texts, "lesson.json", '"minutes": 20', '"minutes": 2');
  const minutes = problem(page, '"minutes" should be >=5 but is 2');
  await minutes.getByText("[Ln 13, Col 3]").waitFor();
  await minutes.getByText("Interleave").waitFor();
  await code.screenshot("live-problem");
  await change(code, texts, "lesson.json", '"minutes": 2', '"minutes": 20');
  await minutes.waitFor({ state: "hidden" });

  await code.runCommand("Interleave: Preview This Lesson");
  const preview = code.webview();
  const headline = (text: string | RegExp) => preview.locator(".status-text", { hasText: text });
  await preview.getByRole("heading", { name: "Pause", level: 1 }).waitFor();
  await headline("The solution passes · 2 of 2 mistakes caught as declared").waitFor(whileItRuns);
  await preview.locator(".card.diagram").first().scrollIntoViewIfNeeded();
  await preview.locator(".diagram-view svg").first().waitFor();
  await code.screenshot("live-preview-light");

  await openFile(page, /^pause$/, "lesson.en.md");
  await change(
    code,
    texts,
    "lesson.en.md",
    "## Hints",
    "A sentence just written.\n\n[away](../nowhere/lesson.en.md)\n\n## Hints",
  );
  await preview.getByText("A sentence just written.").waitFor();
  await preview.getByText('"../nowhere/lesson.en.md" leads nowhere').waitFor();
  await change(code, texts, "lesson.en.md", "[away](../nowhere/lesson.en.md)", "Away.");
  await preview.getByText("leads nowhere").waitFor({ state: "hidden" });

  await openFile(page, /^pause$/, "spec.ts");
  await change(code, texts, "spec.ts", "import", "nothing.here; import");
  await page.keyboard.press("Control+s");
  await headline(/^The spec cannot run: /).waitFor(whileItRuns);
  // The way from a problem to its line.
  await preview
    .getByRole("button", { name: /^spec\.ts:1$/ })
    .first()
    .click();
  await page.locator(".statusbar-item", { hasText: "Ln 1, Col 1" }).waitFor();
  await code.screenshot("live-broken-spec");
  await change(code, texts, "spec.ts", "nothing.here; import", "import");
  await page.keyboard.press("Control+s");
  await headline("The solution passes · 2 of 2").waitFor(whileItRuns);
  assert.deepEqual(code.problems, []);
});

test("in Chinese and in the dark, the same", async () => {
  await using code = await openVsCode({ files, settings: plainEditor, locale: "zh-cn", theme: "dark" });
  const { page } = code;
  await greeted(code);
  await rows(page, /^pack$/).click();
  await openFile(page, /^pause$/, "lesson.json");
  await code.runCommand("Interleave: 预览这节课");
  const preview = code.webview();
  await preview
    .locator(".status-text", { hasText: "参考解通过 · 2 个错误写法中有 2 个如声明被查出" })
    .waitFor(whileItRuns);
  await code.screenshot("live-preview-dark-zh-cn");
  await preview.getByRole("button", { name: "English" }).click();
  await preview.locator(".status-text", { hasText: "The solution passes · 2 of 2" }).waitFor();
  assert.deepEqual(code.problems, []);
});
