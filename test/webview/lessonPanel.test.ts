// The lesson panel in a real browser, under the extension's own policy: draws, keyboard, memory, accessibility.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { root } from "../../scripts/lib/paths.mjs";
import { momentView, touchDiagrams } from "../../src/core/lessonPanel/diagramMoment.ts";
import type { MomentView } from "../../src/protocol/lessonPanelMessages.ts";
import type { ShownRun } from "../../src/protocol/shownRun.ts";
import { fanOut, loadLesson, makeState, situations, timerTest } from "./fixtures.ts";
import { type PanelPage, asked, until } from "./harness.ts";
import { lessonPanels } from "./lessonPanels.ts";
import { themeKinds } from "./themes.ts";

const lesson = await loadLesson(fanOut);
const axe = await readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
const { open, withPanel } = lessonPanels(lesson);

/** Clicks where it stands. Playwright's own click may scroll the page first to bring a sticky thing "into view". */
async function clickInPlace(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox();
  assert.ok(box);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

const overflow = "document.documentElement.scrollWidth - innerWidth";

test("prose, code, tabs and diagrams are drawn, and nothing breaks the policy", async () => {
  await withPanel("failed", { width: 700 }, async (panel, page) => {
    await panel.drawn();
    assert.equal(await page.locator("h1").innerText(), lesson.meta.title.en);
    assert.equal(await page.locator(".diagram-view > svg").count(), lesson.diagrams.length);
    assert.ok((await page.locator(".card.code .hljs-keyword").count()) > 10);
    assert.ok((await page.locator('[role="tablist"]').count()) > 0);
    assert.equal(await page.evaluate(overflow), 0);
  });
});

test("each situation says how the exercise stands", async () => {
  await withPanel("idle", {}, async (panel, page) => {
    const headline = page.locator(".status-text");
    const spoken = page.locator('[role="status"]');
    for (const situation of situations) {
      const state = makeState(lesson, situation);
      await panel.show(state);
      const { result } = state;
      const words = result.kind === "none" ? state.strings.notGradedYet : result.headline;
      assert.equal(await headline.innerText(), words);
      assert.equal(await page.locator(".status-line progress").count(), situation === "running" ? 1 : 0);
      if (result.kind === "graded") assert.equal(await spoken.innerText(), words);
    }
    await panel.show(makeState(lesson, "running", "zh-cn"));
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
    assert.equal(await page.locator(".test").count(), 4, "the last verdict stays while the next is under way");
  });
});

test("a failure is explained, and its buttons ask the host", async () => {
  await withPanel("failed", {}, async (panel, page) => {
    const body = page.locator(".test-body").first();
    assert.match(
      await body.innerText(),
      /A timer is still armed[\s\S]*220 ms later[\s\S]*line 8[\s\S]*1\.0\.2\.c1\.f2/,
    );
    assert.equal(await body.locator(".story tbody tr").count(), 10);
    await body.getByRole("button", { name: "Show 4 more" }).click();
    await panel.settle();
    assert.equal(await body.locator(".story tbody tr").count(), 13);
    await body.getByRole("button", { name: "exercise.ts, line 8" }).click();
    await body.getByRole("button", { name: "Copy schedule" }).click();
    await body.getByRole("button", { name: "Replay this schedule" }).click();
    await body.getByRole("button", { name: "Debug this schedule" }).click();
    await page.getByRole("button", { name: "Show hint 3 of 3" }).click();
    await page.getByRole("button", { name: "Run" }).first().click();
    await page.getByRole("button", { name: "A connection pool" }).click();
    assert.deepEqual(await asked(panel), [
      { type: "ready" },
      { type: "revealSource", source: { line: 8, column: 17 } },
      { type: "copySchedule", test: "no-timer-left" },
      { type: "replayFailure", test: "no-timer-left" },
      { type: "debugFailure", test: "no-timer-left" },
      { type: "showHint" },
      { type: "run" },
      { type: "openLesson", lesson: "connection-pool" },
    ]);
  });
});

test("an endless loop can be debugged, and nothing else that could not be graded", async () => {
  await withPanel("error", {}, async (panel, page) => {
    const button = page.getByRole("button", { name: "Debug the endless loop" });
    await page.locator(".cannot-grade").waitFor();
    assert.equal(await button.count(), 0);
    const state = makeState(lesson, "error");
    assert.ok(state.result.kind === "graded" && state.result.error !== undefined);
    await panel.show({ ...state, result: { ...state.result, error: { ...state.result.error, stuck: true } } });
    await button.click();
    assert.deepEqual((await asked(panel)).at(-1), { type: "debugLoop" });
  });
});

test("a drawing is kept, and shown by the next page without mermaid; in another theme it is drawn anew", async () => {
  const tall = { height: 6000 };
  const drawings = await withPanel("idle", tall, async (panel) => {
    await panel.drawn();
    return panel.kept();
  });
  const files = lesson.meta.diagrams.map(({ file }) => file);
  assert.deepEqual(drawings.map(({ file }) => file).sort(), [...files].sort());
  for (const theme of ["dark", "light"] as const) {
    const same = theme === "dark";
    await withPanel("idle", { ...tall, theme, drawings }, async (panel, page) => {
      await panel.drawn();
      const ids = await page.locator(".diagram-view > svg").evaluateAll((all) => all.map(({ id }) => id));
      assert.equal(ids.length, files.length);
      for (const id of ids)
        assert.equal(
          drawings.some(({ svg }) => svg.includes(`id="${id}"`)),
          same,
          id,
        );
      assert.equal((await panel.kept()).length, same ? 0 : files.length);
      const scripts = JSON.stringify(
        await page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)"),
      );
      assert.equal(scripts.includes("mermaid"), !same);
    });
  }
});

