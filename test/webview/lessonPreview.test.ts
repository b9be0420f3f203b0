// The preview of a lesson that is being written, on the lesson panel's page in a real browser: the strip, the ways to the files,
// the place of the reader while the text around it changes, and a diagram that is broken and mended.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { root, testResults } from "../../scripts/lib/paths.mjs";
import { authorView, type Outcome } from "../../src/core/authoring/authorView.ts";
import type { Lesson } from "../../src/core/lesson/lessonFiles.ts";
import type { Finding } from "../../src/core/lesson/lessonFinding.ts";
import { renderLesson } from "../../src/core/lessonPanel/lessonPanelState.ts";
import { previewedFolder, previewState } from "../../src/core/authoring/lessonPreview.ts";
import type { LessonPanelState } from "../../src/protocol/lessonPanelMessages.ts";
import { fanOut, loadLesson } from "./fixtures.ts";
import { asked, type Harness, startHarness, until } from "./harness.ts";
import { themeKinds } from "./themes.ts";

let harness: Harness;
let lesson: Lesson;
let axe: string;

before(async () => {
  [harness, lesson, axe] = await Promise.all([
    startHarness(),
    loadLesson(fanOut),
    readFile(join(root, "node_modules/axe-core/axe.min.js"), "utf8"),
  ]);
});
after(async () => {
  await harness.close();
});

const mistakes = [{ name: "timer-kept", diagnosis: "timer-still-armed" }] as const;
const outcomes = new Map<string, Outcome>([
  ["solution.ts", { kind: "passes" }],
  ["exercise.ts", { kind: "fails", diagnosis: "timer-still-armed", test: "ends" }],
  ["mistakes/timer-kept.ts", { kind: "passes" }],
]);
const finding: Finding = {
  file: `${fanOut}/lesson.json`,
  line: 12,
  message: { en: "is wrong", "zh-cn": "有误" },
};

const here = `file:///team/pack/${fanOut}`;

function preview(written: Lesson, findings: readonly Finding[] = [finding], folder = here): LessonPanelState {
  const locale = "en";
  const title = { en: "All", "zh-cn": "全部" };
  return previewState({
    locale,
    catalog: { version: 1, tracks: [{ id: "all", title, summary: title, lessons: [fanOut] }] },
    lesson: written,
    rendered: renderLesson(written, locale),
    titleOf: () => undefined,
    author: authorView({
      ...{ locale, lesson: fanOut, folder, mistakes, outcomes, findings },
      standing: { kind: "done" },
    }),
  });
}

/** The lesson with this before its section of that name. */
function withText(section: string, text: string): Lesson {
  const en = lesson.text.en.replace(section, `${text}\n\n${section}`);
  assert.notEqual(en, lesson.text.en);
  return { ...lesson, text: { ...lesson.text, en } };
}

const topOf = (page: Page, text: string): Promise<number> =>
  page
    .getByText(text)
    .first()
    .evaluate((element: { getBoundingClientRect(): { top: number } }) => element.getBoundingClientRect().top);

test("the strip says how the spec does, and leads to the files; a learner's buttons are not there", async () => {
  const panel = await harness.open(preview(lesson), { width: 700 });
  const { page } = panel;
  assert.match(await page.locator(".status-text").innerText(), /^The solution passes · 0 of 1 mistakes caught/);
  assert.equal(await page.getByRole("button", { name: "Show solution" }).count(), 0);
  assert.ok((await page.locator(".hint").count()) > 1);
  await page.getByRole("button", { name: "lesson.json:12" }).click();
  await page.getByRole("button", { name: "mistakes/timer-kept.ts" }).click();
  await page.getByRole("button", { name: "Check again" }).click();
  assert.deepEqual((await asked(panel)).slice(1), [
    { type: "openPackFile", file: `${fanOut}/lesson.json`, line: 12 },
    { type: "openPackFile", file: `${fanOut}/mistakes/timer-kept.ts`, line: 1 },
    { type: "run" },
  ]);
  const headline = page.locator(".status-headline");
  await headline.click();
  assert.equal(await headline.getAttribute("aria-expanded"), "false");
  assert.equal(await page.locator(".author-details").count(), 0);
  assert.deepEqual(await panel.complaints(), []);
});

