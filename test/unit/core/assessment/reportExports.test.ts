/** The exports of a report: that nothing is lost in them, and that whatever a learner wrote stays text. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import MarkdownIt from "markdown-it";
import { root } from "../../../../scripts/lib/paths.mjs";
import { rehearsalReport } from "../../../../src/core/assessment/report.ts";
import { reportHtml } from "../../../../src/core/assessment/reportHtml.ts";
import { reportJson } from "../../../../src/core/assessment/reportJson.ts";
import { reportMarkdown } from "../../../../src/core/assessment/reportMarkdown.ts";
import { reportStrings } from "../../../../src/core/assessment/reportStrings.ts";
import { locales } from "../../../../src/protocol/words.ts";
import { fits } from "../jsonSchema.ts";
import { hostileText, sampleFacts } from "./reportSamples.ts";

const hostile = sampleFacts({ text: hostileText });
const html = (facts = sampleFacts(), locale: (typeof locales)[number] = "en"): string =>
  reportHtml(rehearsalReport(facts, locale), { locale, strings: reportStrings[locale] });
const markdown = (facts = sampleFacts(), locale: (typeof locales)[number] = "en"): string =>
  reportMarkdown(rehearsalReport(facts, locale), reportStrings[locale]);

/** Tags of the report's own that a learner's text also tries. */
const tagsOf = (page: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [, name = ""] of page.matchAll(/<(\/?[a-z][a-z0-9]*)/gi)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

test("the HTML of a hostile rehearsal has the tags of a harmless one, and no others", () => {
  assert.deepEqual(tagsOf(html(hostile)), tagsOf(html()));
});

test("the HTML has no script, no handler, no address, and a policy that would stop them", () => {
  for (const page of [html(), html(hostile)]) {
    const markup = page.replace(/>[^<]*</g, "><");
    assert.doesNotMatch(markup, /<script|<iframe|<link|<img|\son\w+=|href=|src=|url\(|@import|javascript:/i);
    assert.match(markup, /default-src 'none'; style-src 'unsafe-inline'/);
  }
});

test("what a learner wrote can be read in the HTML", () => {
  const decoded = html(hostile).replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  assert.ok(decoded.includes('<img src=x onerror="throw new Error(1)">'));
  assert.ok(decoded.includes("[link](https://out.example/)"));
  // Controls and halves of characters are no text.
  for (const none of ["\u0000", "\u001b", "\ud800"]) assert.ok(!decoded.includes(none));
});

test("the style in the HTML is a style: its quotes are quotes", () => {
  const [, style = ""] = /<style>([^]*?)<\/style>/.exec(html()) ?? [];
  assert.match(style, /"Segoe UI"/);
  assert.doesNotMatch(style, /&#|</);
});

test("each part of the report stands in each export, in both languages", () => {
  for (const locale of locales) {
    const report = rehearsalReport(sampleFacts(), locale);
    const strings = reportStrings[locale];
    const { result, skills, time, items, bugs, plan, explained, history, pauses, limits } = strings;
    for (const text of [result, skills, time, items, bugs, plan, explained, history, pauses, limits]) {
      assert.ok(html(sampleFacts(), locale).includes(`<h2>${text}</h2>`), text);
      assert.ok(markdown(sampleFacts(), locale).includes(`\n## ${text}\n`), text);
    }
    const values = [
      ...report.items.map(({ heading }) => heading),
      ...report.radar.rows.map(({ skill }) => skill),
      ...report.plan.map(({ lesson }) => lesson.title),
      ...report.history.rehearsals.map(({ total }) => total.text),
    ];
    for (const text of values) {
      assert.ok(html(sampleFacts(), locale).includes(text.replace("'", "&#39;")), text);
      assert.ok(markdown(sampleFacts(), locale).includes(text.replace(/^(\d+)\./, "$1\\.")), text);
    }
  }
});

test("a Markdown reader finds in a hostile rehearsal what it finds in a harmless one", () => {
  const reader = new MarkdownIt({ html: true, linkify: false }).enable("table");
  const shape = (text: string): readonly string[] =>
    reader.parse(text, {}).flatMap(({ type, children }) => [type, ...(children ?? []).map((child) => child.type)]);
  const quiet = (types: readonly string[]) => types.filter((type) => type !== "text" && type !== "softbreak");
  assert.deepEqual(quiet(shape(markdown(hostile))), quiet(shape(markdown())));
  assert.ok(!shape(markdown(hostile)).some((type) => /^(?:html|image|link)/.test(type)));
});

test("what a learner wrote can be read in the Markdown, letter by letter", () => {
  const reader = new MarkdownIt({ html: true });
  const fences = reader.parse(markdown(hostile), {}).filter(({ type }) => type === "fence");
  // A Markdown reader shows no null.
  const shown = hostileText.replaceAll("\u0000", "\ufffd");
  assert.equal(fences.filter(({ content }) => content.includes(shown)).length, 2);
});

const schema = JSON.parse(readFileSync(join(root, "media/schemas/report.schema.json"), "utf8")) as Record<
  string,
  unknown
>;

test("the exported data fit the schema that ships, whatever was written", () => {
  for (const facts of [sampleFacts(), hostile, sampleFacts({ right: true })]) {
    assert.ok(fits(JSON.parse(reportJson(facts)), schema));
  }
  const { record } = hostile;
  const { plan, startedAt, activeMs, pauses, items } = record;
  const unfinished = { plan, startedAt, activeMs, pauses, items };
  assert.ok(fits(JSON.parse(reportJson({ ...hostile, record: unfinished })), schema));
  assert.ok(fits(JSON.parse(reportJson({ ...hostile, record: { ...record, items: {}, pauses: [] } })), schema));
});

test("the schema is one: it refuses what is not exported", () => {
  const data = JSON.parse(reportJson(sampleFacts())) as { items: Record<string, unknown>[]; rehearsal: object };
  const [first] = data.items;
  for (const wrong of [
    { ...data, version: 2 },
    { ...data, extra: true },
    { ...data, rehearsal: { ...data.rehearsal, minutes: 30 } },
    { ...data, rehearsal: { ...data.rehearsal, startedAt: "yesterday" } },
    { ...data, items: [{ ...first, rating: 6 }] },
    { ...data, items: [{ ...first, evidence: [{ type: "guess" }] }] },
    { ...data, items: [{ ...first, points: undefined, of: 0 }] },
  ]) {
    assert.ok(!fits(JSON.parse(JSON.stringify(wrong)), schema));
  }
});

test("the exported data hold the learner's own text, and each point's evidence", () => {
  const data = JSON.parse(reportJson(hostile)) as {
    readonly items: readonly { readonly explanation?: string; readonly criteria: readonly unknown[] }[];
    readonly notMeasured: readonly string[];
  };
  const code = data.items.find(({ explanation }) => explanation !== undefined);
  assert.equal(code?.explanation, hostileText);
  assert.ok(code.criteria.length >= 3);
  assert.deepEqual(data.notMeasured, ["clarity"]);
});
