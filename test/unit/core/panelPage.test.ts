import assert from "node:assert/strict";
import { test } from "node:test";
import { panelHtml, panelPolicy } from "../../../src/core/page/panelPage.ts";

const nonce = "bm9uY2U=";
const policyOf = (name: "lesson" | "quiz" | "assessment"): ReadonlyMap<string, string> =>
  new Map(
    panelPolicy(name, nonce, "https://*.vscode-cdn.net")
      .split("; ")
      .map((directive) => [directive.split(" ", 1)[0] ?? "", directive.slice(directive.indexOf(" ") + 1)]),
  );

test("a page's policy names its own module and files, and nothing else", () => {
  for (const name of ["lesson", "quiz", "assessment"] as const) {
    const policy = policyOf(name);
    assert.equal(policy.get("default-src"), "'none'");
    assert.equal(policy.get("script-src"), `'nonce-${nonce}'`);
    assert.equal(policy.get("script-src-attr"), "'none'");
    assert.equal(policy.get("base-uri"), "'none'");
    assert.equal(policy.get("form-action"), "'none'");
    assert.equal(policy.get("require-trusted-types-for"), "'script'");
    assert.doesNotMatch(policy.get("trusted-types") ?? "*", /\*|allow-duplicates/);
    assert.doesNotMatch([...policy].join(), /unsafe-eval|unsafe-hashes|strict-dynamic|data:|blob:|http:/);
    for (const open of ["connect-src", "img-src", "frame-src", "object-src", "worker-src", "media-src"]) {
      assert.equal(policy.get(open), undefined, `${open} stays what default-src says`);
    }
  }
});

test("only styles may be inline, and only where diagrams are drawn", () => {
  const inline = (name: "lesson" | "quiz" | "assessment"): readonly string[] =>
    [...policyOf(name)].filter(([, value]) => value.includes("unsafe-inline")).map(([directive]) => directive);
  assert.deepEqual(inline("lesson"), ["style-src-elem", "style-src-attr"]);
  assert.deepEqual(inline("quiz"), []);
  assert.deepEqual(inline("assessment"), []);
});

test("nothing is inline in the page, and a title stays a title", () => {
  const html = panelHtml({
    ...{ name: "lesson", title: '</title><script>"&', nonce, source: "'self'" },
    asset: (file) => `https://x.example/"><script>/${file}`,
  });
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.match(html, /<script type="module" nonce="bm9uY2U=" src="[^"<>]*"><\/script>/);
  assert.doesNotMatch(html, /<style|\son\w+=|style=/);
  assert.ok(html.indexOf("Content-Security-Policy") < html.indexOf("<link"));
});