test("what the host refuses is said, until closed", async () => {
  await withPanel("idle", {}, async (panel, page) => {
    await page.evaluate('harness.refuse("There is no exercise file.")');
    await page.getByRole("button", { name: "Reset exercise" }).click();
    assert.match(await page.getByRole("alert").innerText(), /There is no exercise file\./);
    await page.getByRole("button", { name: "Close" }).click();
    await panel.settle();
    assert.equal(await page.getByRole("alert").count(), 0);
  });
});

test("Run's headline leads to the result, and back to the text", async () => {
  await withPanel("failed", {}, async (panel, page) => {
    const heading = ".lesson-prose h2:nth-of-type(2)";
    await page.evaluate(`document.querySelector("${heading}").scrollIntoView({ block: "center" })`);
    const top = `document.querySelector("${heading}").getBoundingClientRect().top`;
    const earlier = await page.evaluate<number>(top);
    await clickInPlace(page, page.locator(".status-headline"));
    assert.equal(await page.evaluate("document.activeElement.id"), "part-result");
    await until(page, "document.querySelectorAll('.status-line .quiet-button').length === 1");
    await clickInPlace(page, page.getByRole("button", { name: "Back to the text" }));
    await until(page, `Math.abs(${top} - ${String(earlier)}) < 4`);
    await panel.send({ type: "reveal", part: "hints" });
    await until(page, 'document.activeElement.id === "part-hints"');
  });
});

