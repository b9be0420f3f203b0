// Restricted Mode in the real VS Code: the product's own lessons open and are graded, and nothing of the workspace counts; what is
// refused says why and offers to trust. Once the workspace is trusted, by VS Code's own page, all of it works without a reload.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { readLessonFile, readLessonTitle } from "./lessonFixtures.ts";
import { editor, exercisePath, focusEditor, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
/** A wrong answer that holds in the natural order of one test, and breaks in another order. */
const mistake = "mistakes/order-of-the-urls.ts";

const onboarding = {
  version: 1,
  title: { en: "Welcome to the pool team", "zh-cn": "欢迎加入连接池团队" },
  steps: [{ kind: "lesson", id: lesson, due: 3 }],
  stops: [],
};

const files = {
  ".interleave/onboarding.json": JSON.stringify(onboarding),
  ".vscode/settings.json": JSON.stringify({ "interleave.exercisesFolder": "mine" }),
};

test("without trust nothing of the workspace counts; with it, all works at once", async () => {
  await using code = await openVsCode({
    files,
    restricted: true,
    settings: { ...plainEditor, "interleave.openOnStart": lesson },
  });
  const { page } = code;
  const inWorkspace = join(code.workspaceDir, "mine", lesson, "exercise.ts");
  await restrictedMode(page).waitFor();

  // A lesson of the product opens, and its exercise is not where the workspace says.
  await code
    .webview()
    .getByRole("heading", { level: 1, name: await readLessonTitle(lesson, "en") })
    .waitFor();
  await failOn(code);
  assert.ok(existsSync(exercisePath(code, lesson)));
  assert.equal(existsSync(inWorkspace), false);

  // The onboarding is not read.
  await code.runCommand("Interleave: Focus on Lessons View");
  const closed = row(page, /^Onboarding/).filter({ hasText: "not read: the workspace is not trusted" });
  await closed.waitFor();
  assert.equal(await page.getByText("Welcome to the pool team").count(), 0);
  await code.screenshot("trust-1-restricted");

  // The debugger is refused.
  await debugFailure(code);
  const refusal = page.locator(".notification-toast", { hasText: "only in a workspace that you trust" });
  await refusal.getByText("an exercise runs outside of the sandbox’s confinement").waitFor();
  assert.equal(await page.locator(".debug-toolbar:visible").count(), 0);
  await code.screenshot("trust-2-debugger-refused");
  await refusal.getByRole("button", { name: "Manage Workspace Trust" }).click();

  await grantTrust(page);
  await restrictedMode(page).waitFor({ state: "hidden" });
  // VS Code shows that page in a dialog of its own.
  const dialog = page.locator(".monaco-modal-editor-block");
  await dialog.locator('[aria-label^="Close Modal Editor"]').click();
  await dialog.waitFor({ state: "hidden" });
  await row(page, /^Welcome to the pool team/).waitFor();
  await closed.waitFor({ state: "detached" });
  await page.locator(".notification-list-item", { hasText: "Welcome to the pool team" }).first().waitFor();

  // The exercise is where the workspace says, and so is what is debugged.
  await code.webview().getByRole("button", { name: "exercise.ts" }).first().click();
  await page.locator(`.monaco-editor[data-uri$="/mine/${lesson}/exercise.ts"]`).first().waitFor();
  await failOn(code);
  assert.ok(existsSync(inWorkspace));
  await debugFailure(code);
  await page.locator(".debug-toolbar").waitFor();
  await page.locator(".debug-top-stack-frame-line").first().waitFor();
  await code.screenshot("trust-3-trusted");
  await focusEditor(code);
  await page.keyboard.press("Shift+F5");
  await page.locator(".debug-toolbar").waitFor({ state: "hidden" });
  assert.deepEqual(code.problems, []);
});

async function failOn(code: VsCode): Promise<void> {
  await editor(code).waitFor();
  await replaceText(code, await readLessonFile(lesson, mistake));
  await save(code);
  await verdict(code, /tests? failed/).waitFor();
}

async function debugFailure(code: VsCode): Promise<void> {
  const failed = code.webview().locator(".test", { hasText: "every order of four answers" });
  const button = failed.getByRole("button", { name: "Debug this schedule" });
  await failed.waitFor();
  if (!(await button.isVisible())) await failed.locator("summary").click();
  await button.click();
}

/** On VS Code's own page about it. */
async function grantTrust(page: Page): Promise<void> {
  await page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true }).first().click();
}

function restrictedMode(page: Page): Locator {
  return page.locator(".statusbar-item", { hasText: "Restricted Mode" });
}

function row(page: Page, name: RegExp): Locator {
  return page.getByRole("treeitem", { name });
}
