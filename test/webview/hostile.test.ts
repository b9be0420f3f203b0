// Lessons come from others too: whatever a lesson's text, diagrams or verdict hold, nothing of it runs in the panel.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createLessonRenderer } from "../../src/core/lesson/lessonHtml.ts";
import { parseLessonText } from "../../src/core/lesson/lessonText.ts";
import type { LessonPanelState } from "../../src/protocol/lessonPanelMessages.ts";
import { fanOut, loadLesson, makeState } from "./fixtures.ts";
import { type Harness, type PanelPage, startHarness } from "./harness.ts";

let harness: Harness;
let plain: LessonPanelState;

before(async () => {
  harness = await startHarness();
  plain = makeState(await loadLesson(fanOut), "failed");
});
after(async () => {
  await harness.close();
});

/** As markup: what an author might write in Markdown, and what a broken host might let through. */
const markup = [
  "<script>hit()</script>",
  '<img src="x" onerror="hit()">',
  '<svg onload="hit()"><script>hit()</script><animate onbegin="hit()" attributeName="x" dur="1s"/></svg>',
  '<a href="javascript:hit()">click</a>',
  '<a href="java\tscript:hit()">click</a>',
  '<a href="data:text/html,<script>hit()</script>">click</a>',
  '<a href="command:workbench.action.terminal.new">click</a>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=hit()>">',
  '<form action="javascript:hit()"><button formaction="javascript:hit()">click</button></form>',
  '<details open ontoggle="hit()"><summary>click</summary></details>',
  '<p style="background: url(https://evil.example/x)" onmouseover="hit()">x</p>',
  '<style>@import url("https://evil.example/x.css"); body { display: none }</style>',
  '<link rel="stylesheet" href="https://evil.example/x.css"><base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<figure class="code" data-language="go" data-label="<img src=x onerror=hit()>"><pre><code><img src=x onerror=hit()></code></pre></figure>',
  '<figure class="diagram" data-diagram="__proto__"></figure>',
  '<a href="#" data-lesson="../../x" onclick="hit()">click</a>',
  '<h2 id="app" dangerouslySetInnerHTML="x" ref="x" key="x" is="x">x</h2>',
  '<noscript><p title="</noscript><img src=x onerror=hit()>"></noscript>',
];

const diagrams = [
  'flowchart LR\n  A["<img src=x onerror=hit()>"] --> B["<script>hit()</script>"]',
  'flowchart LR\n  A --> B\n  click A "javascript:hit()"',
  "flowchart LR\n  A --> B\n  click A call hit()",
  '%%{init: {"securityLevel": "loose", "themeCSS": "* { background: url(https://evil.example/x) }"}}%%\nflowchart LR\n  A["<iframe srcdoc=\'<script>parent.hit()</script>\'></iframe>"] --> B',
  "flowchart LR\n  A --> B\n  style A fill:url(https://evil.example/x)",
  'flowchart LR\n  A@{ img: "https://evil.example/x.png", label: "x" } --> B',
  'sequenceDiagram\n  participant A as <img src=x onerror=hit()>\n  A->>A: <a href="javascript:hit()">x</a>\n  link A: x @ javascript:hit()',
  'stateDiagram-v2\n  state "<svg onload=hit()>" as s1\n  s1 --> [*]',
  'classDiagram\n  class A["<img src=x onerror=hit()>"]\n  click A href "javascript:hit()"',
  '%%{init: {"__proto__": {"hit": 1}, "secure": []}}%%\nflowchart LR\n  A --> B',
  'flowchart LR\n  A["#lt;img src=x onerror=hit()#gt;"] --> B["&lt;img src=x onerror=hit()&gt;"] --> C["&#60;svg onload=hit()>"]',
  "this is no diagram <img src=x onerror=hit()>",
];

function hostile(html: string): LessonPanelState {
  const words = markup.join(" ");
  const sources = diagrams.map((source, index) => ({
    ...{ file: `d${String(index)}.mmd`, title: words, description: words, source },
    bound: true,
  }));
  const figures = sources.map(({ file }) => `<figure class="diagram" data-diagram="${file}"></figure>`).join("");
  const result = structuredClone(plain.result);
  if (result.kind !== "graded") throw new Error("not graded");
  const tests = result.tests.map((each) => ({
    ...each,
    title: words,
    orders: words,
    output: markup,
    ...(each.failure === undefined
      ? {}
      : {
          failure: {
            ...each.failure,
            ...{ message: words, schedule: words, expected: words, actual: words, place: words },
            story: each.failure.story.map((line) => ({ ...line, text: words })),
          },
        }),
  }));
  return {
    ...plain,
    lesson: { ...plain.lesson, title: words, summary: words, html: figures + html, diagrams: sources },
    result: { ...result, headline: words, tests },
    hints: { shown: [{ title: words, html }], total: 3 },
  };
}

