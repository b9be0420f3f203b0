// Lesson packs by commands, in the real VS Code: one is added after a look at it, taken back, added for good and removed; its author's
// editor gets the types, and the preview outlives the window.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { FrameLocator, Locator } from "playwright-core";
import { below, packFiles } from "../generatedPack.ts";
import { greeted } from "./rig/greeting.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const files = { ...below("lib/lessons", packFiles({ lessons: 2 })), "lib/empty/notes.txt": "nothing here" };
/** Folders are chosen in a box of VS Code's own instead of the system's. */
const settings = { "files.simpleDialog.enable": true };

test("a lesson pack is added, taken back, added again and removed", async () => {
  await using code = await openVsCode({ files, settings });
  await greeted(code);
  await code.runCommand("Interleave: Focus on Lessons View");
  const row = code.page.getByRole("treeitem", { name: /^Acme's lessons, lesson pack, 0 of 2 lessons passed$/ });

  await chooseFolder(code, "lib/empty");
  await notice(code, "“lib/empty” is no lesson pack: it has no catalog.json").first().waitFor();

  await chooseFolder(code, "lib/lessons");
  await pick(code, "In this workspace");
  await row.waitFor();
  await code.screenshot("pack-added");
  assert.deepEqual(await listed(code), ["lib/lessons"]);
  await notice(code, "“Acme's lessons” is among your lessons now.").getByRole("button", { name: "Undo" }).click();
  await row.waitFor({ state: "hidden" });

  await chooseFolder(code, "lib/lessons");
  await pick(code, "In this workspace");
  await row.waitFor();
  await chooseFolder(code, "lib/lessons");
  await notice(code, "“Acme's lessons” is among your lessons already.").waitFor();

  await row.click({ button: "right" });
  await code.page.getByRole("menuitem", { name: "Remove Lesson Pack" }).waitFor();
  // A click that comes right behind the one that opened the menu is not taken.
  await code.page.keyboard.press("ArrowDown");
  await code.page.keyboard.press("Enter");
  await row.waitFor({ state: "hidden" });
  await notice(code, "“Acme's lessons” is not among your lessons any more.")
    .getByRole("button", { name: "Undo" })
    .click();
  await row.waitFor();
  assert.deepEqual(code.problems, []);
});

test("an author's editor gets the types, and the preview comes back with the window", async () => {
  await using code = await openVsCode({ files, settings });
  const { page } = code;
  await greeted(code);
  await openSpec(code);
  const unknown = page.locator(".monaco-editor[data-uri$='/lesson-1/spec.ts'] .squiggly-error").first();
  await unknown.waitFor();
  const offer = notice(code, "Editors do not know the types of the lesson pack lib/lessons yet");
  await code.screenshot("pack-types-offered");
  await offer.getByRole("button", { name: "Add Types" }).click();
  await unknown.waitFor({ state: "detached" });
  assert.match(await readFile(join(code.workspaceDir, "lib/lessons/tsconfig.json"), "utf8"), /\.types/);

  await code.runCommand("Interleave: Preview This Lesson");
  const preview = (webview: FrameLocator) => webview.getByRole("heading", { name: "Lesson 1", level: 1 });
  const strip = () => code.webview().locator(".status-text", { hasText: "The solution passes" });
  await code.turnTo(preview);
  await strip().waitFor();
  await code.reloadWindow();
  await page.getByRole("tab", { name: "Preview: Lesson 1" }).waitFor();
  await code.turnTo(preview);
  await strip().waitFor();
  await unknown.waitFor({ state: "detached" });
  await code.screenshot("pack-preview-again");
  assert.deepEqual(code.problems, []);
});

async function openSpec(code: VsCode): Promise<void> {
  await code.runAskingCommand("Go to File...");
  const box = code.page.locator(".quick-input-widget");
  await box.locator("input[type=text]").fill("lesson-1/spec.ts");
  await box.locator(".monaco-list-row.focused", { hasText: "spec.ts" }).waitFor();
  await code.page.keyboard.press("Enter");
  await code.page.locator(".monaco-editor[data-uri$='/lesson-1/spec.ts']").waitFor();
}

async function chooseFolder(code: VsCode, folder: string): Promise<void> {
  await code.runAskingCommand("Interleave: Add Lesson Pack…");
  const box = code.page.locator(".quick-input-widget");
  // It begins in the workspace, and writes down where it is as soon as it has read what is there.
  await box.locator(".monaco-list-row", { hasText: "lib" }).waitFor();
  await box.locator("input[type=text]").fill(join(code.workspaceDir, folder));
  await box.getByRole("button", { name: "Add Lesson Pack" }).click();
}

async function pick(code: VsCode, label: string): Promise<void> {
  await code.page.locator(".quick-input-widget .monaco-list-row", { hasText: label }).click();
}

function notice({ page }: VsCode, text: string): Locator {
  return page.locator(".notification-toast", { hasText: text });
}

/** What the workspace's setting names. */
async function listed(code: VsCode): Promise<unknown> {
  const text = await readFile(join(code.workspaceDir, ".vscode/settings.json"), "utf8");
  return (JSON.parse(text) as Record<string, unknown>)["interleave.packs"];
}
