import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { guardDiagram, longestDiagram } from "../../../../src/core/layout/diagramGuard.ts";

test("what lessons draw passes as it is", async () => {
  const lessons = join(import.meta.dirname, "../../../../lessons");
  const files = (await readdir(lessons, { recursive: true })).filter((file) => file.endsWith(".mmd"));
  assert.ok(files.length > 0);
  for (const file of files) {
    const source = await readFile(join(lessons, file), "utf8");
    assert.equal(guardDiagram(source), source, file);
  }
});

test("plain styles, shapes and line breaks pass", () => {
  for (const line of [
    "classDef hot fill:#f96,stroke:#333,stroke-width:4px,color:rgb(1, 2, 3)",
    "style A fill:#bbf,stroke-dasharray: 5 5",
    "linkStyle 0,1 stroke:red",
    'A@{ shape: rect, label: "a { b }" }',
    "e1@{ animate: true }",
    "A[one<br/>two] --> B{a < b}",
    "A <--> B",
    "C <<interface>>",
    "A --> B : List~int~",
  ]) {
    assert.equal(guardDiagram(`flowchart LR\n  ${line}`), `flowchart LR\n  ${line}`);
  }
});

test("a diagram brings no settings along", () => {
  const bare = "flowchart LR\n  A --> B";
  for (const settings of [
    '%%{init: {"securityLevel": "loose"}}%%\n',
    '%%{init: {\n"themeCSS": "*{}"\n}}%%\n%%{wrap}%%',
    "---\nconfig:\n  securityLevel: loose\n---\n",
    "\n ---\ntitle: x\n---\n",
    "---\n---\n",
  ]) {
    assert.equal(guardDiagram(`${settings}${bare}`).trim(), bare);
  }
  assert.throws(() => guardDiagram(`${bare}\n%%{init: {"securityLevel": "loose"}`));
  assert.throws(() => guardDiagram(`${bare}\n%%%%{}%%{init: {}}%%`));
});

test("markup, pictures, addresses and styles that end a rule are refused, however they are spelt", () => {
  for (const line of [
    'A["<img src=x>"]',
    "A[</style>]",
    'A["<!--x-->"]',
    'A["#lt;b#gt;"]',
    'A["&lt;b"]',
    'A["#60;b"]',
    'A["#060;b"]',
    'A["&#x3c;b"]',
    "style A fill:url(https://evil.example/)",
    "style A fill:URL (https://evil.example/)",
    "style A fill:u\\72l(https://evil.example/)",
    "classDef x fill:red;} body{display:none}",
    "A --> B; classDef x fill:red}body{color:red",
    "classDef x fill:red/**/",
    "classDef x,@import 'https://evil.example/'",
    "linkStyle 0 stroke:red}*{display:none",
    'A@{ img: "https://evil.example/x.png" }',
    'A@{ label: "}", img: "https://evil.example/x.png" }',
    'A@{ "im\\x67": "https://evil.example/x.png" }',
    'A@{ icon: "x:y" }',
    "A@{ shape: rect\n  img: x }",
    "A@{ ? img : x }",
  ]) {
    assert.throws(() => guardDiagram(`flowchart LR\n  ${line}`), /may not contain/, line);
  }
});

test("a participant has no menu; a class may have a link, which the drawing loses", () => {
  for (const line of [
    "link A: x @ https://example.org/",
    'links A: {"x": "https://example.org/"}',
    'properties A: {"icon": "https://evil.example/x.png"}',
    "A->>B: x; properties A: {}",
    "details A: x",
  ]) {
    assert.throws(() => guardDiagram(`sequenceDiagram\n  ${line}`), /may not contain/, line);
  }
  assert.doesNotThrow(() => guardDiagram("sequenceDiagram\n  A->>B: details: x"));
  assert.doesNotThrow(() => guardDiagram('classDiagram\n  class A\n  link A "https://example.org/"'));
});

test("a source that is too long is refused at once", () => {
  const source = "flowchart LR\n";
  assert.doesNotThrow(() => guardDiagram(source.padEnd(longestDiagram)));
  assert.throws(() => guardDiagram(source.padEnd(longestDiagram + 1)), /characters/);
});

test("no source keeps the guard busy", () => {
  for (const piece of [
    "@{label:",
    "---\n",
    "%%{",
    "style ",
    "@{ label: x\n",
    "classDef a:b,",
    "<",
    "url ",
    "@{shape:a,",
  ]) {
    const source = piece.repeat(longestDiagram / piece.length);
    const started = process.cpuUsage().user;
    try {
      guardDiagram(source);
    } catch {
      // Whether it is refused is another matter.
    }
    assert.ok(process.cpuUsage().user - started < 1_000_000, `${piece}: less than a second of the processor`);
  }
});
