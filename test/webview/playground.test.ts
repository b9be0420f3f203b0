// The playground's page in a real browser, under the extension's own policy, with Monaco and its workers; what it asks to be
// simulated runs in the real sandbox.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { root } from "../../scripts/lib/paths.mjs";
import type { PlaygroundState } from "../../src/protocol/playgroundMessages.ts";
import type { Locale } from "../../src/protocol/words.ts";
import { type Harness, type PanelOptions, type PanelPage, startHarness, until } from "./harness.ts";
import { type Answering, answerSimulations, makePlayground } from "./playgroundFixtures.ts";
import { themeKinds } from "./themes.ts";

let harness: Harness;
let answering: Answering;
let axe: string;
let locale: Locale = "en";

before(async () => {
  [harness, axe] = await Promise.all([
    startHarness({ monaco: true }),
    readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8"),
  ]);
  const { page } = await harness.openBare("control");
  answering = await answerSimulations(page, () => locale);
});
after(async () => {
  answering.dispose();
  await harness.close();
});

interface Setup extends PanelOptions {
  readonly state?: Partial<PlaygroundState>;
  readonly locale?: Locale;
  /** Only until the page is there, not until Monaco is. */
  readonly early?: boolean;
}

async function open(setup: Setup = {}): Promise<PanelPage> {
  locale = setup.locale ?? "en";
  const panel = await harness.open(await makePlayground(locale, setup.state), { width: 1300, ...setup });
  if (setup.early !== true) await panel.page.locator('.editor-box[data-stage="full"]').waitFor();
  return panel;
}

/** All runs are there, and nothing is under way. */
async function done(page: Page): Promise<void> {
  await page
    .locator('.progress-line[data-busy="false"]')
    .getByText(/runs|共运行/)
    .waitFor();
  await page.locator(".bar").first().waitFor();
}

async function focusEditor(page: Page): Promise<void> {
  await page.locator(".monaco-place .native-edit-context, .monaco-place textarea").first().focus();
}

