// "Check yourself" in the real VS Code: opened from the lesson, answered, explained, and the same after it was hidden and after a reload.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameLocator } from "playwright-core";
import { openVsCode } from "./rig/vsCode.ts";
import { readLessonFile, readLessonTitle } from "./lessonFixtures.ts";

const lesson = "context-tree";

interface Question {
  readonly answer: string;
  readonly options: readonly { readonly id: string; readonly why: { readonly en: string } }[];
}

test("a question is answered and explained", async () => {
  const { questions } = JSON.parse(await readLessonFile(lesson, "quiz.json")) as {
    readonly questions: readonly Question[];
  };
  const [first] = questions;
  const right = first?.options.find(({ id }) => id === first.answer);
  const wrong = first?.options.findIndex(({ id }) => id !== first.answer) ?? -1;
  assert.ok(first && right && wrong >= 0);

  await using code = await openVsCode({ settings: { "interleave.openOnStart": lesson } });
  const title = await readLessonTitle(lesson, "en");
  await code.webview().getByRole("heading", { level: 1, name: title }).waitFor();
  await code.webview().getByRole("button", { name: "Check yourself" }).click();
  await shown(code.webview());
  assert.equal(await code.webview().locator("section.question").count(), questions.length);

  const question = code.webview().locator("section.question").first();
  await question.getByRole("radio").nth(wrong).click();
  await question.getByRole("button", { name: "Check", exact: true }).click();
  await question.getByText(first.options[wrong]?.why.en ?? "?").waitFor();
  await explained(code.webview(), right.why.en);
  await code.screenshot("quiz-answered");

  // A page that is hidden is gone: what it shows when it comes back is what it kept.
  await code.webview().getByRole("button", { name: "Back to the lesson" }).last().click();
  await code.webview().getByRole("heading", { level: 1, name: title }).waitFor();
  await code.runCommand("Interleave: Check Yourself");
  await shown(code.webview());
  await explained(code.webview(), right.why.en);

  await code.runCommand("Developer: Reload Window");
  await code.page.locator(".monaco-workbench #status\\.host").waitFor({ state: "detached" });
  await shown(code.webview());
  await explained(code.webview(), right.why.en);
  assert.deepEqual(code.problems, []);
});

/** The page is there, with the kit's controls. */
async function shown(page: FrameLocator): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "Check yourself" }).waitFor();
  await page.locator(".choices.kit").first().waitFor();
}

async function explained(page: FrameLocator, why: string): Promise<void> {
  await page.locator("section.question").first().getByText(why).waitFor();
}
