// Work that takes long, in the real VS Code: it says how far it is, and can be stopped from where one looks.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readLessonFile } from "./lessonFixtures.ts";
import { editor, plainEditor, replaceText, save } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
/** Each run takes a twentieth of a second or more, and there are many: nobody waits for the end. */
const slowly = "for (let n = 0; n < 5e7; n++);";

test("a long grading tells how far it is, and is stopped in the panel, above the code, and in its notification", async () => {
  await using code = await openVsCode({ settings: { ...plainEditor, "interleave.openOnStart": lesson } });
  await editor(code).waitFor();
  await code.webview().locator(".status-line").waitFor();
  await replaceText(code, `${slowly}\n${await readLessonFile(lesson, "solution.ts")}`);

  await save(code);
  await running(code).waitFor();
  await code
    .webview()
    .getByText(/^Running: test [1-9]\d* of \d+$/)
    .first()
    .waitFor();
  await code.screenshot("long-1-running");
  await code.webview().getByRole("button", { name: "Stop" }).first().click();
  await running(code).waitFor({ state: "detached" });

  await save(code);
  await running(code).waitFor();
  await code.page.keyboard.press("Control+Home");
  await editor(code).locator(".codelens-decoration a", { hasText: "Stop" }).first().click();
  await running(code).waitFor({ state: "detached" });

  await save(code);
  const notice = code.page.locator(".notification-toast", { hasText: "running the exercise in many orders" });
  await notice.waitFor();
  await code.screenshot("long-2-notification");
  await notice.getByRole("button", { name: "Cancel" }).click();
  await running(code).waitFor({ state: "detached" });
  await notice.waitFor({ state: "detached" });
  assert.deepEqual(code.problems, []);
});

function running(code: VsCode) {
  return code.webview().locator(".status-line[data-standing=running]");
}
