import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../../src/core/lesson/lessonFinding.ts";
import { LessonShelf } from "../../../../src/core/packs/lessonShelf.ts";
import { CountingReader, packFiles } from "../../../generatedPack.ts";

function shelfOf(files: Readonly<Record<string, string>>, builtIn = false) {
  const reader = new CountingReader(files);
  const findings: Finding[] = [];
  const onFindings = (found: readonly Finding[]): void => void findings.push(...found);
  return { reader, findings, shelf: new LessonShelf({ reader, builtIn, onFindings }) };
}

function withPrerequisites(files: Readonly<Record<string, string>>, lesson: string, names: readonly string[]) {
  const file = `${lesson}/lesson.json`;
  const meta = JSON.parse(files[file] ?? "{}") as Record<string, unknown>;
  return { ...files, [file]: JSON.stringify({ ...meta, prerequisites: names }) };
}

test("a pack's lessons and tracks bear its id in their names, and what they build on too where it is the pack's own", async () => {
  const files = withPrerequisites(packFiles({ lessons: 2 }), "lesson-2", ["lesson-1", "semaphore"]);
  const { shelf } = shelfOf(files);
  const overview = await shelf.overview();
  assert.ok(overview.ok);
  assert.deepEqual(
    overview.value.catalog.tracks.map(({ id, lessons }) => [id, lessons]),
    [["acme/track-1", ["acme/lesson-1", "acme/lesson-2"]]],
  );
  const meta = overview.value.metas.get("acme/lesson-2");
  assert.deepEqual(
    [meta?.id, meta?.track, meta?.prerequisites],
    ["acme/lesson-2", "acme/track-1", ["acme/lesson-1", "semaphore"]],
  );
  const lesson = await shelf.lesson("lesson-2");
  assert.equal(lesson.ok && lesson.value.meta.id, "acme/lesson-2");
  assert.equal(await shelf.nameOf("lesson-1"), "acme/lesson-1");
  assert.equal(await shelf.nameOf("semaphore"), "semaphore");
});

test("built-in lessons keep their names, whatever their catalog says of a pack", async () => {
  const { shelf } = shelfOf(packFiles({ lessons: 1 }), true);
  const overview = await shelf.overview();
  assert.deepEqual(overview.ok && [...overview.value.metas.keys()], ["lesson-1"]);
});

test("of a thousand lessons only those are read that are asked for, and each once", async () => {
  const { shelf, reader } = shelfOf(packFiles({ lessons: 1_000, tracks: 10 }));
  assert.deepEqual(reader.taken(), []);
  const { catalog } = await shelf.catalog();
  assert.equal(catalog?.tracks.length, 10);
  assert.deepEqual(reader.taken(), ["catalog.json"]);
  const track = Array.from({ length: 100 }, (_, index) => `lesson-${String(index + 1)}`);
  assert.ok((await shelf.metas(track)).every((each) => each.ok));
  assert.deepEqual(
    reader.taken(),
    track.map((id) => `${id}/lesson.json`),
  );
  await shelf.metas(track);
  await shelf.catalog();
  assert.deepEqual(reader.taken(), []);
});

test("after a change of one lesson, that one alone is read again", async () => {
  const files = packFiles({ lessons: 3 });
  const { shelf, reader } = shelfOf(files);
  await shelf.overview();
  await shelf.lesson("lesson-2");
  reader.taken();
  reader.write("lesson-2/exercise.ts", "export const changed = 1;\n");
  shelf.forget(["lesson-2/exercise.ts"]);
  const lesson = await shelf.lesson("lesson-2");
  assert.match(lesson.ok ? lesson.value.exercise : "", /changed/);
  await shelf.overview();
  assert.ok(reader.taken().every((file) => file.startsWith("lesson-2/")));
});

test("a new catalog is read again, with what else it lists", async () => {
  const { shelf, reader } = shelfOf(packFiles({ lessons: 1 }));
  await shelf.overview();
  for (const [file, text] of Object.entries(packFiles({ lessons: 2, version: "1.1.0" }))) reader.write(file, text);
  shelf.forget(["catalog.json"]);
  const overview = await shelf.overview();
  assert.ok(overview.ok);
  assert.equal(overview.value.catalog.pack?.version, "1.1.0");
  assert.equal(overview.value.metas.size, 2);
});

test("what cannot be read is told, and read again by the next to ask", async () => {
  const files = packFiles({ lessons: 1 });
  const { shelf, reader, findings } = shelfOf({ "lesson-1/lesson.json": files["lesson-1/lesson.json"] ?? "" });
  assert.equal((await shelf.catalog()).catalog, undefined);
  assert.equal(findings[0]?.file, "catalog.json");
  for (const [file, text] of Object.entries(files)) reader.write(file, text);
  assert.equal((await shelf.catalog()).catalog?.pack?.id, "acme");
});

test("the playground begins with lessons that have a driver; one that cannot be read takes none of the others away", async () => {
  const { "lesson-2/playground.ts": without, ...files } = packFiles({ lessons: 5, tracks: 2 });
  assert.ok(without);
  const { shelf, reader, findings } = shelfOf({
    ...files,
    "lesson-3/lesson.json": "{",
    "lesson-4/playground.ts": "",
    "lesson-5/lesson.json": (files["lesson-5/lesson.json"] ?? "").replace('"minutes": 20', '"minutes": "long"'),
  });
  const names = async () =>
    (await shelf.playable()).map(({ track, lessons }) => [track.id, lessons.map(({ id }) => id)]);
  assert.deepEqual(await names(), [
    ["acme/track-1", ["acme/lesson-1"]],
    ["acme/track-2", ["acme/lesson-4"]],
  ]);
  assert.ok(findings.some(({ file }) => file === "lesson-3/lesson.json"));
  // Of a lesson that is not shown, no driver is read.
  assert.ok(!reader.taken().includes("lesson-3/playground.ts"));
  reader.write("lesson-2/playground.ts", without);
  shelf.forget(["lesson-2/playground.ts"]);
  assert.deepEqual((await names())[0], ["acme/track-1", ["acme/lesson-1", "acme/lesson-2"]]);
  const broken = shelfOf({ "catalog.json": "{" });
  assert.deepEqual(await broken.shelf.playable(), []);
});
