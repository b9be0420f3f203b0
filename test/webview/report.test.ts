// The page of a rehearsal's report and the market view in a real browser, under the extension's own policy; and the exported
// HTML file alone, opened from the disk without a network.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureChromium } from "../../scripts/lib/chromium.mjs";
import { root } from "../../scripts/lib/paths.mjs";
import { parseReportIntent } from "../../src/core/assessment/reportIntent.ts";
import { reportHtml } from "../../src/core/assessment/reportHtml.ts";
import type { ReportState } from "../../src/protocol/reportMessages.ts";
import { locales } from "../../src/protocol/words.ts";
import { hostileText, sampleFacts } from "../unit/core/assessment/reportSamples.ts";
import { type Harness, type PanelOptions, type PanelPage, startHarness } from "./harness.ts";
import { marketState, reportState } from "./reportFixtures.ts";
import { themeKinds } from "./themes.ts";

const shots = join(root, "test-results", "webview");
let harness: Harness;
let axe: string;

before(async () => {
  [harness, axe] = await Promise.all([
    startHarness(),
    readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8"),
    mkdir(shots, { recursive: true }),
  ]);
});
after(async () => {
  await harness.close();
});

async function withPage(
  use: (panel: PanelPage, page: Page) => Promise<void>,
  { state = reportState(), ...options }: PanelOptions & { readonly state?: ReportState } = {},
): Promise<void> {
  const panel = await harness.open(state, { width: 900, ...options });
  await use(panel, panel.page);
  assert.deepEqual(await panel.complaints(), []);
  for (const intent of await panel.posted()) assert.ok(parseReportIntent(intent), JSON.stringify(intent));
}

/** Keeps a picture, where somebody wants to look at it. */
async function shoot(page: Page, name: string): Promise<void> {
  if (process.env["SCREENSHOTS"] !== undefined) await page.screenshot({ path: join(shots, name), fullPage: true });
}

const openAll = "for (const each of document.querySelectorAll('details')) each.open = true";
const overflow = "document.documentElement.scrollWidth - innerWidth";
const axeRun = `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => id + " (" + impact + "): " +
  nodes.slice(0, 4).map(({ html, any }) => html.slice(0, 160) + " " + (any[0]?.message ?? "")).join(" | ")))`;
const last = async (panel: PanelPage): Promise<object> => {
  const entries = Object.entries((await panel.posted()).at(-1) ?? {});
  return Object.fromEntries(entries.filter(([key]) => key !== "id"));
};

for (const theme of themeKinds) {
  test(`axe finds nothing to mend, folded and unfolded: ${theme}`, async () => {
    for (const state of [reportState(), marketState()]) {
      await withPage(
        async (panel, page) => {
          await page.evaluate(axe);
          assert.deepEqual(await page.evaluate(axeRun), [], "folded");
          await page.evaluate(openAll);
          await panel.settle();
          assert.deepEqual(await page.evaluate(axeRun), [], "unfolded");
          const name = state.report === undefined ? "market" : "report";
          await shoot(page, `${name}-${theme}.png`);
        },
        { state, theme },
      );
    }
  });
}

for (const locale of locales) {
  test(`each part of the report is on the page: ${locale}`, async () => {
    const state = reportState(locale);
    const { strings } = state;
    await withPage(
      async (_, page) => {
        assert.equal(await page.evaluate("document.documentElement.lang"), locale === "en" ? "en" : "zh-CN");
        const headings = await page.locator("h2").allInnerTexts();
        const { result, skills, plan, bugs, time, items, explained, history, pauses, limits } = strings;
        assert.deepEqual(headings, [result, skills, plan, bugs, time, items, explained, history, pauses, limits]);
        await shoot(page, `report-folded-${locale}.png`);
      },
      { state },
    );
  });
}

