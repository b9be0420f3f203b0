// A failing order under VS Code's own JavaScript debugger: it stops at breakpoints of the real file, time stands still
// meanwhile, steps stay in the exercise, and the console says how the order ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { readLessonFile } from "./lessonFixtures.ts";
import { editor, focusEditor, plainEditor, replaceText, save, squiggles, verdict } from "./rig/exercise.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

const lesson = "fan-out-with-timeout";
/** A wrong answer that holds in the natural order of this test, and breaks in another. */
const mistake = "mistakes/order-of-the-urls.ts";

test("a failing order is debugged from the lesson panel: breakpoint, variables, a clock that stands, steps, the end", async () => {
  await using code = await openVsCode({ settings: { ...plainEditor, "interleave.openOnStart": lesson } });
  await write(code, await printing());
  await breakAt(code, 20);
  const row = code.webview().locator(".test", { hasText: "every order of four answers" });
  await row.locator("summary").click();
  const schedule = await row.locator(".schedule code").innerText();
  assert.notEqual(schedule, "i2-");
  await row.getByRole("button", { name: "Debug this schedule" }).click();
  await stoppedAt(code, "clearTimeout(timer);");

  await consoleLine(code, schedule).waitFor();
  await consoleLine(code, "outside of the sandbox’s confinement").waitFor();
  await consoleLine(code, /^\d+ ms\s+https:\/\/b\.example\/ 200\s*$/).waitFor();
  await code.page.locator(".repl .source", { hasText: "exercise.ts:13" }).first().waitFor();
  await variables(code, "Block: fanOutFetch").click();
  await variables(code, /^settled =/).waitFor();

  const [day, now] = [await evaluate(code, "Date.now()"), await evaluate(code, "performance.now()")];
  assert.match(now, /^\d+$/);
  assert.equal(await evaluate(code, "Date.now() + settled.length"), String(Number(day) + 4));
  assert.equal(await evaluate(code, "performance.now()"), now);
  assert.equal(await evaluate(code, "typeof process"), "'undefined'");
  await code.screenshot("debug-1-stopped");

  // Over the call that the world answers, then into a function of the exercise, past the engine's own.
  await code.page.keyboard.press("F10");
  await stoppedAt(code, "return {");
  await code.page.keyboard.press("F11");
  await variables(code, /^one =/).waitFor();
  await code.screenshot("debug-2-stepped");
  await code.page.keyboard.press("F5");
  await consoleLine(code, /^In this order the test fails at \d+ ms\. .*complete bodies arrived\.\s*$/).waitFor();
  await toolbar(code).waitFor({ state: "hidden" });
  await code.screenshot("debug-3-ended");

  await code.runCommand("Testing: Focus on Test Explorer View");
  const item = code.page.locator(".test-explorer .monaco-list-row", { hasText: "every order of four answers" });
  await unfold(code, item);
  await item.hover();
  await item.getByRole("button", { name: "Debug Test" }).click();
  await stoppedAt(code, "clearTimeout(timer);");
  await code.screenshot("debug-4-test-explorer");
  // The timeline is as far as the run is: its last event is the current one.
  await code.page.getByRole("tab", { name: "Interleave Timeline" }).click();
  await code
    .timeline()
    .getByText(/^Event (\d+) of \1$/)
    .waitFor();
  await code.screenshot("debug-4-timeline");
  await focusEditor(code);
  await code.page.keyboard.press("Shift+F5");
  await toolbar(code).waitFor({ state: "hidden" });
  assert.deepEqual(code.problems, []);
});

