// What the lesson panel's page remembers, in a real browser: over a reload, and while it turns from lesson to lesson.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fanOut, loadLesson, makeState } from "./fixtures.ts";
import { until } from "./harness.ts";
import { lessonPanels } from "./lessonPanels.ts";

const lesson = await loadLesson(fanOut);
const { withPanel } = lessonPanels(lesson);

const kept = `JSON.parse(sessionStorage.getItem("panel-memory"))`;

test("tabs follow the arrow keys, all pairs together, and the choice outlives a reload", async () => {
  await withPanel("idle", {}, async (panel, page) => {
    const lists = page.locator('[role="tablist"]');
    const chosen = (): Promise<string[]> => page.locator('[role="tab"][aria-selected="true"]').allInnerTexts();
    const count = await lists.count();
    assert.deepEqual(await chosen(), new Array(count).fill("Go"));
    await lists.first().getByRole("tab", { name: "Go" }).focus();
    await panel.press("ArrowRight");
    assert.deepEqual(await chosen(), new Array(count).fill("TypeScript"));
    assert.equal(await page.evaluate("document.activeElement.textContent"), "TypeScript");
    assert.equal(await page.locator('[role="tab"][tabindex="0"]').count(), count, "one stop for each list");
    await page.reload();
    await page.waitForSelector("h1");
    assert.deepEqual(await chosen(), new Array(count).fill("TypeScript"));
  });
});

test("the place and what is open outlive a reload, though diagrams above are drawn later", async () => {
  await withPanel("failed", { width: 500 }, async (panel, page) => {
    await panel.drawn();
    const heading = page.locator(".lesson-prose h2").nth(3);
    await heading.evaluate((element) => {
      element.scrollIntoView();
    });
    await page.evaluate("document.querySelectorAll('.test details')[1].open = true");
    // Not just any place: diagrams that were still being drawn may have moved the page before.
    const line = String(await heading.getAttribute("data-line"));
    await until(page, `${kept}?.anchor?.line === ${line} && Object.keys(${kept}.open ?? {}).length === 1`);
    const top = (): Promise<number> => heading.evaluate((element) => element.getBoundingClientRect().top);
    const earlier = await top();
    await page.reload();
    await page.waitForSelector("h1");
    await until(page, "document.querySelectorAll('[data-drawn=true]').length > 0");
    // The diagrams above are drawn one after another, and the place is found again after each.
    const place = "document.querySelectorAll('.lesson-prose h2')[3].getBoundingClientRect().top";
    await until(page, `Math.abs(${place} - ${String(earlier)}) < 4`);
    assert.equal(await page.locator(".test details[open]").count(), 2);
  });
});

test("a page that turns to another lesson says nothing of the one before, and finds the place when it comes back", async () => {
  const other = await loadLesson("semaphore");
  await withPanel("failed", { width: 500 }, async (panel, page) => {
    await panel.drawn();
    const heading = page.locator(".lesson-prose h2").nth(2);
    const place = "document.querySelectorAll('.lesson-prose h2')[2].getBoundingClientRect().top";
    await heading.evaluate((element) => {
      element.scrollIntoView();
    });
    await until(page, `${kept}?.anchor?.line === ${String(await heading.getAttribute("data-line"))}`);
    const earlier = await page.evaluate<number>(place);
    await panel.send({ type: "announce", text: "About the first lesson." });
    await panel.send({ type: "state", state: makeState(other, "idle") });
    await panel.settle();
    assert.equal(await page.locator("h1").innerText(), other.meta.title.en);
    assert.equal(await page.evaluate("scrollY"), 0);
    assert.equal(await page.getByText("About the first lesson.").count(), 0);
    assert.equal(await page.evaluate(`${kept}.lesson`), "semaphore");
    await page.getByRole("button", { name: "Reset exercise" }).click();
    await panel.drawn();
    await panel.send({ type: "state", state: makeState(lesson, "failed") });
    await until(page, `Math.abs(${place} - ${String(earlier)}) < 4`);
    const posted = await panel.posted();
    const about = posted.filter(({ type }) => type === "resetExercise").map((each) => "shown" in each && each.shown);
    assert.deepEqual(about, ["semaphore"]);
  });
});
