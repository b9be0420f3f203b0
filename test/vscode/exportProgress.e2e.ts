// Export My Progress in the real VS Code: after a grading, the file is read before it is saved, holds no code, keeps the name for
// the next time, and `interleave report` takes it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/paths.mjs";
import { readLessonFile, readLessonTitle } from "./lessonFixtures.ts";
import { editor, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
const leaking = "mistakes/timer-never-cleared.ts";

test("what was learned is exported, read first, and reported", async () => {
  await using code = await openVsCode({
    settings: { ...plainEditor, "interleave.openOnStart": lesson, "files.simpleDialog.enable": true },
  });
  const { page, workspaceDir } = code;
  await editor(code).waitFor();
  await replaceText(code, await readLessonFile(lesson, leaking));
  await save(code);
  await verdict(code, /tests? failed/).waitFor();

  const box = page.locator(".quick-input-widget");
  await code.runAskingCommand("Interleave: Export My Progress…");
  await box.getByText("A name to put into the file").first().waitFor();
  await box.locator("input[type=text]").fill("Ada");
  await page.keyboard.press("Enter");
  const shown = page.locator('.editor-instance .monaco-editor[data-uri^="interleave-progress:"]').first();
  await shown.getByText('"Ada"').first().waitFor();
  await shown.getByText('"timer-still-armed"').first().waitFor();
  await page.getByText("This is all that the file will hold").first().waitFor();
  await code.screenshot("export-1-shown");
  assert.deepEqual(await readdir(workspaceDir), [], "nothing is saved before it is asked for");

  await shown.locator(".codelens-decoration a", { hasText: "Save…" }).click();
  await box.getByText("Save my progress").first().waitFor();
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Saved as interleave-progress-Ada-/)
    .first()
    .waitFor();
  await code.screenshot("export-2-saved");
  const [name = "", ...others] = await readdir(workspaceDir);
  assert.match(name, /^interleave-progress-Ada-\d{4}-\d{2}-\d{2}\.json$/);
  assert.deepEqual(others, []);
  const text = await readFile(join(workspaceDir, name), "utf8");
  assert.doesNotMatch(text, /function|await|=>|signal\b(?!")/);

  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(root, "dist/cli.js"), "report", name, "--csv", "-", "--html", "team.html", "--locale", "en"],
    { cwd: workspaceDir },
  );
  assert.match(stderr, /^Wrote team\.html: 1 person\.\n$/);
  const title = await readLessonTitle(lesson, "en");
  assert.ok(stdout.includes(`Ada,Fan-out and fan-in,${lesson},${title},At work,1,1,0,no,`), stdout);
  const html = await readFile(join(workspaceDir, "team.html"), "utf8");
  assert.match(html, /<bdi>Ada<\/bdi>/);
  assert.match(html, /A timer is still armed/);

  // The name is kept, and the export is found in the view's menu too.
  await code.runAskingCommand("Interleave: Export My Progress…");
  await box.getByText("A name to put into the file").first().waitFor();
  assert.equal(await box.locator("input[type=text]").inputValue(), "Ada");
  await page.keyboard.press("Escape");
  await box.waitFor({ state: "hidden" });
  await code.runCommand("Interleave: Focus on Lessons View");
  await page.getByRole("button", { name: "Views and More Actions..." }).first().click();
  await page.getByRole("menuitem", { name: "Export My Progress…" }).waitFor();
  await code.screenshot("export-3-menu");
  assert.deepEqual(code.problems, []);
});