test("an exercise without a breakpoint gets one where the failure began; a second start ends the first", async () => {
  await using code = await openVsCode({
    locale: "zh-cn",
    theme: "high-contrast",
    settings: { ...plainEditor, "interleave.openOnStart": lesson },
  });
  await write(code, await readLessonFile(lesson, mistake));
  await lens(code, "调试这次失败").click();
  await stoppedAt(code, "const timer");
  // A notification hides after a while; the list of them keeps it.
  await code.runCommand("Notifications: Show Notifications");
  await code.page.getByText("练习里没有断点，已在第 9 行加了一个。").first().waitFor();
  await code.screenshot("debug-5-zh-high-contrast");

  const [first = ""] = (await sessions(code).first().innerText()).split("\n");
  await code.page.keyboard.press("Escape");
  await lens(code, "调试这次失败").click();
  await sessions(code).filter({ hasNotText: first }).first().waitFor();
  await stoppedAt(code, "const timer");
  assert.equal(await sessions(code).count(), 1);

  await code.runCommand("Notifications: Show Notifications");
  await code.page.getByRole("button", { name: "移除断点" }).first().click();
  await code.page
    .locator(".debug-breakpoints .monaco-list-row", { hasText: "exercise.ts" })
    .waitFor({ state: "hidden" });
  await focusEditor(code);
  await code.page.keyboard.press("F5");
  await consoleLine(code, /^按这个顺序，测试在 \d+ 毫秒时未通过。/).waitFor();
  await toolbar(code).waitFor({ state: "hidden" });
  await code.screenshot("debug-6-zh-ended");
  assert.deepEqual(code.problems, []);
});

test("the light bulb at a failure replays, hints and debugs; an endless loop is debugged where it spins", async () => {
  await using code = await openVsCode({ settings: { ...plainEditor, "interleave.openOnStart": lesson } });
  await write(code, await readLessonFile(lesson, mistake));
  await chooseQuickFix(code, "Show the next hint");
  await code
    .webview()
    .getByRole("button", { name: /Show hint 2 of/ })
    .waitFor();
  await chooseQuickFix(code, "Replay the order that fails");
  await code.page.locator('.monaco-editor[data-uri^="interleave-replay:"]').first().waitFor();
  await code.page.locator(".tab", { hasText: "exercise.ts" }).first().click();
  await chooseQuickFix(code, "Debug the order that fails");
  await stoppedAt(code, "const timer");
  await stop(code);

  // It got a breakpoint, which is on the way to the loop, too.
  await code.runCommand("Notifications: Show Notifications");
  await code.page.getByRole("button", { name: "Remove Breakpoint" }).first().click();
  await code.page
    .locator(".debug-breakpoints .monaco-list-row", { hasText: "exercise.ts" })
    .waitFor({ state: "hidden" });

  // The loop has an empty body, to which no breakpoint binds, and only some orders lead there.
  await replaceText(code, await loopingWhenBComesFirst());
  await save(code);
  await verdict(code, /endless loop at line 13/).waitFor();
  // The lens is above the function, which is above what the pasted text's end shows.
  await code.page.keyboard.press("Control+Home");
  await lens(code, "Debug endless loop").waitFor();
  await code.webview().getByRole("button", { name: "Debug the endless loop" }).click();
  await stoppedAt(code, "while (first)");
  await variables(code, "Local: read").waitFor();
  await variables(code, /^url =\s*'https:\/\/b/).waitFor();
  await code.screenshot("debug-7-loop");
  // Whoever goes on is stopped there again: nothing else will ever happen.
  await code.page.keyboard.press("F5");
  await code.page.locator(".debug-top-stack-frame-line").first().waitFor({ state: "detached" });
  await stoppedAt(code, "while (first)");
  await stop(code);

  await chooseQuickFix(code, "Debug the endless loop");
  await stoppedAt(code, "while (first)");
  await stop(code);
  assert.deepEqual(code.problems, []);
});

/** The mistake, and a loop in the one order that it does not foresee. */
async function loopingWhenBComesFirst(): Promise<string> {
  const text = await readLessonFile(lesson, mistake);
  return text
    .replace("  const read = async", "  let arrived = 0; const read = async")
    .replace(
      "signal: scope });",
      "signal: scope }); const first = arrived++ === 0 && url.includes('//b.'); while (first);",
    );
}

/** At the first squiggle. */
async function chooseQuickFix(code: VsCode, title: string): Promise<void> {
  const { page } = code;
  const squiggle = squiggles(code).first();
  await squiggle.waitFor();
  // It lies under the text: what is clicked is the text above its beginning.
  const box = await squiggle.boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + 6, box.y + 6);
  await code.runCommand("Quick Fix...");
  const list = page.locator(".action-widget");
  await list.getByText(title, { exact: true }).waitFor();
  await list.getByText(title, { exact: true }).click();
}

