/** Every answer that the project knows, right or wrong, does the same with marks as without. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { type Played, type Program, Stage, compiled } from "./watchedRuns.ts";

const root = path.join(import.meta.dirname, "../..");
const lessons = ["connection-pool", "context-tree", "fan-out-with-timeout"];

function read(...names: readonly string[]): string {
  return readFileSync(path.join(root, ...names), "utf8");
}

function answersOf(lesson: string): readonly string[] {
  const folders = [`lessons/${lesson}/mistakes`, `test/lessons/${lesson}/right`, `test/lessons/${lesson}/wrong`];
  const files = folders.flatMap((folder) => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`));
  return [`lessons/${lesson}/solution.ts`, ...files];
}

/** What can be told of a run, but for the places in the code: marks move them. */
function told({ passed, fingerprint, finding, output }: Played): object {
  const withoutPlaces = (text: string | undefined): string => (text ?? "").replace(/ \(line \d+\)/g, "");
  const { diagnosis, at, expected, actual } = finding ?? {};
  return { passed, fingerprint, output, diagnosis, at, expected, actual, message: withoutPlaces(finding?.message.en) };
}

function checkAll(program: Program, file: string): void {
  for (const name of program.tests()) {
    const plain = program.plain(name, []);
    // Some tests start things by the thousand, which proves nothing more here.
    if (program.size() > 500) continue;
    assert.deepEqual(told(program.watched(name, [])), told(plain), `${file}: ${name}`);
  }
}

for (const lesson of lessons) {
  describe(lesson, () => {
    const stage = new Stage();
    const spec = read("lessons", lesson, "spec.ts");
    test("its spec and all answers can be marked", () => {
      assert.equal(compiled(spec, "spec.ts").unmarked, undefined);
      for (const file of [...answersOf(lesson), `lessons/${lesson}/exercise.ts`]) {
        assert.equal(compiled(read(file), "exercise.ts").unmarked, undefined, file);
      }
    });
    test("its answers do the same with marks as without", () => {
      for (const file of answersOf(lesson)) checkAll(stage.load(read(file), spec), file);
    });
  });
}
