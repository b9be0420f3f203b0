import assert from "node:assert/strict";
import { test } from "node:test";
import { lessonOrder, trackOf } from "../../../src/core/lesson/catalog.ts";
import {
  expectedFiles,
  parseMistake,
  readCatalog,
  readLesson,
  readLessonExtras,
} from "../../../src/core/lesson/lessonFiles.ts";
import { files, memoryReader } from "./lessonSamples.ts";

test("reads a whole lesson and what only authors need", async () => {
  const lesson = await readLesson(memoryReader(), "sleep");
  assert.ok(lesson.ok);
  assert.equal(lesson.value.meta.id, "sleep");
  assert.equal(lesson.value.diagrams[0]?.source, files["sleep/diagrams/flow.mmd"]);
  assert.match(lesson.value.text["zh-cn"], /## 提示/);
  const extras = await readLessonExtras(memoryReader(), "sleep");
  assert.ok(extras.ok);
  assert.deepEqual(
    extras.value.mistakes.map(({ name, diagnosis, belief }) => [name, diagnosis, belief]),
    [["no-clear", "timer-still-armed", "a timer ends by itself"]],
  );
});

test("names every file that is missing, not only the first", async () => {
  const some = Object.fromEntries(
    Object.entries(files).filter(([path]) => !path.endsWith("spec.ts") && !path.endsWith(".go")),
  );
  const lesson = await readLesson(memoryReader(some), "sleep");
  assert.ok(!lesson.ok);
  assert.deepEqual(
    lesson.findings.map((finding) => finding.file),
    ["sleep/original.go", "sleep/spec.ts"],
  );
});

test("a lesson in a folder of another name is refused", async () => {
  const moved = { ...files, "nap/lesson.json": files["sleep/lesson.json"] ?? "" };
  const lesson = await readLesson(memoryReader(moved), "nap");
  assert.ok(!lesson.ok);
  assert.match(lesson.findings[0]?.message.en ?? "", /the id is "sleep" but the folder is "nap"/);
});

test("a mistake must say its diagnosis on the first line", () => {
  for (const first of ["", "// diagnosis: timer-still-armed", "// diagnosis: nonsense - a belief"]) {
    const mistake = parseMistake("m.ts", "m.ts", `${first}\nexport {};`);
    assert.ok(!mistake.ok, first);
    assert.equal(mistake.findings[0]?.line, 1);
  }
});

test("the catalog gives the way from lesson to lesson, across tracks", async () => {
  const catalog = await readCatalog(memoryReader());
  assert.ok(catalog.ok);
  assert.deepEqual(lessonOrder(catalog.value), ["sleep", "retry", "semaphore"]);
  assert.equal(trackOf(catalog.value, "semaphore")?.id, "pools");
});

test("the sample lesson has exactly the files that are expected", async () => {
  const lesson = await readLesson(memoryReader(), "sleep");
  assert.ok(lesson.ok);
  const found = Object.keys(files)
    .filter((path) => path.startsWith("sleep/") && !path.includes("/mistakes/"))
    .map((path) => path.slice("sleep/".length));
  assert.deepEqual([...expectedFiles(lesson.value.meta)].sort(), found.sort());
});
