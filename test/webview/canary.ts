/** Tells whether anything ran, was fetched or was taken over on a page that was shown hostile text. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { BarePage, PanelPage } from "./harness.ts";

/** From now on the page notes every `hit(number)`, and the dialogs with which published lists show that they ran. */
export async function plantCanary(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    globalThis.hits = [];
    globalThis.hit = (number) => { hits.push(number); };
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) globalThis[name] = (text) => { hits.push(name + ": " + text); };
  })()`);
}

export function hitsOf(page: Page): Promise<readonly (number | string)[]> {
  return page.evaluate("globalThis.hits");
}

/** Clicks and hovers over all that could react. */
async function provoke(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    for (const element of document.querySelectorAll("#app :is(.prose, .diagram-view, .question) *")) {
      if (element.closest("button, label, .card-head, .control") !== null) continue;
      for (const type of ["pointerover", "mouseover", "focus", "click"]) {
        element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, composed: true }));
      }
    }
  })()`);
}

/** Nothing that no lesson has: elements, handlers, addresses, styles, and the names and looks of the page's own parts. */
const foreign = `[
  ...document.querySelectorAll("#app :is(script, iframe, frame, object, embed, form, link, base, meta, img, image, math, audio, video, source, template, dialog, use, animate, set, portal)"),
  ...document.querySelectorAll("#app .prose :is(.status-line, .problem, .toast, .button, [style]:not(.card *))"),
  ...document.querySelectorAll("#app .prose [id]:not([id^='section-']):not(.card [id]):not(.card)"),
  ...document.querySelectorAll("#app style:not(svg style)"),
  ...[...document.querySelectorAll("#app *")].filter((element) => [...element.attributes].some(({ name, value }) =>
    /^on/i.test(name) || /^(?:xlink:)?href$|^src|action$|^ping$|^background$|^poster$/i.test(name) && !/^(?:https:\\/\\/|#)/.test(value))),
].map((element) => element.outerHTML.slice(0, 300))`;

/**
 * Chromium reports handlers, bases, media, styles and scripts already where a sanitiser parses them, in a document that runs and fetches
 * nothing. Whether they reached the page is seen in the page itself, and a request would be a complaint of its own.
 */
const parsing =
  /Executing inline event handler|^script-src-attr: inline|base URI to|^base-uri: |: Loading media from|^media-src: |Applying inline style|^style-src-(?:elem|attr): inline|will not be executed\.$/;

/** `describe` names what a canary's number stands for. */
export async function assertHarmless(shown: BarePage, describe: (number: number | string) => string): Promise<void> {
  const { page } = shown;
  await provoke(page);
  await page.evaluate(
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))",
  );
  assert.deepEqual((await hitsOf(page)).map(describe), [], "nothing ran");
  assert.deepEqual(await page.evaluate<string[]>(foreign), [], "nothing foreign is in the page");
  const complaints = await shown.complaints();
  assert.deepEqual(
    complaints.filter((complaint) => !parsing.test(complaint)),
    [],
  );
  assert.equal(await page.evaluate("document.getElementById('app')?.parentElement === document.body"), true);
  const kept = await page.evaluate("[document.cookie, localStorage.length, ...Object.keys(sessionStorage)].join()");
  assert.match(String(kept), /^,0(?:,panel-memory)?$/, "nothing is stored");
}

export async function assertLinks(panel: PanelPage): Promise<void> {
  const links = await panel.followed();
  assert.deepEqual(
    links.filter((link) => !/^https:\/\/./.test(link)),
    [],
    "VS Code is asked to open nothing but https",
  );
}
