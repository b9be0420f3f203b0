// An author in the real VS Code: starts a lesson by a command, runs it as a learner does, records the wrong answer as a mistake,
// explores the spec; and the author's gate says that all is well.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { lessonTemplate } from "../../src/core/authoring/lessonTemplate.ts";
import { interleave } from "../lessons/commandLine.ts";
import { editor, focusEditor, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

/** Answers the box that asks, once it asks for this. */
async function answer({ page }: VsCode, question: string, text: string): Promise<void> {
  const box = page.locator(".quick-input-widget");
  await box.getByText(question, { exact: true }).waitFor();
  await box.locator("input[type=text]").fill(text);
  await page.keyboard.press("Enter");
}

test("an author's first lesson", async () => {
  await using code = await openVsCode({ settings: plainEditor, files: { "README.md": "Lessons of a team\n" } });
  const { page } = code;
  await code.runCommand("Interleave: Focus on Lessons View");
  await code.page.getByRole("treeitem").first().waitFor();
  await code.runAskingCommand("Interleave: New Lesson…");
  await answer(code, "New lesson: its id", "rate-limit");
  await answer(code, "New lesson: its title", "Rate limit");
  for (const file of ["lesson.json", "spec.ts"]) {
    await page.locator(`.editor-instance .monaco-editor[data-uri$="/rate-limit/${file}"]`).waitFor();
  }
  await page.getByRole("button", { name: "Open as a Learner" }).click();
  await code.webview().getByRole("heading", { level: 1, name: "Rate limit" }).waitFor();
  await editor(code).waitFor();
  await save(code);
  await verdict(code, /tests? failed/).waitFor();

  const listenerKept = lessonTemplate("rate-limit", "first-track")["mistakes/listener-kept.ts"] ?? "";
  const [, ...lines] = listenerKept
    .replace("const timer = setTimeout(resolve, ms);", "const timer = setTimeout(() => resolve(), ms);")
    .split("\n");
  await replaceText(code, lines.join("\n"));
  await code.runAskingCommand("Interleave: Record a Mistake…");
  await answer(code, "Record a mistake: its name", "resolves-and-leaves");
  await answer(code, "Record a mistake: listener-left-on-signal", "once: true is enough");
  await page
    .getByText(/Recorded as mistakes\/resolves-and-leaves\.ts/)
    .first()
    .waitFor();
  const recorded = join(code.workspaceDir, ".interleave/pack/rate-limit/mistakes/resolves-and-leaves.ts");
  assert.equal(
    readFileSync(recorded, "utf8"),
    `// diagnosis: listener-left-on-signal - once: true is enough\n${lines.join("\n")}`,
  );

  await focusEditor(code);
  await code.runCommand("Interleave: Explore Solution");
  await page.getByRole("tab", { name: /Schedule space of rate-limit/ }).waitFor();
  // Beside the lesson's panel, which is a page as well.
  const pages = page.locator('iframe.webview.ready:not([src*="purpose=webviewView"]):visible');
  const preview = pages.last().contentFrame().locator("#active-frame").contentFrame();
  await preview.getByRole("heading", { name: "The schedule space of rate-limit" }).waitFor();
  await preview.getByText("resolves-and-leaves", { exact: true }).first().waitFor();
  await code.screenshot("exploration");

  const gate = await interleave(["verify", ".interleave/pack"], code.workspaceDir);
  assert.deepEqual([gate.status, gate.stdout], [0, "1 lesson, nothing found.\n"]);
  assert.deepEqual(code.problems, []);
});
