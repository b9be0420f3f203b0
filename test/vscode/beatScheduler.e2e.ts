// Beat the scheduler, in the real VS Code: a learner whose code holds in the natural order chooses what happens next until it
// breaks, keeps that order, and from then on it is graded with the rest; the diagrams follow.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { parseCases } from "../../src/core/stepper/ownCases.ts";
import { readLessonFile } from "./lessonFixtures.ts";
import { editor, exercisePath, plainEditor, replaceText, save, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
/** A wrong answer that holds in the natural order of this test, and breaks in another. */
const mistake = "mistakes/order-of-the-urls.ts";
const chosenTest = "every order of four answers";

test("a bad order is found by choosing, kept, and graded with the rest from then on", async () => {
  await using code = await openVsCode({ settings: { ...plainEditor, "interleave.openOnStart": lesson } });
  await editor(code).waitFor();
  await replaceText(code, await readLessonFile(lesson, mistake));
  await save(code);
  await verdict(code, /tests? failed/).waitFor();
  await beginGame(code);

  const stepper = code.webview().locator(".stepper");
  await option(stepper, "fetch https://a.example/ completes").waitFor();
  assert.match(await stepper.locator(".stepper-options li").first().innerText(), /natural/);
  await code.screenshot("beatScheduler-1-begun");

  await option(stepper, "fetch https://b.example/ completes").click();
  await chosen(stepper, 1);
  await stepper.getByRole("button", { name: "Undo" }).click();
  await chosen(stepper, 0);
  await option(stepper, "fetch https://b.example/ completes").click();
  await chosen(stepper, 1);
  // The diagrams stand at the last event so far.
  const diagram = code.webview().locator(".card.diagram").first();
  await diagram.locator(".step-words", { hasText: "Your order" }).waitFor();
  assert.equal(await diagram.locator('.count-badge[data-badge="urls"]').textContent(), "4");
  await code.screenshot("beatScheduler-2-chosen");

  const end = await playToTheEnd(stepper);
  assert.match(await end.innerText(), /^You broke it: /);
  await end.getByLabel("Name of the test").fill("b before a");
  await code.screenshot("beatScheduler-3-broken");
  await end.getByRole("button", { name: "Keep as my test" }).click();
  await end.getByText("Kept:").waitFor();

  const own = code.webview().locator(".test", { hasText: "Your order: b before a" });
  await own.and(code.webview().locator('[data-passed="false"]')).waitFor();
  const read = parseCases(await readFile(join(dirname(exercisePath(code, lesson)), "cases.json"), "utf8"));
  assert.ok(read.ok);
  assert.deepEqual(
    read.cases.map(({ id, name, test: of }) => [id, name, of]),
    [["1", "b before a", "every-order-of-answers"]],
  );
  await code.screenshot("beatScheduler-4-kept");

  await stepper.getByRole("button", { name: "Stop" }).click();
  await stepper.waitFor({ state: "detached" });
  await replaceText(code, await readLessonFile(lesson, "solution.ts"));
  await save(code);
  await verdict(code, /^Passed: /).waitFor();
  await own.and(code.webview().locator('[data-passed="true"]')).waitFor();

  await deleteAndUndo(code);
  assert.deepEqual(code.problems, []);
});

async function beginGame(code: VsCode): Promise<void> {
  await code.runAskingCommand("Interleave: Beat the Scheduler");
  const box = code.page.locator(".quick-input-widget");
  await box.getByText(chosenTest).first().waitFor();
  await box.locator("input[type=text]").fill(chosenTest);
  await box.locator(".monaco-list-row.focused", { hasText: chosenTest }).waitFor();
  await code.page.keyboard.press("Enter");
}

function option(stepper: Locator, text: string): Locator {
  return stepper.locator('.stepper-options[data-busy="false"]').getByRole("button", { name: text });
}

/** Until so many choices are told and the next may be made. */
async function chosen(stepper: Locator, count: number): Promise<void> {
  const steps = stepper.locator(".stepper-chosen li");
  if (count === 0) await steps.first().waitFor({ state: "detached" });
  else await steps.nth(count - 1).waitFor();
}

/** Takes what is natural until nothing is left to choose. */
async function playToTheEnd(stepper: Locator): Promise<Locator> {
  const end = stepper.locator(".stepper-end");
  for (let count = 2; ; count++) {
    const next = stepper.locator('.stepper-options[data-busy="false"] button').first();
    await next.or(end).first().waitFor();
    if (await end.isVisible()) return end;
    await next.press("1");
    await stepper.locator(`.stepper-chosen li:nth-child(${String(count)})`).waitFor();
  }
}

async function deleteAndUndo(code: VsCode): Promise<void> {
  const own = code.webview().locator(".test", { hasText: "Your order: b before a" });
  await code.runAskingCommand("Interleave: Your Own Tests…");
  const row = code.page.locator(".quick-input-widget .monaco-list-row", { hasText: "b before a" });
  await row.hover();
  await row.getByRole("button", { name: "Delete" }).click();
  const notice = code.page.locator(".notification-toast", { hasText: "was deleted" });
  await notice.waitFor();
  await own.waitFor({ state: "detached" });
  await notice.getByRole("button", { name: "Undo" }).click();
  await own.waitFor();
}
