import assert from "node:assert/strict";
import { test } from "node:test";
import { diagramProblems } from "../../../src/core/lesson/diagramRules.ts";
import { createLessonRenderer } from "../../../src/core/lesson/lessonHtml.ts";
import { maxHighlightedLine } from "../../../src/core/lesson/lessonLimits.ts";
import {
  decodeLessonText,
  pathSegments,
  quoteForMessage,
  UnreadableFile,
} from "../../../src/core/lesson/lessonReader.ts";
import { parseLessonText } from "../../../src/core/lesson/lessonText.ts";

test("a path is a list of plain names", () => {
  assert.deepEqual(pathSegments(""), []);
  assert.deepEqual(pathSegments("sleep/mistakes/no-clear.ts"), ["sleep", "mistakes", "no-clear.ts"]);
  assert.deepEqual(pathSegments("sleep/"), ["sleep"]);
  for (const path of [
    "/",
    "/etc",
    "..",
    "a/..",
    "a//b",
    "a\\b",
    "C:x",
    "a/con",
    "LPT1.ts",
    "a.",
    "a ",
    "\u0430",
    "e\u0301",
  ])
    assert.throws(() => pathSegments(path), UnreadableFile, JSON.stringify(path));
});

test("text is UTF-8 without a byte order mark, with whatever line ends", () => {
  assert.equal(decodeLessonText(Buffer.from("\ufeff# 标题\r\n\ttext 🙂\n")), "# 标题\r\n\ttext 🙂\n");
  const bad: readonly (readonly [bytes: readonly number[], line: number])[] = [
    [[0xff], 1],
    [[10, 10, 0xe4, 0xb8, 10], 3],
    [[0xed, 0xa0, 0x80], 1],
    [[97, 10, 0], 2],
    [[10, 0xe2, 0x80, 0xae], 2],
  ];
  for (const [bytes, line] of bad) {
    assert.throws(
      () => decodeLessonText(Uint8Array.from(bytes)),
      (error) => error instanceof UnreadableFile && error.line === line,
      String(bytes),
    );
  }
});

test("what a message repeats is short and visible", () => {
  assert.equal(quoteForMessage("abc\u001b[2J\u202e", 100), "abc\\u{1b}[2J\\u{202e}");
  assert.equal(quoteForMessage("x".repeat(200), 10), `${"x".repeat(10)}…`);
});

test("a diagram may say what it likes, and do nothing", () => {
  const harmless = [
    "flowchart LR\n  a e1@-->|data: 5 bytes| b{{<<fork>>}}",
    'sequenceDiagram\n  A->>B: command: file<br/>two\n  Note over A: url of it\n  A-->>B: "a < b"',
    "stateDiagram-v2\n  state s <<choice>>\n  s --> Clicked\n  link --> s",
    "flowchart LR\n  clicked --> links\n%% click is a word in a comment",
  ];
  for (const source of harmless) assert.deepEqual(diagramProblems(source), [], source);
  const [first] = diagramProblems('flowchart LR\n\n  click a "javascript:x()"');
  assert.equal(first?.line, 3);
});

test("a line that is too long for the colouring is shown plain", () => {
  const render = (code: string): string =>
    createLessonRenderer({ original: "" }).render(parseLessonText(`\`\`\`ts\n${code}\n\`\`\`\n`).body);
  assert.match(render("const a = 1;"), /hljs-keyword/);
  const long = render(`const a = "${"x".repeat(maxHighlightedLine)}";`);
  assert.doesNotMatch(long, /hljs-keyword/);
  assert.match(long, /const a = &#34;x+&#34;;/);
});