test("each point leads to its evidence: an answer opens in place, a test is replayed", async () => {
  await withPage(async (panel, page) => {
    const item = (number: number) => page.locator(".item").nth(number - 1);
    assert.equal(await item(2).locator(".evidence").isVisible(), false);
    await item(2).locator("summary").first().click();
    assert.match(await item(2).locator(".evidence").innerText(), /B: Unbounded[^]*A: Bounded[^]*It fills the memory\./);
    await item(4).locator("summary").first().click();
    for (const criterion of await item(4).locator(".criterion").all()) await criterion.locator("summary").click();
    assert.match(await item(4).innerText(), /It settled late after the abort It went wrong\.[^]*i2-1\.2 · line 12/);
    await item(4).getByRole("button", { name: "Replay cancel-everywhere" }).first().click();
    assert.deepEqual(await last(panel), { type: "replay", item: "4", test: "cancel-everywhere" });
    await item(4).getByRole("button", { name: "Replay every-order-of-jobs" }).first().click();
    assert.deepEqual(await last(panel), { type: "replay", item: "4", test: "every-order-of-jobs" });
    await item(4).getByRole("button", { name: "Open the code" }).click();
    assert.deepEqual(await last(panel), { type: "openCode", item: "4" });
  });
});

test("what can be done with a report is asked of the host", async () => {
  await withPage(async (panel, page) => {
    const press = async (name: string | RegExp): Promise<object> => {
      await page.getByRole("button", { name }).first().click();
      return last(panel);
    };
    assert.deepEqual(await press("Markdown"), { type: "exportReport", format: "markdown" });
    assert.deepEqual(await press("HTML"), { type: "exportReport", format: "html" });
    assert.deepEqual(await press("JSON"), { type: "exportReport", format: "json" });
    assert.deepEqual(await press("Delete this rehearsal…"), { type: "remove" });
    assert.deepEqual(await press("Market view"), { type: "showMarket" });
    assert.deepEqual(await press("简体中文"), { type: "setLanguage", language: "zh-cn" });
    assert.deepEqual(await press(/^Lesson semaphore/), { type: "openLesson", lesson: "semaphore" });
    assert.deepEqual(await press(/^2026-02-21/), { type: "openReport", rehearsal: "r-3" });
  });
});

test("the keyboard reaches evidence and replay, and the contents move the focus", async () => {
  await withPage(async (panel, page) => {
    await page.getByRole("button", { name: "Item by item" }).focus();
    await panel.press("Enter");
    assert.equal(await page.evaluate("document.activeElement.id"), "items");
    await panel.press("Tab");
    await panel.press("Enter");
    assert.equal(await page.locator(".item").first().getAttribute("open"), "");
    await page.locator(".item").nth(3).locator("summary").first().focus();
    await panel.press("Enter");
    await panel.press("Tab");
    await panel.press("Tab");
    await panel.press("Enter");
    await panel.press("Tab");
    await panel.press("Enter");
    assert.equal(((await last(panel)) as { type?: string }).type, "replay");
  });
});

test("a problem of the host is shown, and what it announces is said", async () => {
  await withPage(async (panel, page) => {
    await page.evaluate("harness.refuse('The lesson is gone.')");
    await page.getByRole("button", { name: "HTML" }).click();
    assert.match(await page.getByRole("alert").innerText(), /That did not work: The lesson is gone\./);
    await panel.send({ type: "announce", text: "Saved as report.html" });
    await panel.settle();
    assert.equal(await page.getByRole("status").innerText(), "Saved as report.html");
  });
});

test("another language is drawn in the same page, and unfolded evidence stays unfolded", async () => {
  await withPage(async (panel, page) => {
    await page.locator(".item summary").first().click();
    await panel.show(reportState("zh-cn"));
    assert.equal(await page.locator("h1").innerText(), "模拟面试");
    assert.equal(await page.locator(".item").first().getAttribute("open"), "");
  });
});

test("nothing is wider than the page, from 320 to 1600 px", async () => {
  for (const state of [reportState(), reportState("zh-cn"), marketState(), marketState("zh-cn")]) {
    await withPage(
      async (panel, page) => {
        await page.evaluate(openAll);
        for (const width of [320, 480, 700, 1000, 1600]) {
          await page.setViewportSize({ width, height: 800 });
          await panel.settle();
          assert.equal(await page.evaluate(overflow), 0, `${state.locale} at ${String(width)} px`);
        }
      },
      { state },
    );
  }
});

test("what a learner wrote stays text", async () => {
  await withPage(
    async (panel, page) => {
      await page.evaluate(openAll);
      await panel.settle();
      assert.equal(await page.locator("main :is(script, img, iframe, a, style)").count(), 0);
      assert.ok((await page.locator("blockquote").innerText()).includes("<img src=x onerror="));
    },
    { state: reportState("en", sampleFacts({ text: hostileText })) },
  );
});

