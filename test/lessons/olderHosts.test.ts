// What ships also runs where the engine is older than the one of these tests: VS Code 1.101 has Node 22, the command line may
// have Node 20, and neither knows `using`.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { parseQuiz } from "../../src/core/lesson/lessonSchema.ts";

const declaresUsing = /(?:^|[;{}])\s*(?:await )?using \w+ =/m;
const lessons = join(root, "lessons");

test("no code of a lesson declares with `using`", () => {
  const files = globSync(join(lessons, "*", "{*,mistakes/*}.ts"));
  assert.ok(files.length > 15 * 12, String(files.length));
  const found = files.filter((file) => declaresUsing.test(readFileSync(file, "utf8")));
  assert.deepEqual(
    found.map((file) => relative(lessons, file)),
    [],
  );
});

test("nor does the code of a question", () => {
  for (const file of globSync(join(lessons, "*", "quiz.json"))) {
    const quiz = parseQuiz(readFileSync(file, "utf8"), file);
    assert.ok(quiz.ok);
    for (const question of quiz.value.questions) {
      if ("code" in question) assert.doesNotMatch(question.code, declaresUsing, `${file} ${question.id}`);
    }
  }
});

test("such a declaration would be seen", () => {
  for (const code of ["using a = b();", "{ await using a = b(); }", "f();\n  using a = b();"])
    assert.match(code, declaresUsing);
  for (const code of ["// by using a = b", "const using = 1;"]) assert.doesNotMatch(code, declaresUsing);
});