test("what the reader looks at stays where it is while the text above it grows", async () => {
  const [section] = /^## (?!Hints).+$/m.exec(lesson.text.en.slice(lesson.text.en.length / 2)) ?? [];
  assert.ok(section);
  const panel = await harness.open(preview(lesson), { width: 700 });
  const { page } = panel;
  await panel.drawn();
  const heading = section.slice(3);
  await page.evaluate(`window.scrollTo(0, document.body.scrollHeight / 2)`);
  await page.getByRole("heading", { name: heading }).evaluate("element => element.scrollIntoView({ block: 'start' })");
  await panel.settle();
  const before = await topOf(page, heading);
  const [first = ""] = /^## .+$/m.exec(lesson.text.en) ?? [];
  await panel.show(preview(withText(first, "One paragraph.\n\nAnother one.\n\nA third.")));
  await until(page, `document.body.textContent.includes("Another one.")`);
  const moved = Math.abs((await topOf(page, heading)) - before);
  assert.ok(moved <= 2, `it moved by ${String(moved)} px`);
  assert.deepEqual(await panel.complaints(), []);
});

test("after a reload the page knows which lesson it previewed, and where its reader was; a lesson of another pack begins anew", async () => {
  const panel = await harness.open(preview(lesson), { width: 700 });
  const { page } = panel;
  const kept = `JSON.parse(sessionStorage.getItem("panel-memory"))`;
  await panel.drawn();
  await page.locator(".lesson-prose h2").nth(2).evaluate("element => element.scrollIntoView({ block: 'start' })");
  await until(page, `${kept}?.scrollTop > 0`);
  assert.equal(previewedFolder(await page.evaluate(kept)), here);
  await page.reload();
  await page.waitForSelector("h1");
  await until(page, "window.scrollY > 0");
  assert.equal(previewedFolder(await page.evaluate(kept)), here);
  const elsewhere = `file:///other/pack/${fanOut}`;
  await harness.open(preview(lesson, [finding], elsewhere), { width: 700 });
  await until(page, `${kept}.folder === "${elsewhere}" && ${kept}.scrollTop === 0`);
  assert.deepEqual(await panel.complaints(), []);
});

test("a reader at the very top stays there while the strip grows", async () => {
  const panel = await harness.open(preview(lesson, []), { width: 700 });
  const { page } = panel;
  await page.getByRole("heading", { level: 1 }).waitFor();
  await panel.show(preview(lesson));
  await page.getByRole("button", { name: "lesson.json:12" }).waitFor();
  assert.equal(await page.evaluate("window.scrollY"), 0);
});

test("a diagram that is broken says so, and is drawn again once it is mended", async () => {
  const panel = await harness.open(preview(lesson), { width: 700, height: 6000 });
  const { page } = panel;
  await panel.drawn();
  const count = await page.locator(".diagram-view > svg").count();
  const [first] = lesson.diagrams;
  assert.ok(first);
  const diagrams = lesson.diagrams.map((each) =>
    each === first ? { ...each, source: each.source.replace("-->", "--> [") } : each,
  );
  assert.notEqual(diagrams[0]?.source, first.source);
  await panel.show(preview({ ...lesson, diagrams }));
  await page.locator(".diagram-note").waitFor();
  await panel.show(preview(lesson));
  await page.locator(".diagram-note").waitFor({ state: "detached" });
  await until(page, `document.querySelectorAll(".diagram-view > svg").length === ${String(count)}`);
});

for (const theme of themeKinds) {
  test(`axe finds nothing to mend in the strip: ${theme}`, async () => {
    const panel = await harness.open(preview(lesson), { theme, width: 700 });
    const { page } = panel;
    await page.evaluate(axe);
    const found = await page.evaluate<readonly string[]>(
      `axe.run({ include: [[".author-line"], [".author-details"]] })
        .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`,
    );
    assert.deepEqual(found, []);
    if (process.env["SCREENSHOTS"] !== undefined)
      await page.screenshot({ path: join(testResults, "webview", `preview-${theme}.png`) });
  });
}
