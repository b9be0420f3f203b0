import assert from "node:assert/strict";
import { test } from "node:test";
import { createLessonRenderer } from "../../../src/core/lesson/lessonHtml.ts";
import { parseLessonText } from "../../../src/core/lesson/lessonText.ts";
import { linkTarget } from "../../../src/core/lesson/markdown.ts";
import { prose } from "./lessonSamples.ts";

const text = parseLessonText(prose);
const renderer = createLessonRenderer({ original: 'package lesson\n\nvar x = "<b>"\n' });
const html = renderer.render(text.body);

test("takes title, prose and hints apart", () => {
  assert.equal(text.title, "Sleep");
  assert.deepEqual(
    text.hints.map((hint) => [hint.title, hint.line]),
    [
      ["Nudge", 19],
      ["Approach", 23],
      ["Nearly there", 27],
    ],
  );
  assert.doesNotMatch(html, /Sleep<|Nudge|Look at the signal/);
  assert.match(renderer.render(text.hints[1]?.blocks ?? []), /Use <code>once<\/code>/);
});

test("the Chinese heading opens the hints too, and a section after them is prose again", () => {
  const more = parseLessonText(prose.replace("## Hints", "## 提示") + "\n## After\n\nMore prose.\n");
  assert.equal(more.hints.length, 3);
  assert.match(createLessonRenderer({ original: "" }).render(more.body), /More prose/);
});

test("lists headings, fences, links and images with their lines", () => {
  assert.deepEqual(
    text.headings.map((heading) => `${String(heading.level)} ${heading.slug} ${String(heading.line)}`),
    ["1 sleep 1", "2 the-rules 13", "2 hints 17", "3 nudge 19", "3 approach 23", "3 nearly-there 27"],
  );
  assert.deepEqual(text.fences, [{ language: "ts", code: "const a = 1 < 2;\n", line: 9 }]);
  assert.deepEqual(
    text.links.map((link) => [link.href, link.target?.kind, link.line]),
    [
      ["https://example.org/x", "web", 3],
      ["../retry/lesson.en.md", "lesson", 3],
      ["#the-rules", "section", 3],
      ["javascript:alert(1)", undefined, 15],
      ["http://example.org", undefined, 15],
    ],
  );
  assert.deepEqual(
    text.images.map((image) => image.source),
    ["diagrams/flow.mmd", "original.go"],
  );
});

test("nothing of an author's markup or script gets into the page", () => {
  assert.doesNotMatch(html, /<script/);
  assert.match(html, /&lt;script&gt;/);
  assert.doesNotMatch(html, /href="(?:javascript|http):/);
  assert.doesNotMatch(html, /<img/);
});

test("links lead to the web, to lessons and to sections", () => {
  assert.match(html, /<a href="https:\/\/example\.org\/x">page<\/a>/);
  assert.match(html, /<a href="#" data-lesson="retry">lesson<\/a>/);
  assert.match(html, /<a href="#section-the-rules">section<\/a>/);
  assert.match(html, /<h2 data-line="13" id="section-the-rules">/);
});

test("a diagram is a place to be filled; Go followed by TypeScript is a pair of tabs", () => {
  assert.match(html, /<figure class="diagram" data-diagram="flow\.mmd" data-line="5"><\/figure>/);
  const tabs = /<div class="code-tabs">([\s\S]*?)<\/div>/.exec(html)?.[1] ?? "";
  assert.deepEqual(
    [...tabs.matchAll(/data-language="(\w+)" data-label="(\w+)" data-line="(\d+)"/g)].map((match) => match.slice(1)),
    [
      ["go", "Go", "7"],
      ["ts", "TypeScript", "9"],
    ],
  );
  assert.match(tabs, /hljs-keyword/);
  assert.match(tabs, /&lt;b&gt;/);
});

test("which addresses a lesson may link to", () => {
  assert.equal(linkTarget("https://go.dev/")?.kind, "web");
  assert.deepEqual(linkTarget("../connection-pool/"), { kind: "lesson", lesson: "connection-pool" });
  assert.deepEqual(linkTarget("diagrams/a.mmd"), { kind: "file", path: "diagrams/a.mmd" });
  for (const url of [
    "http://x.org",
    "file:///etc/passwd",
    "../../secret",
    "/etc/passwd",
    "command:x",
    "data:text/html,x",
  ]) {
    assert.equal(linkTarget(url), undefined, url);
  }
});
