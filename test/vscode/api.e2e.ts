// Another extension in the real VS Code: the example of docs/examples, packed and installed beside Interleave. Its pack stands in the
// Lessons view, its command and a link open its lesson, and it shows the progress that it reads.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cache, root } from "../../scripts/lib/paths.mjs";
import { packageExtension, packageFolder } from "../../scripts/lib/vsix.mjs";
import { editor, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { greeted } from "./rig/greeting.ts";
import { followLink } from "./rig/links.ts";
import { openVsCode } from "./rig/vsCode.ts";

const example = join(root, "docs/examples/team-pack-extension");
const heading = "The newest answer counts";

test("an extension brings its lessons, opens one, and reads how far the user has come", async () => {
  const vsix = join(cache, "team-pack.vsix");
  await packageFolder(example, vsix);
  await using code = await openVsCode({ settings: plainEditor, extensions: [await packageExtension(), vsix] });
  await greeted(code);
  const { page } = code;
  const count = page.locator(".statusbar-item", { hasText: /Acme \d/ });
  await count.getByText("Acme 0/1").waitFor();

  await code.runCommand("Interleave: Focus on Lessons View");
  await page.getByRole("treeitem", { name: /^Acme, lesson pack, 0 of 1 lessons passed$/ }).waitFor();
  await page.getByRole("treeitem", { name: /^The newest answer counts, Not started/ }).waitFor();
  await code.screenshot("api-pack-in-the-view");

  await code.runCommand("Acme: Open the First Lesson");
  const title = code.webview().getByRole("heading", { level: 1, name: heading });
  await title.waitFor();
  await editor(code).waitFor();

  // The lesson is worked on like any other, and the example hears of it.
  await save(code);
  await verdict(code, /tests? failed/).waitFor();
  await code.runAskingCommand("Acme: Show My Progress");
  const list = page.locator(".quick-input-widget");
  await list.getByText("in-progress, 1 of 3 tests passed").first().waitFor();
  await code.screenshot("api-progress");
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });
  await replaceText(code, readFileSync(join(example, "lessons/newest-answer/solution.ts"), "utf8"));
  await save(code);
  await verdict(code, /^Passed/).waitFor();
  await count.getByText("Acme 1/1").waitFor();

  await code.runCommand("View: Close All Editors");
  await page.getByRole("tab", { name: /exercise\.ts/ }).waitFor({ state: "detached" });
  await followLink(code, "code-oss://interleave.interleave/lesson/acme/newest-answer");
  await title.waitFor();
  await code.screenshot("api-lesson-by-link");
  assert.deepEqual(code.problems, []);
});
