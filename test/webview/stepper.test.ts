// The scheduler game in the lesson panel's page, in a real browser: keys, undo, the end, accessibility.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { type GameState, stepperView } from "../../src/core/stepper/stepperView.ts";
import type { StepName, StepOption } from "../../src/protocol/steps.ts";
import { fanOut, loadLesson, makeState, timerTest } from "./fixtures.ts";
import { asked, type PanelPage } from "./harness.ts";
import { lessonPanels } from "./lessonPanels.ts";
import { themeKinds } from "./themes.ts";

const lesson = await loadLesson(fanOut);
const { open } = lessonPanels(lesson);

const option = (what: StepName["what"], label: string, natural = false): StepOption => ({
  ...{ what, kind: label === "" ? "signal" : "fetch", label, occurrence: 1, operation: 3, at: 30, natural },
  ...(label === "" ? {} : { line: 14 }),
});
const options = [
  option("complete", "fetch /prices", true),
  option("complete", "fetch /stock"),
  option("fail", "fetch /stock"),
  option("cancel", ""),
];
const trace = timerTest.failure?.trace ?? [];
const start: GameState = {
  ...{ title: timerTest.title, choices: [], busy: false, kept: false },
  result: { trace: trace.slice(0, 5), schedule: "i2-", options },
};
const second = options[1] ?? assert.fail();
const ended: GameState = {
  ...{ ...start, choices: [{ index: 1, option: second, from: 5 }] },
  result: { trace, schedule: "i2-00", verdict: timerTest },
};

async function show(panel: PanelPage, game: GameState, locale: "en" | "zh-cn" = "en"): Promise<void> {
  await panel.send({ type: "stepper", view: stepperView(game, locale) });
  await panel.settle();
}

test("keys choose and undo, the end says what broke, and the order can be kept under a name", async () => {
  const panel = await open(makeState(lesson, "passed"), { width: 700 });
  const { page } = panel;
  await show(panel, start);
  const stepper = page.locator(".stepper");
  assert.match(await stepper.innerText(), /You are the outside world/);
  assert.deepEqual(await stepper.locator(".stepper-options .stepper-words > span:first-child").allInnerTexts(), [
    "fetch /prices completes",
    "fetch /stock completes",
    "fetch /stock fails",
    "the caller cancels now",
  ]);
  await stepper.locator(".stepper-options button").first().focus();
  await panel.press("2");
  await panel.press("9");
  await show(panel, { ...start, busy: true });
  await panel.press("1");
  await show(panel, ended);
  assert.match(
    await stepper.locator(".stepper-end").innerText(),
    /You broke it: A timer is still armed[\s\S]*220 ms later[\s\S]*i2-00/,
  );
  assert.match(await stepper.locator(".stepper-chosen li").innerText(), /^fetch \/stock completes → .* more$/);
  const name = stepper.getByLabel("Name of the test");
  assert.equal(await name.inputValue(), "fetch /stock completes");
  await name.fill("12 ways");
  await name.press("Backspace");
  assert.equal(await stepper.locator("form").count(), 0, "a webview of ours submits none");
  await stepper.getByRole("button", { name: "Keep as my test" }).click();
  await stepper.locator("h2").focus();
  await panel.press("Backspace");
  await show(panel, { ...ended, kept: true });
  assert.match(await stepper.locator(".stepper-end").innerText(), /Kept: it is graded with the rest/);
  assert.equal(await stepper.locator("form, .stepper-keep").count(), 0);
  await stepper.getByRole("button", { name: "Stop" }).click();
  assert.deepEqual(await asked(panel, ["ready"]), [
    { type: "stepper", intent: { do: "choose", index: 1 } },
    { type: "stepper", intent: { do: "keep", name: "12 way" } },
    { type: "stepper", intent: { do: "undo" } },
    { type: "stepper", intent: { do: "stop" } },
  ]);
  await panel.send({ type: "stepper" });
  await panel.settle();
  assert.equal(await stepper.count(), 0);
  assert.deepEqual(await panel.complaints(), []);
});

test("axe finds nothing to mend in any theme, and nothing is wider than a narrow page", async () => {
  const axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
  for (const theme of themeKinds) {
    const panel = await open(makeState(lesson, "passed"), { theme, width: 400 });
    await panel.page.evaluate(axe);
    for (const game of [start, ended, { ...ended, kept: true }]) {
      await show(panel, game, theme === "dark" ? "zh-cn" : "en");
      const found = await panel.page.evaluate<readonly string[]>(
        `axe.run({ include: [[".stepper"]] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`,
      );
      assert.deepEqual(found, [], theme);
      assert.equal(await panel.page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
    }
    assert.deepEqual(await panel.complaints(), []);
  }
});