async function stop(code: VsCode): Promise<void> {
  await code.page.keyboard.press("Shift+F5");
  await toolbar(code).waitFor({ state: "hidden" });
}

/** The mistake, and what it prints when an answer has come. */
async function printing(): Promise<string> {
  const text = await readLessonFile(lesson, mistake);
  const asked = "const response = await fetch(url, { signal: scope });";
  assert.ok(text.includes(asked));
  return text.replace(asked, `${asked} console.log(url, response.status);`);
}

async function write(code: VsCode, text: string): Promise<void> {
  await editor(code).waitFor();
  await replaceText(code, text);
  await save(code);
  await code
    .webview()
    .locator(".status-line")
    .getByText(/10 of 20|20 个测试中有 10 个/)
    .first()
    .waitFor();
}

async function breakAt(code: VsCode, line: number): Promise<void> {
  const { page } = code;
  await focusEditor(code);
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget input[type=text]").fill(`:${String(line)}`);
  await page.keyboard.press("Enter");
  await page
    .locator(".statusbar-item")
    .getByText(new RegExp(`Ln ${String(line)}, Col`))
    .waitFor();
  await page.keyboard.press("F9");
  await editor(code).locator(".codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified").first().waitFor();
}

/** Until the line that the debugger marks as the next to run has that text: the mark moves with each step. */
async function stoppedAt(code: VsCode, text: string): Promise<void> {
  const found = await editor(code).elementHandle();
  assert.ok(found);
  await code.page.waitForFunction(
    ({ shown, wanted }) => {
      const row = shown.querySelector(".view-overlays .debug-top-stack-frame-line")?.parentElement;
      if (!(row instanceof HTMLElement)) return false;
      const lines = [...shown.querySelectorAll<HTMLElement>(".view-line")];
      const line = lines.find(({ style }) => style.top === row.style.top);
      return line?.textContent.replaceAll("\u00a0", " ").includes(wanted) === true;
    },
    { shown: found, wanted: text },
  );
}

function toolbar({ page }: VsCode): Locator {
  return page.locator(".debug-toolbar");
}

function variables({ page }: VsCode, text: string | RegExp): Locator {
  return page.locator(".debug-variables .monaco-list-row", { hasText: text }).first();
}

function sessions({ page }: VsCode): Locator {
  return page.locator(".debug-call-stack .monaco-list-row", { hasText: "debuggee.js" });
}

function lens(code: VsCode, title: string): Locator {
  return editor(code).locator(".codelens-decoration a", { hasText: title }).first();
}

function consoleLine({ page }: VsCode, text: string | RegExp): Locator {
  return page.locator(".repl .monaco-list-row .value", { hasText: text }).first();
}

/** What the debug console answers. Of its rows only those that are to be seen exist, so the new ones are known by their places. */
async function evaluate({ page }: VsCode, expression: string): Promise<string> {
  const last = page.locator('.repl .monaco-list-row[data-last-element="true"]');
  const place = Number(await last.getAttribute("data-index"));
  await page.locator(".repl-input-wrapper").locator(".native-edit-context, textarea.inputarea").first().focus();
  await page.keyboard.type(expression);
  await page.keyboard.press("Enter");
  const answer = page.locator(`.repl .monaco-list-row[data-index="${String(place + 2)}"] .value`).first();
  await answer.waitFor();
  return (await answer.innerText()).trim();
}

/** Opens the lesson's row where its tests are not to be seen. */
async function unfold({ page }: VsCode, item: Locator): Promise<void> {
  if (await item.isVisible()) return;
  await page.locator(".test-explorer .monaco-list-row", { hasText: "Fan-out with a timeout" }).first().click();
  await page.keyboard.press("ArrowRight");
  await item.waitFor();
}