test("the market view follows its sliders, by mouse and by keyboard", async () => {
  await withPage(
    async (panel, page) => {
      const sum = page.locator(".market-sum");
      assert.match(await sum.innerText(), /0\.06$/);
      await page.getByRole("slider", { name: "Growth in stars" }).focus();
      await panel.press("ArrowRight");
      assert.match(await sum.innerText(), /0\.09$/);
      await page.getByRole("slider", { name: /pull request/ }).focus();
      await panel.press("End");
      assert.match(await sum.innerText(), /−2\.07$/);
      assert.match(await page.locator(".waterfall").innerText(), /−2\.52/);
      await page.getByRole("button", { name: "Back to the start" }).click();
      assert.match(await sum.innerText(), /0\.06$/);
      const said = await page.locator("main").innerText();
      for (const text of ["R² = 0.83", "127 projects", "nobody can check it", "no unit", "37 %", "2.3", "9 months"])
        assert.ok(said.includes(text), text);
    },
    { state: marketState() },
  );
});

// ------------------------------------------------------------------ the exported file alone

async function withFile(
  html: string,
  options: { readonly colorScheme: "light" | "dark"; readonly width?: number },
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "report-"));
  const browser: Browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"],
  });
  try {
    const file = join(folder, "report.html");
    await writeFile(file, html);
    const context = await browser.newContext({
      colorScheme: options.colorScheme,
      viewport: { width: options.width ?? 1000, height: 900 },
      offline: true,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("request", (request) => complaints.push(`request: ${request.url()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("console", (message) => complaints.push(`console: ${message.text()}`));
    page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    const address = pathToFileURL(file).href;
    await page.goto(address);
    await use(page);
    assert.deepEqual(complaints, [`request: ${address}`], "the file asks for nothing but itself");
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

for (const locale of locales) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the exported file is whole by itself: ${locale}, ${colorScheme}`, async () => {
      const state = reportState(locale);
      const { report, strings } = state;
      assert.ok(report !== undefined);
      await withFile(reportHtml(report, state), { colorScheme }, async (page) => {
        await page.evaluate(openAll);
        const said = await page.locator("main").innerText();
        const { result, skills, plan, bugs, time, items, explained, history, pauses, limits } = strings;
        for (const heading of [result, skills, plan, bugs, time, items, explained, history, pauses, limits])
          assert.ok(said.includes(heading), heading);
        for (const text of [...report.pauses, ...report.limits, report.verdict]) assert.ok(said.includes(text), text);
        for (const { heading, prompt } of report.items) assert.ok(said.includes(heading) && said.includes(prompt));
        // The drawings have a size, and something in them has one too.
        const drawn = await page.evaluate<number[]>(
          `[...document.querySelectorAll(".radar .you path, .multiple .dot, .meter .rail, .time .rail")].map((shape) => shape.getBoundingClientRect().width)`,
        );
        assert.ok(drawn.length > 20 && drawn.every((width) => width > 3), drawn.join());
        const [ground, text] = await page.evaluate<[string, string]>(
          "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]",
        );
        const dark = (color: string): boolean => Number(/\d+/.exec(color)?.[0]) < 128;
        assert.deepEqual([dark(ground), dark(text)], colorScheme === "dark" ? [true, false] : [false, true]);
        await shoot(page, `export-${locale}-${colorScheme}.png`);
      });
    });
  }
}

test("the exported file of a hostile rehearsal runs and fetches nothing, and fits a phone and paper", async () => {
  const state = reportState("en", sampleFacts({ text: hostileText }));
  assert.ok(state.report !== undefined);
  await withFile(reportHtml(state.report, state), { colorScheme: "light", width: 360 }, async (page) => {
    assert.equal(await page.locator(":is(script, img, iframe, a)").count(), 0);
    await page.evaluate(openAll);
    assert.equal(await page.evaluate(overflow), 0);
    await page.evaluate(axe);
    assert.deepEqual(await page.evaluate(axeRun), []);
    // On paper nothing stays folded away.
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = false");
    await page.emulateMedia({ media: "print" });
    // What a closed box skipped gets its styles with the next frame only.
    await page.waitForFunction(
      `[...document.querySelectorAll("details > table, details > pre")].every((each) => each.checkVisibility({ contentVisibilityAuto: true }))`,
    );
  });
});
