// The timeline in the real VS Code: a wrong exercise is saved, and the order that breaks it is there by itself, with the leak;
// it is stepped through, leads to the source, follows the cursor, and goes away once the exercise passes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Locator } from "playwright-core";
import { readLessonFile } from "./lessonFixtures.ts";
import { appendLine, editor, focusEditor, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
/** A wrong answer that leaves a timer armed. */
const leaking = "mistakes/timer-never-cleared.ts";
/** A wrong answer that holds in the natural order of one test, and breaks in another order. */
const disordered = "mistakes/order-of-the-urls.ts";

const shown = { "interleave.openOnStart": lesson, "interleave.showTimeline": "onFailure" };

test("the failing order opens by itself, and leads to the source and back", async () => {
  await using code = await openVsCode({ settings: { ...plainEditor, ...shown } });
  await editor(code).waitFor();
  await replaceText(code, await readLessonFile(lesson, leaking));
  await save(code);
  const page = code.timeline();
  await page.getByText("A timer is still armed").first().waitFor();
  // Whoever saves goes on writing.
  assert.equal(await editor(code).locator(".native-edit-context:focus, textarea.inputarea:focus").count(), 1);
  await code.screenshot("timeline-1-opened");

  await page.getByRole("button", { name: "Show as a table (T)" }).click();
  const rows = page.getByRole("table").getByRole("row");
  const armed = rows.filter({ hasText: "timer setTimeout 1000 ms starts" });
  await armed.first().click();
  await page.getByRole("button", { name: "Go to line" }).first().click();
  const line = await armed.locator(".timeline-line").innerText();
  await code.page.locator(".statusbar-item").getByText(`Ln ${line}, Col 1`, { exact: true }).waitFor();
  // The line of the current event is marked in the editor, and the lane of the line with the cursor in the table.
  await page.locator('tr[data-lit="true"]').first().waitFor();
  await code.screenshot("timeline-2-source");

  await page.getByRole("button", { name: "Show as a table (T)" }).click();
  const chart = page.getByRole("application", { name: "Timeline of the run" });
  await chart.focus();
  await code.page.keyboard.press("End");
  await details(page).getByText("A timer is still armed").waitFor();
  await code.page.keyboard.press("ArrowLeft");
  await details(page).getByText("fanOutFetch settles").waitFor();
  await code.screenshot("timeline-3-stepped");

  // The leak has causes, and the timer that it is about has consequences.
  await code.page.keyboard.press("End");
  const filter = page.getByRole("combobox", { name: "Filter" });
  await filter.selectOption({ label: "Causes of this event" });
  await details(page)
    .getByText(/Causes of this event: A timer is still armed · \d+ of \d+ events\./)
    .waitFor();
  await filter.selectOption({ label: "All events" });
  await chart.focus();
  await code.page.keyboard.press("Home");
  await filter.selectOption({ label: "What this event caused" });
  await details(page)
    .getByText(/What this event caused: .+ · \d+ of \d+ events\./)
    .waitFor();
  await code.screenshot("timeline-3-filtered");
  await filter.selectOption({ label: "All events" });

  // The cursor on a line lights the operations that began there.
  await placeCursor(code, Number(line));
  await page.getByRole("button", { name: "Show as a table (T)" }).click();
  await armed.and(page.locator('[data-lit="true"]')).waitFor();
  await placeCursor(code, 1);
  await page.locator('tr[data-lit="true"]').first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show as a table (T)" }).click();

  await appendLine(code, "// edited");
  await code.page.keyboard.press("Control+Home");
  await chart.focus();
  await code.page.keyboard.press("Escape");
  await page.getByText("The exercise has changed since this run").waitFor();

  await replaceText(code, await readLessonFile(lesson, "solution.ts"));
  await save(code);
  await page.getByText("Every test holds in every order that was run").waitFor();
  await code.screenshot("timeline-4-passed");
  assert.deepEqual(code.problems, []);
});

test("an order is compared with the natural one, chosen from the lesson and by command, and saved as a picture", async () => {
  await using code = await openVsCode({
    theme: "dark",
    settings: { ...plainEditor, ...shown, "files.simpleDialog.enable": true },
  });
  await editor(code).waitFor();
  await replaceText(code, await readLessonFile(lesson, disordered));
  await save(code);
  await verdict(code, /tests? failed/).waitFor();
  const row = code.webview().locator(".test", { hasText: "every order of four answers" });
  await row.locator("summary").click();
  await row.getByRole("button", { name: "Show on the timeline" }).click();
  const page = code.timeline();
  await page.getByText("every order of four answers").first().waitFor();
  await page.getByRole("button", { name: "Compare with the natural order" }).click();
  await page.getByText(/^They part at \d+ ms: here “.+”, in the natural order “.+”\.$/).waitFor();
  await page.getByRole("button", { name: "Show the first difference" }).click();
  await details(page).getByText("completes").first().waitFor();
  await code.screenshot("timeline-5-compared");

  const svg = await savedPicture(code, "SVG");
  assert.match(svg.toString("utf8"), /^<svg [\s\S]*<\/svg>\s*$/);
  assert.ok(svg.toString("utf8").includes("https://b.example/"));
  const png = await savedPicture(code, "PNG");
  assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

  await code.runAskingCommand("Interleave: Show an Order on the Timeline");
  const box = code.page.locator(".quick-input-widget");
  // Not what the palette still shows.
  await box.locator(".monaco-list-row", { hasText: "every order of four answers" }).first().waitFor();
  await box.locator("input[type=text]").fill("no-urls");
  await box.locator(".monaco-list-row.focused", { hasText: "no-urls" }).waitFor();
  await code.page.keyboard.press("Enter");
  await page.getByText("Replayed", { exact: true }).waitFor();
  assert.deepEqual(code.problems, []);
});

/** Saves it into the workspace, under the name that is offered. */
async function savedPicture(code: VsCode, format: "SVG" | "PNG"): Promise<Buffer> {
  const page = code.timeline();
  await page.getByRole("button", { name: `Save as ${format}…` }).click();
  await code.page.locator(".quick-input-widget").getByText("Save the timeline").first().waitFor();
  await code.page.keyboard.press("Enter");
  const extension = format.toLowerCase();
  const said = page.getByText(new RegExp(`Saved as .+\\.${extension}`)).first();
  const [, name = ""] = /Saved as (.+?\.(?:svg|png))/.exec(await said.innerText()) ?? [];
  return readFile(join(code.workspaceDir, name));
}

async function placeCursor(code: VsCode, line: number): Promise<void> {
  const { page } = code;
  await focusEditor(code);
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget input[type=text]").fill(`:${String(line)}`);
  await page.keyboard.press("Enter");
  await page
    .locator(".statusbar-item")
    .getByText(`Ln ${String(line)}, Col 1`, { exact: true })
    .waitFor();
}

function details(page: FrameLocator): Locator {
  return page.locator(".timeline-details");
}
