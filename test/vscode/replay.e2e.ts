// A failing schedule replayed in the editor: by its button in the lesson panel, and by the command, which refuses what is
// no schedule. What is shown is what `interleave replay` prints for the same file, byte for byte.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { promisify } from "node:util";
import type { Locator } from "playwright-core";
import { root } from "../../scripts/lib/paths.mjs";
import { readLessonFile } from "./lessonFixtures.ts";
import { editor, exercisePath, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
/** A wrong answer that holds in the natural order of this test, and breaks in another. */
const mistake = "mistakes/order-of-the-urls.ts";
const failing = "every-order-of-answers";

test("a schedule is replayed in the editor as on the command line", async () => {
  await using code = await openVsCode({ settings: { ...plainEditor, "interleave.openOnStart": lesson } });
  await editor(code).waitFor();
  await replaceText(code, await readLessonFile(lesson, mistake));
  await save(code);
  await verdict(code, /tests? failed/).waitFor();

  const row = code.webview().locator(".test", { hasText: "every order of four answers" });
  await row.locator("summary").click();
  const schedule = await row.locator(".schedule code").innerText();
  assert.notEqual(schedule, "i2-");
  await row.getByRole("button", { name: "Replay this schedule" }).click();
  assert.equal(await replayText(code, schedule), await replayOnTheCommandLine(code, schedule));
  await code.screenshot("replay-1-shown");

  await code.runAskingCommand("Interleave: Replay a Schedule");
  const box = code.page.locator(".quick-input-widget");
  const input = box.locator("input[type=text]");
  await box.getByText(failing).first().waitFor();
  await code.screenshot("replay-2-tests");
  await input.fill(failing);
  await box.locator(".monaco-list-row.focused", { hasText: failing }).waitFor();
  await code.page.keyboard.press("Enter");
  await box.getByText("Schedule to replay").waitFor();
  assert.equal(await input.inputValue(), schedule);
  await input.fill("i1-ab");
  await code.page.keyboard.press("Enter");
  await box.getByText("was made by another version").waitFor();
  await code.screenshot("replay-3-refused");
  await input.fill("i2-");
  await code.page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
  assert.equal(await replayText(code, "i2-"), await replayOnTheCommandLine(code, "i2-"));

  const started = await lineOfFirstTimer(code);
  await replayEditor(code, "i2-")
    .locator(".detected-link", { hasText: started })
    .first()
    .click({ modifiers: ["Control"] });
  await code.page.locator(".statusbar-item").getByText(`Ln ${started}, Col 1`, { exact: true }).waitFor();
  assert.deepEqual(code.problems, []);
});

function replayEditor(code: VsCode, schedule: string): Locator {
  return code.page.locator(`.monaco-editor[data-uri$="/${schedule}.txt"]`).first();
}

/** The whole text of the document: an editor draws only the part that is to be seen. */
async function replayText(code: VsCode, schedule: string): Promise<string> {
  const { page } = code;
  await replayEditor(code, schedule).locator(".native-edit-context, textarea.inputarea").first().focus();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  const copied = await page.waitForFunction(() => navigator.clipboard.readText());
  return copied.jsonValue();
}

/** The line of the exercise that the replay names for its first timer. */
async function lineOfFirstTimer(code: VsCode): Promise<string> {
  const [, line = ""] = /timer setTimeout .* starts +(\d+)$/m.exec(await replayText(code, "i2-")) ?? [];
  assert.match(line, /^\d+$/);
  return line;
}

/** What the command prints, whether the schedule breaks the exercise (it ends with 1) or not. */
async function replayOnTheCommandLine(code: VsCode, schedule: string): Promise<string> {
  const file = exercisePath(code, lesson);
  const args = ["replay", lesson, file, "--test", failing, "--schedule", schedule, "--locale", "en"];
  const run = promisify(execFile)(process.execPath, [join(root, "dist/cli.js"), ...args]);
  const { stdout } = await run.catch((error: unknown) => error as { readonly stdout: string });
  return stdout.replaceAll(file, "exercise.ts");
}
