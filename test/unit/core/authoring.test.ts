import assert from "node:assert/strict";
import { describe, it } from "node:test";
import vm from "node:vm";
import { lessonIdProblem, newLesson, packIdOf } from "../../../src/core/authoring/newLesson.ts";
import {
  beliefProblem,
  failureToRecord,
  mistakeNameProblem,
  recordMistake,
} from "../../../src/core/authoring/recordMistake.ts";
import { tellPlaces } from "../../../src/core/compiler/specPlaces.ts";
import { compile } from "../../../src/core/compiler/compile.ts";
import { parseMistake } from "../../../src/core/lesson/lessonFiles.ts";
import { parseCatalog } from "../../../src/core/lesson/lessonSchema.ts";
import type { TestVerdict, Verdict } from "../../../src/protocol/verdict.ts";

describe("a new lesson", () => {
  it("starts a pack that is called after its folder, and that the editor can show", () => {
    const { catalog } = newLesson({ id: "worker-pool", folder: "/home/ada/Acme Team/.interleave/pack" });
    const read = parseCatalog(catalog, "catalog.json");
    assert.ok(read.ok);
    assert.equal(read.value.pack?.id, "acme-team");
    assert.deepEqual(
      read.value.tracks.map(({ lessons }) => lessons),
      [["worker-pool"]],
    );
    for (const [folder, id] of [
      ["C:\\work\\Lessons", "lessons"],
      ["/7", "my-pack"],
      ["/团队", "my-pack"],
      ["/a/pack", "a"],
    ] as const) {
      assert.equal(packIdOf(folder), id);
    }
  });

  it("goes to the end of the last track, and leaves the rest of the catalog as it was written", () => {
    const words = '{ "en": "T",  "zh-cn": "T" }';
    const text = `{"version": 1,\n  "tracks": [ {"id": "t", "title": ${words}, "summary": ${words}, "lessons": ["one"]} ]}\n`;
    const before = parseCatalog(text, "catalog.json");
    assert.ok(before.ok);
    const { catalog, files } = newLesson({
      id: "two",
      title: " $& ",
      folder: "/x",
      pack: { catalog: before.value, text },
    });
    assert.equal(catalog, text.replace('["one"]', '["one", "two"]'));
    assert.match(files["lesson.en.md"] ?? "", /^# \$&\n/);
    assert.match(files["lesson.json"] ?? "", /"track": "t"/);
  });

  it("says what is wrong with an id", () => {
    assert.equal(lessonIdProblem("worker-pool"), undefined);
    assert.match(lessonIdProblem("Worker pool")?.en ?? "", /“Worker pool” cannot be the id/);
  });
});

const failing: TestVerdict = {
  name: "ends",
  title: { en: "Ends", "zh-cn": "结束" },
  status: "failed",
  schedules: { run: 1, total: null, exhaustive: false, deviations: 0 },
  output: [],
  failure: { diagnosis: "timer-still-armed", message: { en: "m", "zh-cn": "m" }, schedule: "i2-", at: 5, trace: [] },
};
const verdict: Verdict = { version: 1, lesson: "x", passed: false, durationMs: 1, tests: [failing] };

describe("a mistake to record", () => {
  it("is known by the first test that fails; what passes or cannot be graded is none", () => {
    const found = failureToRecord(verdict);
    assert.ok("failed" in found);
    assert.equal(found.failed.failure.diagnosis, "timer-still-armed");
    assert.ok("problem" in failureToRecord({ ...verdict, passed: true, tests: [] }));
    const error = { code: "syntax-error", message: { en: "Syntax error.", "zh-cn": "语法错误。" } } as const;
    const broken = failureToRecord({ ...verdict, tests: [], error });
    assert.match("problem" in broken ? broken.problem.en : "", /no diagnosis\. Syntax error/);
  });

  it("is a file that reads back with its diagnosis, whatever label it had before", () => {
    const found = failureToRecord(verdict);
    assert.ok("failed" in found);
    for (const code of ["export {};", "// diagnosis: permit-lost - an older one\nexport {};\n"]) {
      const { file, text } = recordMistake({ name: "kept", belief: " it is harmless ", code, failed: found.failed });
      assert.equal(file, "mistakes/kept.ts");
      assert.equal(text, "// diagnosis: timer-still-armed - it is harmless\nexport {};\n");
      const read = parseMistake(file, "kept.ts", text);
      assert.ok(read.ok);
      assert.equal(read.value.belief, "it is harmless");
    }
  });

  it("needs a name of its own and one line of words", () => {
    assert.equal(mistakeNameProblem("kept", ["other"]), undefined);
    assert.match(mistakeNameProblem("kept", ["kept"])?.en ?? "", /already/);
    assert.match(mistakeNameProblem("../kept", [])?.en ?? "", /cannot be the name/);
    assert.equal(beliefProblem("it is harmless"), undefined);
    for (const text of ["", "  ", "two\nlines", "x".repeat(201)]) assert.ok(beliefProblem(text), JSON.stringify(text));
  });
});

describe("places of a spec", () => {
  it("are told before each statement and expression, on the lines where they were, and the spec still compiles", () => {
    const spec = [
      'import { test } from "interleave";',
      'test("a", { title: { en: "A", "zh-cn": "A" } }, async (t) => {',
      '  if (t.now > 0) t.fail("wrong-result", t.now > 1 ? { en: "", "zh-cn": "" } : { en: "", "zh-cn": "" });',
      "  for (const each of [1].map((one) => (one > 0 ? () => one : () => 0))) each();",
      "  await t.idle();",
      "});",
      "",
    ].join("\n");
    const { text, places } = tellPlaces(spec);
    assert.equal(text.split("\n").length, spec.split("\n").length);
    assert.deepEqual(
      places.map(({ line }) => line),
      [3, 4, 5, 3, 3, 3, 4, 4, 4, 4, 4, 4],
    );
    const compiled = compile(text, { fileName: "spec.ts", mayImport: true, knowsUsing: true });
    assert.ok("module" in compiled, JSON.stringify(compiled));
    new vm.Script(`(function (__import) { ${compiled.module.code}\n})`);
  });
});
