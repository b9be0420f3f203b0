// A pack that is being written is checked again where it was touched, and nowhere else.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { formatFinding } from "../../../src/core/lesson/lessonFinding.ts";
import { LivePack } from "../../../src/verify/live/livePack.ts";
import { manyIds, MemoryPack, templateFacts } from "./memoryPack.ts";

function watch(pack: MemoryPack) {
  let told = 0;
  const live = new LivePack({
    reader: pack,
    readDiagram: () => Promise.resolve(templateFacts),
    changed: () => told++,
  });
  const found = (): readonly string[] => live.findings().map((each) => formatFinding(each, "en"));
  return { live, found, told: () => told };
}

const prerequisite = (id: string) => ['"prerequisites": []', `"prerequisites": [\n    "${id}"\n  ]`] as const;

describe("a pack that is being written", () => {
  test("a fault is found at its line with its code, and is gone once it is mended", async () => {
    const pack = new MemoryPack(["one", "two"]);
    const { live, found } = watch(pack);
    await live.open("one");
    assert.deepEqual(found(), []);

    pack.edit("one/lesson.json", '"minutes": 20', '"minutes": 2');
    await live.touch("one/lesson.json");
    assert.deepEqual(found(), ['one/lesson.json:13: "minutes" should be >=5 but is 2']);
    assert.deepEqual(
      live.findings().map(({ code }) => code),
      ["files"],
    );

    pack.edit("one/lesson.json", '"minutes": 2', '"minutes": 20');
    await live.touch("one/lesson.json");
    assert.deepEqual(found(), []);
  });

  test("one edit among a thousand lessons reads one lesson", async () => {
    const pack = new MemoryPack(manyIds(1000));
    const { live, found } = watch(pack);
    await live.open("lesson-500");
    // Of the others, what they build upon; once.
    const metas = pack.asked.filter((path) => path.endsWith("/lesson.json"));
    assert.equal(new Set(metas).size, 1000);
    assert.deepEqual(
      pack.asked.filter((path) => path.endsWith(".md") && !path.startsWith("lesson-500/")),
      [],
    );

    pack.asked.length = 0;
    pack.edit("lesson-500/lesson.en.md", "## Hints", "## Hints\n\n[away](../nowhere/lesson.en.md)");
    await live.touch("lesson-500/lesson.en.md");
    assert.match(found().join("\n"), /"\.\.\/nowhere\/lesson\.en\.md" leads nowhere/);
    assert.deepEqual(
      pack.asked.filter((path) => path !== "lesson-500" && !path.startsWith("lesson-500/")),
      [],
    );
    // Twelve files and three folders.
    assert.equal(new Set(pack.asked).size, 15);
  });

  test("another catalog reads no lesson again, and its lessons are held against it", async () => {
    const pack = new MemoryPack(["one", "two", "three"]);
    pack.edit("two/lesson.json", ...prerequisite("one"));
    const { live, found } = watch(pack);
    await live.open("two");
    assert.deepEqual(found(), []);

    pack.asked.length = 0;
    pack.edit("catalog.json", '"one",', "");
    await live.touch("catalog.json");
    assert.deepEqual(found(), [
      "one: the catalog does not list this folder",
      'two/lesson.json:15: there is no lesson "one" to come first',
    ]);
    assert.deepEqual(pack.asked, ["catalog.json", ""]);
  });

  test("a circle is found through lessons that nobody has open, and goes with the edit that breaks it", async () => {
    const pack = new MemoryPack(["one", "two", "three"]);
    pack.edit("two/lesson.json", ...prerequisite("one"));
    pack.edit("three/lesson.json", ...prerequisite("two"));
    const { live, found } = watch(pack);
    await live.open("one");
    assert.deepEqual(found(), []);

    pack.edit("one/lesson.json", ...prerequisite("three"));
    pack.asked.length = 0;
    await live.touch("one/lesson.json");
    assert.match(found().join("\n"), /the prerequisites lead in a circle: one → three → two → one/);
    assert.ok(pack.asked.every((path) => path === "one" || path.startsWith("one/")));

    // One that nobody has open is changed on disk.
    pack.edit("two/lesson.json", prerequisite("one")[1], prerequisite("one")[0]);
    pack.asked.length = 0;
    await live.touch("two/lesson.json");
    assert.deepEqual(pack.asked, ["two/lesson.json"]);
    assert.doesNotMatch(found().join("\n"), /circle/);
  });

  test("an edit that comes during a check has the last word", async () => {
    const pack = new MemoryPack(["one"]);
    const { live, found } = watch(pack);
    await live.open("one");
    pack.edit("one/lesson.json", '"minutes": 20', '"minutes": 2');
    const first = live.touch("one/lesson.json");
    pack.edit("one/lesson.json", '"minutes": 2', '"minutes": 3');
    const second = live.touch("one/lesson.json");
    pack.edit("one/lesson.json", '"minutes": 3', '"minutes": 30');
    await Promise.all([first, second, live.touch("one/lesson.json")]);
    assert.deepEqual(found(), []);
  });

  test("a catalog that breaks is said at its line, and lessons are checked against the last good one", async () => {
    const pack = new MemoryPack(["one"]);
    const { live, found } = watch(pack);
    await live.open("one");
    pack.edit("catalog.json", '"version": 1,', '"version": 1');
    await live.touch("catalog.json");
    assert.match(found().join("\n"), /^catalog\.json:3: not valid JSON/);
    pack.edit("one/lesson.json", '"minutes": 20', '"minutes": 2');
    await live.touch("one/lesson.json");
    assert.match(found().join("\n"), /one\/lesson\.json:13/);
  });

  test("what is missing is told, what was drawn stays, and a lesson that is closed has no findings", async () => {
    const pack = new MemoryPack(["one"]);
    const { live, found, told } = watch(pack);
    await live.open("one");
    pack.files.delete("one/quiz.json");
    await live.touch("one/quiz.json");
    assert.deepEqual(found(), ["one/quiz.json: is missing"]);
    const drawn = live.lesson("one");
    pack.files.set("one/lesson.json", "{");
    await live.touch("one/lesson.json");
    assert.equal(live.lesson("one"), drawn);

    const before = told();
    live.close("one");
    assert.deepEqual(found(), []);
    assert.equal(told(), before + 1);
  });
});
