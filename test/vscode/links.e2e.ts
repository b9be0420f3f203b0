// Links in the real VS Code: a lesson's own link opens it again, one that leads nowhere shows what there is instead, and the
// program of a playground link waits for two answers: whether to open it, and whether to run it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { documentToFile } from "../../src/core/playground/sharing.ts";
import { defaultScenario } from "../../src/protocol/simulation.ts";
import { readLessonTitle } from "./lessonFixtures.ts";
import { greeted } from "./rig/greeting.ts";
import { dialog, followLink } from "./rig/links.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "semaphore";

test("the link that was copied from a lesson opens it", async () => {
  await using code = await openVsCode({ settings: { "interleave.openOnStart": lesson } });
  const { page } = code;
  const heading = code.webview().getByRole("heading", { level: 1, name: await readLessonTitle(lesson, "en") });
  await heading.waitFor();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await code.runCommand("Interleave: Copy Link to This Lesson");
  await toast(code, "was copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  // VS Code's scheme is another one in each of its products.
  assert.match(link, /^[a-z-]+:\/\/interleave\.interleave\/lesson\/semaphore$/);

  await code.runCommand("View: Close All Editors");
  await editorTab(code, /exercise\.ts/).waitFor({ state: "detached" });
  await followLink(code, link);
  await heading.waitFor();
  await page.locator('.editor-instance .monaco-editor[data-uri$="/semaphore/exercise.ts"]').waitFor();
  assert.deepEqual(code.problems, []);
});

test("a link to no lesson says so and shows the lessons", async () => {
  await using code = await openVsCode();
  await greeted(code);
  const { page } = code;
  const lessons = page.getByRole("treeitem", { name: new RegExp(`^${await readLessonTitle(lesson, "en")}, `) });
  await page.locator(".explorer-folders-view, .explorer-viewlet").first().waitFor();
  assert.equal(await lessons.count(), 0);

  await followLink(code, "code-oss://interleave.interleave/lesson/acme/not-there");
  await toast(code, 'There is no lesson "acme/not-there"').waitFor();
  await lessons.waitFor();
  await code.screenshot("link-to-no-lesson");

  await followLink(code, "code-oss://interleave.interleave/lesson/../../etc/passwd");
  await toast(code, "This link names no lesson.").waitFor();
  assert.equal(await editorTab(code, /Playground|exercise/).count(), 0);
  assert.deepEqual(code.problems, []);
});

test("a playground link asks before it opens, and then waits for Run", async () => {
  await using code = await openVsCode();
  await greeted(code);
  const text = 'export async function main() {\n  console.log("from a stranger");\n  return "done";\n}\n';
  const packed = deflateRawSync(documentToFile({ text, scenario: defaultScenario })).toString("base64url");
  const link = `code-oss://interleave.interleave/playground#${packed}`;
  const question = dialog(code, "Open a program from a link in the playground?");

  await followLink(code, link);
  await question.getByText("Nothing of it runs until you press Run").waitFor();
  await code.screenshot("playground-link-question");
  await question.getByRole("button", { name: "Cancel" }).click();
  await question.waitFor({ state: "hidden" });
  const tab = editorTab(code, /^Playground/);
  assert.equal(await tab.count(), 0);

  await followLink(code, link);
  await question.getByRole("button", { name: "Open, Without Running" }).click();
  await tab.waitFor();
  const playground = code.webview();
  await playground.getByText("This program came from a link").waitFor();
  await playground.getByText("from a stranger").first().waitFor();
  const median = playground.getByRole("button", { name: /^p50: / });
  assert.equal(await median.count(), 0);
  await code.screenshot("playground-link-waits");

  await playground.getByRole("button", { name: "Run", exact: true }).first().click();
  await median.waitFor();

  await followLink(code, link.slice(0, -9));
  await toast(code, "it was cut short on its way").waitFor();
  assert.equal(await question.count(), 0);
  assert.deepEqual(code.problems, []);
});

function editorTab({ page }: VsCode, name: RegExp) {
  return page.getByRole("tab", { name });
}

function toast({ page }: VsCode, text: string) {
  return page.locator(".notification-list-item", { hasText: text });
}