const hit = "globalThis.hits ?? 0";
/** Elements that no lesson has, wherever they are; and handlers or addresses that nobody wrote for it. */
const foreign = `[
  ...document.querySelectorAll("#app :is(script, iframe, object, embed, form, link, base, meta, img, image, math)"),
  ...[...document.querySelectorAll("#app *")].filter((element) => [...element.attributes].some(({ name, value }) =>
    /^on/i.test(name) || /^(?:xlink:)?href$|^src$|action$/i.test(name) && !/^(?:https?:|#)/.test(value))),
  ...document.querySelectorAll("#app style:not(svg style)"),
].map((element) => element.outerHTML.slice(0, 200))`;

async function assertHarmless(panel: PanelPage): Promise<void> {
  const { page } = panel;
  await panel.drawn();
  await page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))");
  await page.evaluate(`document.querySelectorAll("#app a, #app g.node").forEach((element) => {
    element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  })`);
  await panel.settle();
  assert.equal(await page.evaluate<number>(hit), 0, "something ran");
  assert.deepEqual(await page.evaluate<string[]>(foreign), []);
  assert.equal(await page.evaluate("document.getElementById('app').localName"), "div", "no id of the page is taken");
  assert.equal(await page.evaluate("document.querySelectorAll('.card.diagram').length"), diagrams.length);
}

/** A diagram that is wrong is said to be; nothing else may be complained about. */
async function otherComplaints(panel: PanelPage): Promise<readonly string[]> {
  return (await panel.complaints()).filter((complaint) => !/^d\d+\.mmd: /.test(complaint));
}

const counter = "globalThis.hit = () => { globalThis.hits = (globalThis.hits ?? 0) + 1; }";

test("hostile Markdown, in a lesson as an author writes it", async () => {
  const text = parseLessonText(`# T\n\n${[...markup, ...markup.map((each) => "`" + each + "`")].join("\n\n")}`);
  const panel = await harness.open(plain);
  await panel.page.evaluate(counter);
  await panel.show(hostile(createLessonRenderer({ original: markup.join("\n") }).render(text.body)));
  await assertHarmless(panel);
  assert.deepEqual(await otherComplaints(panel), []);
});

test("hostile HTML, as if the host had let it through", async () => {
  const panel = await harness.open(plain);
  await panel.page.evaluate(counter);
  await panel.show(hostile(markup.join("\n")));
  await assertHarmless(panel);
  // Chromium reports an inline handler already where the sanitiser parses it, in a document that runs nothing.
  const parsing = /Executing inline event handler|^script-src-attr: inline|base URI to|^base-uri: /;
  assert.deepEqual(
    (await otherComplaints(panel)).filter((complaint) => !parsing.test(complaint)),
    [],
  );
});

test("messages that are none of the host's change nothing", async () => {
  const panel = await harness.open(plain);
  const earlier = await panel.page.locator("#app").innerText();
  for (const message of [null, "x", { type: "state" }, { type: "state", state: { lesson: {} } }, { type: "run" }]) {
    await panel.page.evaluate((sent) => {
      (globalThis as unknown as { harness: { send(message: unknown): void } }).harness.send(sent);
    }, message);
  }
  await panel.settle();
  assert.equal(await panel.page.locator("#app").innerText(), earlier);
  assert.equal((await panel.complaints()).length, 5, "each is reported to the host");
});

test("what the page's own window says is not the host's", async () => {
  const panel = await harness.open(plain);
  const earlier = await panel.page.locator("#app").innerText();
  const state = makeState(await loadLesson(fanOut), "passed");
  await panel.page.evaluate(
    (sent) => {
      (globalThis as unknown as { postMessage(message: unknown, origin: string): void }).postMessage(sent, "*");
    },
    { type: "state", state },
  );
  await panel.settle();
  assert.equal(await panel.page.locator("#app").innerText(), earlier);
  assert.deepEqual(await panel.complaints(), []);
});
