// A rehearsal in the real VS Code: begun with a seed, answered, coded, reloaded in the middle, handed in, compared.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { Locator } from "playwright-core";
import { testResults } from "../../scripts/lib/paths.mjs";
import { assessmentStrings } from "../../src/core/assessment/assessmentStrings.ts";
import { reportStrings } from "../../src/core/assessment/reportStrings.ts";
import { foldSession, type Session } from "../../src/core/assessment/session.ts";
import { parseSessionEvents } from "../../src/core/assessment/sessionEvents.ts";
import { parseVerdicts } from "../../src/core/assessment/verdictSummary.ts";
import { readLessonFile } from "./lessonFixtures.ts";
import { plainEditor } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const strings = assessmentStrings.en;
const seed = 42;

test("a rehearsal is sat, reloaded in the middle, handed in and compared", async (t) => {
  await using code = await openVsCode({ settings: plainEditor, size: { width: 1500, height: 1000 } });
  try {
    await sit(t, code);
  } catch (error) {
    await code.screenshot("rehearsal-failed");
    throw error;
  }
});

async function sit(t: TestContext, code: VsCode): Promise<void> {
  const { page } = code;
  await code.runCommand("Interleave: Focus on Lessons View");
  await page.getByRole("treeitem", { name: "Rehearse an interview" }).click();
  const panel = code.webview();
  await panel.getByRole("heading", { level: 1, name: strings.title }).waitFor();
  await panel.locator(".choices.kit").first().waitFor();
  await code.screenshot("rehearsal-1-form");
  await panel.getByRole("textbox", { name: strings.seed }).fill(String(seed));
  const took = await beginToFirstItem(panel.getByRole("button", { name: strings.begin, exact: true }));
  t.diagnostic(`from "Begin" to the first item drawn: ${took.toFixed(0)} ms`);
  await panel.getByRole("timer").waitFor();
  await panel.locator(".choices.kit").first().waitFor();

  // The first question is answered, the next one skipped and flagged.
  await panel.locator(".question .choice").nth(1).click();
  await panel.locator('.item-button[data-standing="answered"]').waitFor();
  await code.screenshot("rehearsal-2-question");
  await panel.getByRole("button", { name: strings.next, exact: true }).click();
  await panel.getByRole("button", { name: strings.flag, exact: true }).click();
  await panel.getByRole("button", { name: strings.skip, exact: true }).click();
  await panel.locator('.item-button[data-standing="skipped"]').waitFor();

  // A coding task, in a file with the types of exercises, beside the page.
  const { plan } = (await sessionOf(code, () => true)).record;
  assert.equal(plan.seed, seed);
  const task = plan.items.find((item) => item.kind === "coding");
  assert.ok(task);
  await panel.locator(".item-button").nth(plan.items.indexOf(task)).click();
  await panel.getByRole("button", { name: `Open ${task.lesson}.ts` }).click();
  const editor = page.locator(`.editor-instance .monaco-editor[data-uri$="/${task.lesson}.ts"]`).first();
  const solution = await readLessonFile(task.lesson, "solution.ts");
  await editor.locator(".native-edit-context, textarea.inputarea").first().focus();
  await page.keyboard.press("Control+a");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), solution);
  await page.keyboard.press("Control+v");
  await panel.locator('.item-button[aria-current="step"][data-standing="answered"]').waitFor();
  assert.equal(await editor.locator(".squiggly-error").count(), 0, "the world's types are known");
  await panel.getByRole("textbox", { name: strings.explain }).fill("The caller gets what arrived, and one error.");
  await sessionOf(code, ({ record }) => record.items[task.id]?.explanation?.endsWith("one error.") === true);
  await page.keyboard.type(" More");
  await code.screenshot("rehearsal-3-task");

  // The last key is on the disk, whatever happens now.
  await sessionOf(code, ({ record }) => record.items[task.id]?.explanation?.endsWith(" More") === true);
  await code.reload();
  // VS Code may not have written down yet which rehearsal the page showed: then it is one click away.
  const goOn = panel.getByRole("button", { name: new RegExp(`^${strings.goOn}: `) });
  await panel.getByRole("timer").or(goOn).first().waitFor();
  if (await goOn.isVisible()) await goOn.click();
  await panel.getByRole("timer").waitFor();
  await panel.locator('.item-button[aria-current="step"]').nth(0).waitFor();
  const back = await sessionOf(code, ({ running, record }) => running && record.pauses.length > 0);
  const { pauses, items, startedAt, activeMs } = back.record;
  const stood = pauses.reduce((sum, { from, to }) => sum + to - from, 0);
  t.diagnostic(`pauses: ${pauses.map(({ why, from, to }) => `${why} ${String(to - from)} ms`).join(", ")}`);
  assert.ok(stood > 0);
  assert.equal(activeMs + stood, back.lastAt - startedAt, "the clock stood still in between");
  assert.equal(items[task.id]?.code, solution);
  assert.equal(
    await panel.getByRole("textbox", { name: strings.explain }).inputValue(),
    "The caller gets what arrived, and one error. More",
  );
  assert.equal(await panel.locator('.item-button[data-standing="answered"]').count(), 2);
  assert.equal(await panel.locator('.item-button[data-standing="skipped"]').count(), 1);
  await code.screenshot("rehearsal-4-reloaded");

  // A pause that was asked for hides the items.
  await panel.getByRole("button", { name: strings.pause }).click();
  await panel.getByText(strings.pausedNote).waitFor();
  await code.screenshot("rehearsal-5-paused");
  await panel.getByRole("button", { name: strings.resume }).click();

  await panel.getByRole("button", { name: "简体中文" }).click();
  await panel.getByRole("button", { name: assessmentStrings["zh-cn"].handIn }).first().waitFor();
  await code.screenshot("rehearsal-6-zh-cn");
  await panel.getByRole("button", { name: "English" }).click();

  await panel.getByRole("button", { name: strings.handIn }).first().click();
  await panel.getByText(/items are not answered/).waitFor();
  await panel.getByRole("button", { name: strings.handInAnyway }).click();
  await panel.getByRole("heading", { name: strings.over }).waitFor();
  await panel.getByText("You paused the clock once").waitFor();
  await panel.getByRole("checkbox").first().check();
  await panel.getByRole("radio", { name: "good", exact: true }).first().check();
  await panel.getByRole("button", { name: strings.showReport }).waitFor();
  await code.screenshot("rehearsal-7-after");
  const { record } = await sessionOf(code, (session) => session.record.items[task.id]?.rating === 4);
  assert.deepEqual(record.items[task.id]?.checked, [0]);
  assert.equal(record.finished?.why, "handed-in");
  const verdicts = parseVerdicts(await readFile(join(folderOf(code), `${plan.id}.verdicts.json`), "utf8"));
  assert.equal(verdicts?.[task.id]?.passed, true, "the solution passes");

  // The report of what was sat.
  await panel.getByRole("button", { name: strings.showReport }).click();
  await panel.getByRole("heading", { name: reportStrings.en.skills }).waitFor();
  await code.screenshot("rehearsal-8-report");
  await exportReport(code);
  assert.deepEqual(code.problems, []);
}

