// The real lessons, broken at random, through everything that reads, checks and renders them: nothing is thrown, every
// fault is a finding, and no markup that could do something comes out. FUZZ_RUNS sets how many; TEST_SEED repeats a run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { root } from "../../../scripts/lib/paths.mjs";
import { checkPlace } from "../../../src/verify/checkCatalog.ts";
import { circleFindings, linkedLesson } from "../../../src/verify/checkCircles.ts";
import { checkLanguages } from "../../../src/verify/checkLanguages.ts";
import { checkLinks } from "../../../src/verify/checkLinks.ts";
import { readLessonUnderCheck } from "../../../src/verify/readLesson.ts";
import { diagramProblems } from "../../../src/core/lesson/diagramRules.ts";
import { readLesson, readLessonExtras, readUsableCatalog } from "../../../src/core/lesson/lessonFiles.ts";
import { type Finding, formatFinding } from "../../../src/core/lesson/lessonFinding.ts";
import { maxBytesOf } from "../../../src/core/lesson/lessonLimits.ts";
import { renderLesson } from "../../../src/core/lessonPanel/lessonPanelState.ts";
import {
  decodeLessonText,
  type LessonReader,
  pathSegments,
  unreadable,
} from "../../../src/core/lesson/lessonReader.ts";
import { lessonOrder } from "../../../src/core/lesson/catalog.ts";
import { quizPanelState } from "../../../src/core/questions/quizView.ts";
import { locales } from "../../../src/protocol/words.ts";
import { mutateBytes, mutateText, mutateValue, oneOf, type Pick, randomFrom } from "./mutate.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 60);
const seed = Number(process.env["TEST_SEED"] ?? 1);

const folder = join(root, "lessons");
const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.\w+$/.test(name));
const originals = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));

const bits = [
  ...["<script>x()</script>", "<img src=x onerror=x()>", "<svg onload=x()>", '" onmouseover="x()', "</code></pre>"],
  ...["[a](javascript:x())", "[a](command:x)", "![a](https://example.com/x)", "![](diagrams/x.mmd)", "<https://a.b/c>"],
  ...[
    "[a](&#x6a;avascript:x)",
    "[x]: javascript:x\n[x]",
    "[a](https://a.b/\"onclick='x()')",
    "# ",
    "## Hints\n",
    "### ",
  ],
  ...[
    "```ts\n",
    "```<b>\n",
    "```__proto__\n",
    "~~~",
    "> ",
    "- ",
    "|a|\n|-|\n",
    "&lt;",
    "\\",
    "\u0000",
    "\ud800",
    "\u202e",
  ],
  ...['{"__proto__":1}', '"', "{", "[", "}", ",", "\\u001b", "constructor", "../", "%%{init: {}}%%\n", "click a b\n"],
];

/** A pack in memory; bytes go through the same decoding as files. */
function readerOf(files: ReadonlyMap<string, Uint8Array>): LessonReader {
  return {
    read: (path) => {
      const bytes = files.get(pathSegments(path).join("/"));
      if (bytes === undefined) return Promise.reject(unreadable.missing());
      const most = maxBytesOf(path);
      if (bytes.length > most) return Promise.reject(unreadable.tooLarge(most));
      return Promise.resolve().then(() => decodeLessonText(bytes));
    },
    list: (directory) => {
      const below = directory === "" ? "" : `${directory}/`;
      const found = new Map<string, "file" | "folder">();
      for (const name of files.keys()) {
        if (!name.startsWith(below)) continue;
        const [first = "", ...rest] = name.slice(below.length).split("/");
        found.set(first, rest.length > 0 ? "folder" : "file");
      }
      return Promise.resolve([...found].map(([name, kind]) => ({ name, kind })));
    },
  };
}

function mutated(pick: Pick): { name: string; files: ReadonlyMap<string, Uint8Array> } {
  const name = oneOf(pick, names);
  const text = originals.get(name)?.toString("utf8") ?? "";
  const isJson = name.endsWith(".json");
  const changed =
    pick(5) === 0
      ? mutateBytes(text, pick)
      : isJson && pick(3) > 0
        ? Buffer.from(JSON.stringify(mutateValue(JSON.parse(text), pick), null, 2))
        : Buffer.from(mutateText(text, pick, bits));
  return { name, files: new Map([...originals, [name, changed]]) };
}