/** By the clipboard: an editor completes what is typed, not what is pasted. */
async function replaceProgram(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await focusEditor(page);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

test("the page can be read and written in before Monaco is there, and Monaco goes on with what was typed", async () => {
  const arrival = Promise.withResolvers<undefined>();
  const { page } = await harness.openBare("control");
  await page.route("**/monaco/editor.js", async (route) => {
    await arrival.promise;
    await route.continue();
  });
  try {
    const panel = await open({ early: true });
    await done(page);
    const field = page.locator("textarea.plain-editor");
    await field.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("// mine\n");
    arrival.resolve(undefined);
    await page.locator('.editor-box[data-stage="full"]').waitFor();
    await page.locator(".view-line").getByText("// mine").waitFor();
    assert.equal(await field.count(), 0);
    await until(page, 'document.activeElement?.closest(".monaco-place") !== null');
    assert.deepEqual(await panel.complaints(), []);
  } finally {
    await page.unroute("**/monaco/editor.js");
  }
});

test("without Monaco the plain field stays, and says so", async () => {
  const { page } = await harness.openBare("control");
  await page.route("**/monaco/editor.js", (route) => route.abort());
  try {
    await open({ early: true });
    await page.getByText("The full editor could not be loaded.").waitFor();
    await page.locator("textarea.plain-editor").fill("export async function main() { return [1, 2]; }");
    await page.locator(".outcome").getByText("results: 2").waitFor();
  } finally {
    await page.unroute("**/monaco/editor.js");
  }
});

test("Monaco completes and checks against the world's types, and knows no browser", async () => {
  const panel = await open();
  const { page } = panel;
  await replaceProgram(
    page,
    "export async function main({ urls }: Scenario) {\n  document.title;\n  return urls;\n}\n",
  );
  await page.locator(".squiggly-error").first().waitFor();
  await page.keyboard.type("AbortSignal.");
  await page.locator(".suggest-widget").getByText("timeout", { exact: true }).first().waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(await panel.complaints(), []);
});

test("a slider's change runs at once; of many in a row the last one counts, and not each is run", async () => {
  const panel = await open();
  const { page } = panel;
  await done(page);
  const asked = answering.asked.length;
  const slider = page.getByRole("slider", { name: "Endpoints" });
  // All within one turn of the page, faster than any picture can come.
  await slider.evaluate((input: HTMLInputElement) => {
    for (let step = 0; step < 20; step++) {
      input.stepUp();
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  });
  await panel.settle();
  assert.equal(await slider.getAttribute("aria-valuetext"), "26");
  await done(page);
  const orders = answering.asked.slice(asked);
  assert.equal(orders.at(-1)?.scenario.endpoints, 26);
  // The first and the last, each with the chosen run alone and with all of them at most.
  assert.ok(orders.length <= 4, `${String(orders.length)} orders for 20 changes`);
});

test("a bar leads to a run of it, by pointer and by keyboard, and percentiles to theirs", async () => {
  const { page } = await open();
  await done(page);
  const shown = page.locator(".stepper");
  await page.locator(".bar").nth(3).click();
  await shown.getByText(/^Run (?!1 of)\d+ of 1000/).waitFor();
  const first = await shown.textContent();
  await page.getByRole("slider", { name: "When main settles" }).press("End");
  await until(page, `document.querySelector(".stepper").textContent !== ${JSON.stringify(first)}`);
  const median = page.getByRole("button", { name: /^p50: / });
  await median.click();
  assert.equal(await median.getAttribute("aria-pressed"), "true");
  const at = /(\d+) ms/.exec((await median.textContent()) ?? "")?.[1] ?? "?";
  await page.locator(".outcome").getByText(`after ${at} ms`).waitFor();
});

test("what cannot be run is told at its line, and the pictures of before are marked as such", async () => {
  const { page } = await open();
  await done(page);
  await replaceProgram(page, "export async function main() {\n  return [1;\n}\n");
  const alert = page.getByRole("alert");
  await alert.getByRole("button", { name: "Line 2" }).click();
  await page.locator('.pictures[data-stale="true"]').waitFor();
  await page.locator(".squiggly-error").first().waitFor();
  await replaceProgram(page, "export async function main() {\n  return [1];\n}\n");
  await page.locator('.pictures[data-stale="false"]').waitFor();
  await page.locator(".outcome").getByText("results: 1").waitFor();
});

test("what runs leave behind is counted in words, and leads to the line and to a run", async () => {
  const { page } = await open();
  await done(page);
  await replaceProgram(
    page,
    "export async function main({ urls }: Scenario) {\n  setTimeout(() => {}, 9000);\n  return [await (await fetch(urls[0])).text()];\n}\n",
  );
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByText("setTimeout").waitFor();
  await problems
    .getByText(/^\d+ of 1000 runs$/)
    .first()
    .waitFor();
  await problems.getByRole("button", { name: "Line 2" }).click();
  await page.locator(".squiggly-warning").first().waitFor();
});

test("a program from a link waits for the user", async () => {
  const asked = answering.asked.length;
  const { page } = await open({ state: { waits: true } });
  await page.getByRole("region", { name: "This program came from a link" }).waitFor();
  await page.getByRole("slider", { name: "Endpoints" }).press("ArrowRight");
  await focusEditor(page);
  await page.keyboard.type(" ");
  assert.equal(answering.asked.length, asked);
  await page.locator(".from-link").getByRole("button", { name: "Run" }).click();
  await done(page);
  assert.ok(answering.asked.length > asked);
});

test("Tab leaves the editor once it is told to", async () => {
  const { page } = await open();
  await focusEditor(page);
  await page.keyboard.press("Control+m");
  await page.keyboard.press("Tab");
  await until(page, 'document.activeElement.closest(".monaco-place") === null');
});

for (const theme of themeKinds) {
  test(`axe has nothing serious to say: ${theme}`, async () => {
    const panel = await open({ theme });
    const { page } = panel;
    await done(page);
    await page.evaluate(axe);
    const violations = await page.evaluate(async () => {
      const { axe: runner } = globalThis as unknown as {
        axe: {
          run(
            context: unknown,
            options: unknown,
          ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations: found } = await runner.run(
        // Line numbers have the colours that the user's theme gives them in every editor.
        { include: document, exclude: [[".line-numbers"]] },
        { resultTypes: ["violations"] },
      );
      return found
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
    });
    assert.deepEqual(violations, []);
    assert.deepEqual(await panel.complaints(), []);
  });
}

test("everything is there in 简体中文 and in a narrow panel, and nothing is wider than it", async () => {
  const panel = await open({ locale: "zh-cn", width: 420 });
  const { page } = panel;
  await done(page);
  assert.equal(await page.evaluate("document.documentElement.lang"), "zh-CN");
  assert.equal(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
  await page.getByRole("heading", { name: "进行中的请求" }).waitFor();
  assert.deepEqual(await panel.complaints(), []);
});

test("a run is handed over as a picture, of lines and of pixels", async () => {
  const panel = await open();
  const { page } = panel;
  await done(page);
  await page.getByRole("button", { name: "Save as SVG…" }).click();
  await until(page, `harness.posted.some(({ type }) => type === "saveSvg")`);
  await page.getByRole("button", { name: "Save as PNG…" }).click();
  await until(page, `harness.posted.some(({ type }) => type === "savePng")`);
  assert.deepEqual(await panel.complaints(), []);
});

test("from a change of a slider to a new picture", async (t) => {
  const { page } = await open();
  await done(page);
  const times = await page.evaluate<number[]>(measureSlider);
  const median = times.toSorted((one, other) => one - other)[7] ?? Number.NaN;
  t.diagnostic(`slider to picture, ms: median ${median.toFixed(0)}; ${times.map((ms) => ms.toFixed(0)).join(" ")}`);
  assert.equal(times.length, 15);
});

/** Moves a slider fifteen times, and takes the time until one run and then the distribution have been drawn anew. */
const measureSlider = `(async () => {
  const slider = [...document.querySelectorAll('input[type=range]')][4];
  const picture = () => document.querySelector(".chart svg").innerHTML;
  const times = [];
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  for (let round = 0; round < 15; round++) {
    const before = picture();
    const began = performance.now();
    setValue.call(slider, String(250 + round * 10));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    while (picture() === before && performance.now() - began < 5000) await new Promise((next) => setTimeout(next, 1));
    times.push(performance.now() - began);
    while (document.querySelector(".progress-line").dataset.busy === "true") await new Promise((next) => setTimeout(next, 5));
  }
  return times;
})()`;
