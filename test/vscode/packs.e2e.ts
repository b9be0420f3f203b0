// A team's own lessons in the real VS Code: a pack of the workspace is shown, worked on and passed like any other lesson, its learners are
// told when a lesson has changed, and a pack that cannot be used says why.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { lessonTemplate } from "../../src/core/authoring/lessonTemplate.ts";
import { below, packFiles } from "../generatedPack.ts";
import { editor, exercisePath, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const template = lessonTemplate("lesson-1", "track-1");
const broken = '{\n  "version": 1,\n  "tracks": [\n';
const files = {
  ...below(".interleave/pack", packFiles({ lessons: 2 })),
  "broken/catalog.json": broken,
};

const row = (page: Page, name: RegExp) => page.getByRole("treeitem", { name });

function writeCatalog(code: VsCode, pack: Parameters<typeof packFiles>[0]): void {
  const text = packFiles(pack)["catalog.json"] ?? "";
  writeFileSync(join(code.workspaceDir, ".interleave/pack/catalog.json"), text);
}

test("a pack of the workspace", async () => {
  const settings = { ...plainEditor, "interleave.packs": ["broken", "nowhere"] };
  await using code = await openVsCode({ files, settings });
  const { page } = code;
  await code.runCommand("Interleave: Focus on Lessons View");
  await row(page, /^Acme's lessons, lesson pack, 0 of 2 lessons passed$/).waitFor();
  await row(page, /^nowhere, lesson pack: there is no such folder$/).waitFor();
  await code.screenshot("packs-view");

  // What is wrong is said, and the file opened at that line.
  await row(page, /^broken, lesson pack, cannot be used: not valid JSON/).click();
  await page.locator('.editor-instance .monaco-editor[data-uri$="/broken/catalog.json"]').waitFor();
  await page.getByText("Ln 4, Col 1").waitFor();

  await row(page, /^Lesson 1, Not started/).click();
  await code.webview().getByRole("heading", { level: 1, name: "Lesson 1" }).waitFor();
  await editor(code).waitFor();
  assert.ok(existsSync(exercisePath(code, "acme/lesson-1")));
  await save(code);
  await verdict(code, /tests? failed/).waitFor();
  await code.runCommand("Interleave: Show Next Hint");
  await replaceText(code, template["solution.ts"] ?? "");
  await save(code);
  await verdict(code, /^Passed/).waitFor();
  await row(page, /^Lesson 1, Passed, Introductory/).waitFor();
  await row(page, /^Acme's lessons, lesson pack, 1 of 2 lessons passed$/).waitFor();
  await code.screenshot("packs-passed");

  await code.runCommand("Testing: Focus on Test Explorer View");
  await row(page, /^Acme's lessons/)
    .first()
    .waitFor();

  // The window comes back with the progress; saving still grades.
  await code.reload();
  await code.runCommand("Interleave: Focus on Lessons View");
  await row(page, /^Lesson 1, Passed, Introductory/).click();
  await code.webview().getByRole("heading", { level: 1, name: "Lesson 1" }).waitFor();
  await save(code);
  await verdict(code, /^Passed/).waitFor();

  // The pack's author changes the lesson.
  const text = { en: "The signal's reason counts now.", "zh-cn": "现在要看信号的原因。" };
  writeCatalog(code, { lessons: 2, version: "1.1.0", changelog: [{ version: "1.1.0", lesson: "lesson-1", text }] });
  await row(page, /^Lesson 1, Passed, changed since you passed, Introductory/).waitFor();
  const heading = code.webview().getByRole("heading", { name: /^Changed since you passed it/ });
  await heading.waitFor();
  assert.match((await heading.textContent()) ?? "", /version 1\.0\.0, now 1\.1\.0/);
  await code.webview().getByText("The signal's reason counts now.").waitFor();
  await code.screenshot("packs-changed");
  await code.webview().getByRole("button", { name: "Run the tests again" }).click();
  await heading.waitFor({ state: "detached" });
  await row(page, /^Lesson 1, Passed, Introductory/).waitFor();

  // A catalog that is broken while it is edited takes the pack away, not the learner's progress.
  writeFileSync(join(code.workspaceDir, ".interleave/pack/catalog.json"), broken);
  await row(page, /pack, lesson pack, cannot be used: not valid JSON/).waitFor();
  writeCatalog(code, { lessons: 2, version: "1.1.0" });
  await row(page, /^Lesson 1, Passed, Introductory/).waitFor();

  await code.runCommand("Interleave: Show Solution");
  await page.getByText("Lesson 1: your exercise ↔ a solution").first().waitFor();
  await code.screenshot("packs-solution");
  assert.deepEqual(code.problems, []);
});