test("a diagram zooms by keys, keeps its scrolling to itself, and lights up what the failing order touched", async () => {
  await withPanel("failed", { width: 600 }, async (panel, page) => {
    await panel.drawn();
    const view = page.locator(".diagram-view").first();
    const width = (): Promise<number> => view.locator("svg").evaluate((svg) => svg.clientWidth);
    const earlier = await width();
    await view.focus();
    await panel.press("+");
    await panel.press("+");
    assert.ok((await width()) > earlier * 1.4);
    assert.equal(await page.evaluate(overflow), 0);
    await panel.press("0");
    assert.ok((await width()) <= 600);
    const light = (part: string): Promise<string | null> =>
      view.locator(`[data-part="${part}"]`).first().getAttribute("data-light");
    assert.equal(await light("request"), "broken");
    assert.equal(await light("stopFetch"), "stopped");
    assert.equal(await light("urls"), "active");
    assert.equal(await light("deadline"), null);
    const stroke = (): Promise<string> =>
      view
        .locator("g.cluster rect")
        .first()
        .evaluate((node) => getComputedStyle(node).stroke);
    const dark = await stroke();
    await panel.theme("light");
    await until(page, `getComputedStyle(document.querySelector(".diagram-view g.cluster rect")).stroke !== "${dark}"`);
    assert.notEqual(await stroke(), dark);
    assert.equal(await light("request"), "broken", "also after it was drawn anew");
  });
});

async function showMoment(panel: PanelPage, moment: number | undefined): Promise<void> {
  await panel.send({ type: "moment", moment: momentOf(moment) });
  await panel.settle();
}

const momentOf = (moment: number | undefined): MomentView => {
  const run: ShownRun = {
    ...{ lesson: fanOut, test: "no-timer-left", title: timerTest.title, origin: "failure", exercise: "", live: false },
    ...{ schedule: "i2-", trace: timerTest.failure?.trace ?? [] },
  };
  return momentView(touchDiagrams(run, lesson.meta.diagrams), moment, "en");
};

test("a diagram counts how often each part was taken, marks the current one, and steps from event to event", async () => {
  await withPanel("failed", { width: 700 }, async (panel, page) => {
    await panel.drawn();
    const figure = page.locator(".card.diagram").first();
    const badge = (part: string): Locator => figure.locator(`.count-badge[data-badge="${part}"]`);
    assert.equal(await badge("urls").textContent(), "3", "the failing order as a whole");
    assert.equal(await figure.locator(".count-badge[data-current]").count(), 0);
    await figure.getByRole("button", { name: "Step through it" }).click();
    await showMoment(panel, 3);
    assert.equal(await badge("urls").textContent(), "2");
    assert.equal(await badge("urls").getAttribute("data-current"), "");
    assert.equal(await badge("push").count(), 0, "what is to come is dark");
    assert.equal(await figure.locator(".step-position").innerText(), "3 of 9");
    assert.match(
      await figure.locator(".step-words").innerText(),
      /The order that breaks it · .*\n?0 ms · fetch \/stock starts/,
    );
    await figure.locator("details").evaluate((details) => ((details as HTMLDetailsElement).open = true));
    assert.deepEqual(await figure.locator(".taken li").allInnerTexts(), ["caller: once", "urls: 2 times (now)"]);
    const messages = page.locator(".card.diagram").last().locator(".taken li");
    assert.deepEqual(await messages.allTextContents(), ["urls, timeoutMs, signal: once", "setTimeout: once"]);
    await figure.getByRole("button", { name: "Next event in this diagram" }).click();
    await figure.getByRole("button", { name: "Previous event in this diagram" }).click();
    await figure.getByRole("button", { name: "The whole run" }).click();
    await showMoment(panel, undefined);
    // It is there already: the button is not switched off, which would lose the focus, but asks for nothing.
    await figure.getByRole("button", { name: "The whole run" }).click({ force: true });
    assert.equal(await figure.locator(".count-badge[data-current]").count(), 0);
    assert.deepEqual((await asked(panel)).slice(1), [
      { type: "stepThroughFailure", test: "no-timer-left" },
      { type: "moveTo", moment: 4 },
      { type: "moveTo", moment: 2 },
      { type: "lookAtWhole" },
    ]);
  });
});

