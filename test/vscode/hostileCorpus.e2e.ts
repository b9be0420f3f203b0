// The whole hostile corpus of the sandbox in the real VS Code, as the starters of a pack's lessons: all are run from the Test Explorer,
// none passes, no canary is touched, and the extension host is never held up.
import assert from "node:assert/strict";
import { readFile, readdir, watch } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { lessonTemplate } from "../../src/core/authoring/lessonTemplate.ts";
import { formatEvent, formatHeader } from "../../src/core/progress/progressLines.ts";
import { Canaries } from "../sandbox/hostile/canaries.ts";
import { alone, asExercise, asOneExercise, together } from "../sandbox/hostile/graded.ts";
import { below } from "../generatedPack.ts";
import { greeted } from "./rig/greeting.ts";
import { assertNeverHeldUp, startProbe, withHostProbe } from "./rig/hostProbe.ts";
import { openVsCode, type VsCode } from "./rig/vsCode.ts";

/** Real ms for all: each endless loop is given some seconds. */
const whileTheyRun = 300_000;

const words = (text: string) => ({ en: text, "zh-cn": text });

/** One lesson for each program, or for those that are graded together. */
const graded = [...alone.map(asExercise), ...together.map(asOneExercise)];
const names = graded.map((_, place) => `program-${String(place + 1)}`);

/** Path in the pack -> text. */
function packOf(canaries: Canaries): Readonly<Record<string, string>> {
  const tracks = [{ id: "all", title: words("All"), summary: words("All programs"), lessons: names }];
  const pack = { id: "hostile", title: words("Hostile"), version: "1.0.0" };
  const files: Record<string, string> = { "catalog.json": JSON.stringify({ version: 1, pack, tracks }) };
  for (const [place, { spec, exercise, exports }] of graded.entries()) {
    const name = names[place] ?? "";
    const template = lessonTemplate(name, "all");
    const meta = { ...(JSON.parse(template["lesson.json"] ?? "") as object), exports };
    const own = { ...template, "lesson.json": JSON.stringify(meta), "spec.ts": spec };
    Object.assign(files, below(name, { ...own, "exercise.ts": canaries.fill(exercise) }));
  }
  return files;
}

/** A grading of a starter that fails is written down only where the learner has opened the lesson. */
function opened(): string {
  const events = names.map((name) =>
    formatEvent({ id: `earlier-${name}`, at: 1, type: "opened", lesson: `hostile/${name}` }),
  );
  return formatHeader() + events.join("");
}

test("the hostile corpus", async (t) => {
  using canaries = new Canaries();
  await canaries.listen();
  await using code = await openVsCode({
    files: below(".interleave/pack", packOf(canaries)),
    storage: { "progress/earlier.jsonl": opened() },
    extensions: await withHostProbe(),
  });
  await greeted(code);
  await code.runCommand("Testing: Focus on Test Explorer View");
  const row = code.page.locator(".test-explorer .monaco-list-row", { hasText: "Hostile" }).first();
  await row.waitFor();
  await startProbe(code);
  await row.hover();
  await row.getByRole("button", { name: "Run Test" }).click();
  const results = await gradings(code, names.length);
  await assertNeverHeldUp(code, t);
  // One run for all, as the Test Explorer counts them: each test of each program has failed.
  await code.page
    .getByText(/^0\/1\d\d$/)
    .first()
    .waitFor();
  await code.screenshot("hostile-corpus");

  t.diagnostic(`${String(results.length)} gradings`);
  assert.deepEqual(
    results.filter(({ passed }) => passed),
    [],
  );
  assert.deepEqual(canaries.touched(), []);
  assert.deepEqual(code.problems, []);
});

interface Grading {
  readonly type: string;
  readonly lesson: string;
  readonly passed: boolean;
}

/** Waits until so many were written down in the progress of the learner. */
async function gradings(code: VsCode, count: number): Promise<readonly Grading[]> {
  const folder = join(code.userDataDir, "User/globalStorage/interleave.interleave/progress");
  const late = AbortSignal.timeout(whileTheyRun);
  const enough = new AbortController();
  const changes = watch(folder, { signal: AbortSignal.any([enough.signal, late]) });
  try {
    for (;;) {
      const found = await read(folder);
      if (found.length >= count) return found;
      await changes.next();
    }
  } finally {
    enough.abort();
  }
}

async function read(folder: string): Promise<readonly Grading[]> {
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), "utf8")));
  // The last line may be half written.
  const lines = texts.flatMap((text) => text.split("\n").slice(0, -1)).filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as Grading).filter(({ type }) => type === "graded");
}
