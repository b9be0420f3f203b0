// The page "Check yourself" in a real browser, under the extension's own policy: before the kit is there, with it, and
// without it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Locator, Page, Route } from "playwright-core";
import { root } from "../../scripts/lib/paths.mjs";
import type { QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { type Harness, type PanelOptions, type PanelPage, startHarness } from "./harness.ts";
import { loadQuiz } from "./quizFixtures.ts";
import { themeKinds } from "./themes.ts";

let harness: Harness;
let state: (locale?: Locale) => QuizPanelState;
let axe: string;

before(async () => {
  [harness, state, axe] = await Promise.all([
    startHarness(),
    loadQuiz("context-tree"),
    readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8"),
  ]);
});
after(async () => {
  await harness.close();
});

async function withQuiz(
  options: PanelOptions,
  use: (panel: PanelPage, page: Page) => Promise<void>,
  locale: Locale = "en",
): Promise<void> {
  const panel = await harness.open(state(locale), options);
  await kit(panel.page);
  await use(panel, panel.page);
  assert.deepEqual(await panel.complaints(), []);
}

async function kit(page: Page): Promise<void> {
  await page.locator(".choices.kit").first().waitFor();
}

function question(page: Page, number: number): Locator {
  return page.locator("section.question").nth(number - 1);
}

function rightAnswer(number: number): number {
  const asked = state().questions[number - 1];
  assert.ok(asked);
  return asked.options.findIndex(({ id }) => id === asked.answer);
}

async function answer(page: Page, number: number, choice: number): Promise<void> {
  const asked = question(page, number);
  await asked.getByRole("radio").nth(choice).click();
  await asked.getByRole("button", { name: "Check", exact: true }).click();
  await asked.locator(".explanation").waitFor();
}

/** What the page's script for the kit gets instead of an answer, while `use` runs. */
async function withKitRoute(
  handle: (route: Route) => Promise<void>,
  use: (panel: PanelPage, page: Page) => Promise<void>,
): Promise<void> {
  const { page } = await harness.open(state());
  await page.route("**/kit-*.js", handle);
  try {
    await use(await harness.open(state()), page);
  } finally {
    await page.unroute("**/kit-*.js");
  }
}

const overflow = "document.documentElement.scrollWidth - innerWidth";
/** What has the focus, also inside a shadow tree's host. */
const focused = "document.activeElement === document.body ? 'nothing' : document.activeElement.textContent.trim()";

test("the page is whole and works before the kit is there, and keeps choice and focus when it comes", async () => {
  const arrival = Promise.withResolvers<undefined>();
  const hold = async (route: Route): Promise<void> => {
    await arrival.promise;
    await route.continue();
  };
  await withKitRoute(hold, async (panel, page) => {
    assert.equal(await page.locator(".kit").count(), 0);
    assert.equal(await page.getByRole("radio").count(), 24);
    assert.equal(await page.getByRole("heading", { level: 2 }).count(), 7);
    assert.ok((await page.locator(".card.code .hljs-keyword").count()) > 10);
    await answer(page, 1, rightAnswer(1));
    await question(page, 1).getByText(state().strings.right, { exact: true }).waitFor();
    await question(page, 2).getByRole("radio").nth(1).click();
    arrival.resolve(undefined);
    await kit(page);
    await panel.settle();
    assert.equal(await page.locator("input[type=radio]").count(), 0);
    assert.equal(await question(page, 2).getByRole("radio").nth(1).getAttribute("aria-checked"), "true");
    assert.match(await page.evaluate<string>(focused), /^B/);
    assert.equal(await question(page, 1).getByRole("button", { name: "Next question" }).count(), 1);
    assert.deepEqual(await panel.complaints(), []);
  });
});

test("without the kit the form stays usable, and the host hears why", async () => {
  await withKitRoute(
    (route) => route.abort(),
    async (panel, page) => {
      await answer(page, 1, rightAnswer(1));
      await page.locator(".explanation").waitFor();
      const complaints = await panel.complaints();
      assert.ok(complaints.some((each) => each.startsWith("the kit did not load")));
    },
  );
});

test("a wrong answer is explained with the right one; a right one alone", async () => {
  await withQuiz({}, async (panel, page) => {
    const [first, second] = state().questions;
    assert.ok(first && second);
    const wrong = (rightAnswer(1) + 1) % 4;
    await answer(page, 1, wrong);
    const { strings } = state();
    const outcome = question(page, 1).locator(".outcome");
    assert.equal(await outcome.getAttribute("aria-live"), "polite");
    const said = await outcome.innerText();
    for (const part of [strings.wrong, first.options[wrong]?.why, first.options[rightAnswer(1)]?.why]) {
      assert.ok(part !== undefined && said.includes(part), part);
    }
    assert.equal(await question(page, 1).locator('.choice[data-mark="wrong"]').count(), 1);
    assert.match(
      (await question(page, 1).getByRole("radio").nth(rightAnswer(1)).getAttribute("aria-label")) ?? "",
      /Right answer$/,
    );
    await answer(page, 2, rightAnswer(2));
    const praise = await question(page, 2).locator(".outcome").innerText();
    assert.ok(praise.includes(strings.right) && praise.includes(second.options[rightAnswer(2)]?.why ?? "?"));
    assert.ok(!praise.includes(strings.rightAnswer));
    assert.equal(await page.locator(".tally").innerText(), "2 of 6 checked, 1 right.");
    await question(page, 1).getByRole("radio").nth(0).click({ force: true });
    await panel.settle();
    assert.equal(await question(page, 1).locator('.choice[data-chosen="true"]').count(), 1, "the choice stands");
    assert.equal(
      await question(page, 1).getByRole("radio").nth(wrong).getAttribute("aria-checked"),
      "true",
      "the choice stands",
    );
  });
});

test("the keyboard alone answers every question and starts over", async () => {
  await withQuiz({}, async (panel, page) => {
    await question(page, 1).locator("h2").focus();
    for (let number = 1; number <= 6; number++) {
      if (state().questions[number - 1]?.html !== undefined) await panel.press("Tab");
      await panel.press("Tab");
      assert.match(await page.evaluate<string>(focused), /^A/, `question ${String(number)}`);
      await panel.press("Tab");
      await panel.press("Enter");
      assert.equal(await question(page, number).locator(".outcome").innerText(), "Choose an answer first.");
      await panel.press("Shift+Tab");
      await panel.press("ArrowDown");
      assert.equal(await question(page, number).getByRole("radio").nth(1).getAttribute("aria-checked"), "true");
      await panel.press("Tab");
      await panel.press("Enter");
      await question(page, number).locator(".explanation").waitFor();
      assert.equal(await page.evaluate(focused), number < 6 ? "Next question" : "To the summary");
      await panel.press("Enter");
    }
    assert.equal(await page.evaluate(focused), "Summary");
    const right = [1, 2, 3, 4, 5, 6].filter((number) => rightAnswer(number) === 1).length;
    assert.equal(await page.locator(".tally").innerText(), `6 of 6 checked, ${String(right)} right.`);
    await panel.press("Tab");
    await panel.press("Space");
    assert.equal(await page.locator(".explanation").count(), 0);
    assert.equal(await page.locator('[role="radio"][aria-checked="true"]').count(), 0);
    assert.equal(await page.evaluate(focused), state().strings.title);
  });
});

test("answers survive a reload and a change of language", async () => {
  await withQuiz({}, async (panel, page) => {
    await answer(page, 1, rightAnswer(1));
    await question(page, 2).getByRole("radio").nth(3).click();
    await panel.settle();
    await page.reload();
    await kit(page);
    assert.equal(await page.locator(".explanation").count(), 1);
    assert.equal(await question(page, 2).getByRole("radio").nth(3).getAttribute("aria-checked"), "true");
    await page.getByRole("button", { name: "简体中文" }).click();
    await panel.show(state("zh-cn"));
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    assert.equal(await question(page, 2).getByRole("radio").nth(3).getAttribute("aria-checked"), "true");
    assert.equal(await page.locator(".explanation .outcome-word").innerText(), "答对了");
    await page.getByRole("button", { name: "回到课程" }).first().click();
    assert.deepEqual(
      (await panel.posted()).map(({ type }) => type),
      ["ready", "setLanguage", "showLesson"],
    );
  });
});

const axeRun = `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => id + " (" + impact + "): " +
  nodes.slice(0, 4).map(({ html, any }) => html.slice(0, 160) + " " + (any[0]?.message ?? "")).join(" | ")))`;

for (const theme of themeKinds) {
  test(`axe finds nothing to mend: ${theme}`, async () => {
    await withQuiz({ theme }, async (panel, page) => {
      await page.evaluate(axe);
      assert.deepEqual(await page.evaluate(axeRun), [], "untouched");
      await answer(page, 1, rightAnswer(1));
      await answer(page, 2, (rightAnswer(2) + 1) % 4);
      await question(page, 3).getByRole("radio").nth(1).click();
      await panel.settle();
      assert.deepEqual(await page.evaluate(axeRun), [], "answered");
    });
  });
}

test("the kit's controls follow the theme", async () => {
  await withQuiz({ theme: "dark" }, async (panel, page) => {
    const colours = (): Promise<string> =>
      page.evaluate(`(() => {
        const style = (host, part) => getComputedStyle(document.querySelector(host).shadowRoot.querySelector(part));
        return [style(".form-button.kit", ".control").color, getComputedStyle(document.querySelector(".form-button.kit")).backgroundColor,
          style(".choice", ".control").backgroundColor, style(".choice", ".label").color].join(" ");
      })()`);
    const dark = await colours();
    assert.match(dark, /rgb\(0, 120, 212\).* rgb\(204, 204, 204\)/);
    await panel.theme("light");
    assert.match(await colours(), /rgb\(0, 95, 184\) rgb\(255, 255, 255\) rgb\(59, 59, 59\)/);
  });
});

test("nothing is wider than the page, from 300 to 1400 px", async () => {
  await withQuiz({}, async (panel, page) => {
    await answer(page, 1, 0);
    for (const width of [300, 400, 700, 1400]) {
      await page.setViewportSize({ width, height: 800 });
      await panel.settle();
      assert.equal(await page.evaluate(overflow), 0, `at ${String(width)} px`);
    }
  });
});