test("the current event is spoken once stepping has come to rest, not while it goes on", async () => {
  await withPanel("failed", {}, async (panel, page) => {
    await panel.drawn();
    const heard = "globalThis.heard";
    await page.evaluate(`${heard} = []`);
    await showMoment(panel, 0);
    await page.evaluate(`new MutationObserver((changes) => { for (const { target } of changes) if (target.textContent !== "") ${heard}.push(target.textContent); })
      .observe(document.querySelector(".diagram-steps [aria-live]"), { childList: true, characterData: true, subtree: true })`);
    for (const moment of [1, 2, 3, 5]) await showMoment(panel, moment);
    await until(page, `${heard}.length > 0`);
    assert.deepEqual(await page.evaluate(heard), ["30 ms · fetch /stock completes: 200"]);
  });
});

test("where nothing lights a diagram, the natural order does, on request", async () => {
  await withPanel("passed", {}, async (panel, page) => {
    await panel.drawn();
    const figure = page.locator(".card.diagram").first();
    assert.equal(await figure.locator("[data-light]").count(), 0);
    await figure.getByRole("button", { name: "Light up with the natural order" }).click();
    assert.deepEqual((await asked(panel)).at(-1), { type: "showNaturalOrder" });
    await showMoment(panel, undefined);
    assert.ok((await figure.locator(".count-badge").count()) > 3);
    await panel.send({ type: "moment" });
    await panel.settle();
    assert.equal(await figure.locator("[data-light]").count(), 0, "and goes out when that run leaves the stage");
  });
});

// What mermaid draws is a picture to axe, as it is to a screen reader. The prose is the same in each situation.
const axeRun = (scope: string): string => `axe.run({ include: ${scope}, exclude: [[".diagram-view svg"]] })
  .then(({ violations }) => violations.map(({ id, impact, nodes }) => id + " (" + impact + "): " +
    nodes.slice(0, 4).map(({ html, any }) => html.slice(0, 120) + " " + (any[0]?.message ?? "")).join(" | ")))`;
const whole = '[["html"]]';
const parts = '[[".status-line"], [".working"], [".card.diagram"]]';

for (const theme of themeKinds) {
  test(`axe finds nothing to mend: ${theme}`, async () => {
    await withPanel("failed", { theme }, async (panel, page) => {
      await panel.drawn();
      await page.evaluate(axe);
      for (const situation of situations) {
        await panel.show(makeState(lesson, situation, situation === "idle" ? "zh-cn" : "en", situation === "error"));
        await page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))");
        if (situation === "passed") await showMoment(panel, 3);
        const found = await page.evaluate<readonly string[]>(axeRun(situation === "failed" ? whole : parts));
        assert.deepEqual(found, [], situation);
      }
    });
  });
}

test("nothing is wider than the page, from 300 to 1400 px, also with everything open", async () => {
  await withPanel("failed", { width: 700 }, async (panel, page) => {
    await panel.drawn();
    await page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))");
    for (const width of [300, 400, 450, 900, 1179, 1180, 1400]) {
      await page.setViewportSize({ width, height: 800 });
      await panel.settle();
      assert.equal(await page.evaluate(overflow), 0, `at ${String(width)} px`);
    }
  });
});

test("every element that a lesson binds to events is found in its drawing", async () => {
  const ids = (await readdir(join(root, "lessons"), { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const missing: string[] = [];
  for (const { name } of ids) {
    const each = await loadLesson(name);
    const panel = await open(makeState(each, "idle"), { width: 900 });
    await panel.drawn();
    const figures = await panel.page.evaluate<readonly string[][]>(
      "[...document.querySelectorAll('.card.diagram')].map((figure) => [...figure.querySelectorAll('[data-part]')].map((part) => part.dataset.part))",
    );
    const order = [...each.text.en.matchAll(/\]\(diagrams\/([a-z0-9-]+\.mmd)\)/g)].map(([, file]) => file);
    for (const { file, bindings } of each.meta.diagrams) {
      const parts = figures[order.indexOf(file)] ?? [];
      missing.push(
        ...bindings.filter(({ element }) => !parts.includes(element)).map((b) => `${name}/${file}: ${b.element}`),
      );
    }
    assert.deepEqual(await panel.complaints(), []);
  }
  assert.deepEqual(missing, []);
});
