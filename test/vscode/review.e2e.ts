// The review in the real VS Code: what went wrong two days ago is due, is asked with another lesson's mistake, explained by what
// running that has shown, and put off once it is answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FrameLocator } from "playwright-core";
import { diagnoses } from "../../src/core/verdict/diagnoses.ts";
import type { ProgressEvent } from "../../src/core/progress/progressEvents.ts";
import { formatEvent, formatHeader } from "../../src/core/progress/progressLines.ts";
import { openVsCode } from "./rig/vsCode.ts";

const day = 86_400_000;
const { title, explanation } = diagnoses["listener-left-on-signal"];

function progress(): string {
  const at = Date.now() - 2 * day;
  const events: readonly ProgressEvent[] = [
    { id: "w-1", at, lesson: "context-tree", type: "opened" },
    { id: "w-2", at, lesson: "context-tree", type: "graded", passed: false, diagnoses: ["listener-left-on-signal"] },
  ];
  return formatHeader() + events.map(formatEvent).join("");
}

test("what went wrong comes up again with other people's code", async () => {
  await using code = await openVsCode({ storage: { "progress/earlier.jsonl": progress() } });
  const { page } = code;
  await code.runCommand("Interleave: Focus on Lessons View");
  const row = page.getByRole("treeitem", { name: /^Review/ });
  await row.getByText("1 due").waitFor();
  await row.click();

  const panel = code.webview();
  await shown(panel, "Review");
  const question = panel.locator("section.question");
  assert.equal(await question.count(), 1);
  assert.match(await question.locator(".prompt").innerText(), /^Somebody wrote this for “(?!A tree of scopes).+”\./);
  assert.doesNotMatch(await question.locator("pre").innerText(), /diagnosis:/);
  await code.screenshot("review-asked");
  await question.getByRole("radio", { name: title.en }).click();
  await question.getByRole("button", { name: "Check", exact: true }).click();
  await question.getByText("Right", { exact: true }).waitFor();
  await question.getByText(explanation.en).waitFor();
  await question.getByText(/the lesson's tests say of this code: ./).waitFor();
  await code.screenshot("review-answered");
  await row.waitFor({ state: "detached" });

  await panel.getByRole("button", { name: "简体中文" }).click();
  await shown(panel, "复习");
  await question.getByText("答对了", { exact: true }).waitFor();
  await code.screenshot("review-zh-cn");

  // After a reload the answer counts, and the page says what comes next.
  await code.runCommand("Developer: Reload Window");
  await page.locator(".monaco-workbench #status\\.host").waitFor({ state: "detached" });
  await panel.getByText(`“${title["zh-cn"]}”将在 3 天后出现。`).waitFor();
  await code.screenshot("review-nothing-due");
  assert.deepEqual(code.problems, []);
});

async function shown(panel: FrameLocator, heading: string): Promise<void> {
  await panel.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
}