/** As HTML, which is whole where there is nothing else: another browser's page without a network shows it. */
async function exportReport(code: VsCode): Promise<void> {
  const { page, workspaceDir } = code;
  const { en } = reportStrings;
  await code.webview().getByRole("button", { name: en.exportHtml, exact: true }).click();
  await page.locator(".quick-input-widget").getByText("Save the report").first().waitFor();
  await page.keyboard.press("Enter");
  await page
    .getByText(/^Saved as .*\.html$/)
    .first()
    .waitFor();
  const [name = "", ...others] = await readdir(workspaceDir);
  assert.deepEqual(others, []);
  const browser = page.context().browser() ?? assert.fail();
  const context = await browser.newContext({ offline: true });
  const alone = await context.newPage();
  const requests: string[] = [];
  alone.on("request", (request) => requests.push(request.url()));
  const address = pathToFileURL(join(workspaceDir, name)).href;
  await alone.goto(address);
  for (const heading of [en.skills, en.plan, en.time])
    await alone.getByRole("heading", { name: heading }).first().waitFor();
  assert.ok(await alone.getByText("The caller gets what arrived, and one error. More").first().isVisible());
  assert.deepEqual(requests, [address]);
  await alone.screenshot({ path: join(testResults, "vscode", "rehearsal-9-exported.png"), fullPage: true });
  await context.close();
}

function folderOf(code: VsCode): string {
  return join(code.userDataDir, "User/globalStorage/interleave.interleave/rehearsals");
}

/** The one rehearsal as its file tells it, once it is so. */
async function sessionOf(code: VsCode, isSo: (session: Session) => boolean): Promise<Session> {
  const ends = performance.now() + 30_000;
  for (;;) {
    const [name] = (await readdir(folderOf(code)).catch(() => [])).filter((each) => each.endsWith(".jsonl"));
    const text = name === undefined ? "" : await readFile(join(folderOf(code), name), "utf8");
    const session = foldSession(parseSessionEvents(text));
    if (session !== undefined && isSo(session)) return session;
    assert.ok(performance.now() < ends, `the record did not become so: ${JSON.stringify(session)}`);
    await code.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Real ms from the press to the first item in the page's document, as the page itself sees it. */
function beginToFirstItem(begin: Locator): Promise<number> {
  return begin.evaluate((button: HTMLElement) => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const pressed = performance.now();
    const observer = new MutationObserver(() => {
      if (document.querySelector(".question") === null) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        resolve(performance.now() - pressed);
      });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    button.click();
    return promise;
  });
}