/** Every tag and attribute that may be there; the page's own cleaning allows no more (webview/common/sanitise.ts). */
const tags = new Set(
  "a blockquote br code div em figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong table tbody td th thead tr ul".split(
    " ",
  ),
);
const attributes = new Set(
  "class data-diagram data-label data-language data-lesson data-line href id start style tabindex title".split(" "),
);

function assertHarmless(html: string): void {
  const rest = html.replace(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/g,
    (_, _slash, tag: string, list: string) => {
      assert.ok(tags.has(tag), `<${tag}>`);
      for (const [, name = "", value = ""] of list.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)) {
        assert.ok(attributes.has(name), `${name}="${value}"`);
        if (name === "href") assert.match(value, /^(?:https:\/\/|#)/);
        if (name === "style") assert.match(value, /^text-align:(?:left|center|right)$/);
        if (name === "data-lesson") assert.match(value, /^[a-z][a-z0-9-]*$/);
      }
      return "";
    },
  );
  assert.doesNotMatch(rest, /[<>]/);
}

// Control characters are just what is looked for.
// eslint-disable-next-line no-control-regex
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]|\p{Cs}/u;

function assertFindings(findings: readonly Finding[]): void {
  for (const finding of findings) {
    assert.ok(finding.file !== "" && (finding.line ?? 1) >= 1);
    for (const locale of locales) {
      assert.notEqual(finding.message[locale], "");
      assert.doesNotMatch(formatFinding(finding, locale), unseen);
    }
  }
}

async function readEverything(reader: LessonReader): Promise<void> {
  const { catalog, findings } = await readUsableCatalog(reader);
  assertFindings(findings);
  if (catalog === undefined) {
    assert.notEqual(findings.length, 0);
    return;
  }
  const linked = new Map<string, ReturnType<typeof linkedLesson>>();
  for (const id of lessonOrder(catalog)) {
    const { lesson: checked, findings: found } = await readLessonUnderCheck(id, { reader, catalog });
    assertFindings(found);
    if (checked !== undefined) {
      linked.set(id, linkedLesson(checked));
      for (const check of [checkPlace, checkLanguages, checkLinks]) assertFindings(await check(checked));
    }
    const [lesson, extras] = [await readLesson(reader, id), await readLessonExtras(reader, id)];
    if (!lesson.ok) assertFindings(lesson.findings);
    if (!extras.ok) assertFindings(extras.findings);
    for (const locale of lesson.ok ? locales : []) {
      if (!lesson.ok) continue;
      for (const { source } of lesson.value.diagrams) diagramProblems(source);
      const { html, hints } = renderLesson(lesson.value, locale);
      for (const each of [html, ...hints.map((hint) => hint.html)]) assertHarmless(each);
      if (!extras.ok) continue;
      for (const question of quizPanelState(lesson.value.meta, extras.value.quiz, locale).questions)
        assertHarmless(question.html ?? "");
    }
  }
  assertFindings(circleFindings(linked));
}

test("the lessons as they are pass what the fuzzer asks", async () => {
  await readEverything(readerOf(originals));
});

test(`lesson files broken at random (FUZZ_RUNS=${String(runs)} TEST_SEED=${String(seed)})`, async () => {
  const keys = Object.getOwnPropertyNames(Object.prototype);
  for (let run = 0; run < runs; run++) {
    const { name, files } = mutated(randomFrom(seed + run));
    const only = name.split("/")[0] ?? "";
    // The one lesson that was changed, so that a run is short; the catalog with all.
    const few = new Map(
      [...files].filter(([path]) => path === "catalog.json" || only === "catalog.json" || path.startsWith(`${only}/`)),
    );
    try {
      await readEverything(readerOf(few));
    } catch (error) {
      throw new Error(`TEST_SEED=${String(seed + run)} FUZZ_RUNS=1: ${name}`, { cause: error });
    }
  }
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), keys);
});
