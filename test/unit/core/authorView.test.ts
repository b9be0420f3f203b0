// What an author is told beside a preview.
import assert from "node:assert/strict";
import { test } from "node:test";
import { authorView, type AuthorInputs, type Outcome } from "../../../src/core/authoring/authorView.ts";
import { previewedFolder } from "../../../src/core/authoring/lessonPreview.ts";

const mistakes = [
  { name: "a", diagnosis: "timer-still-armed" },
  { name: "b", diagnosis: "wrong-result" },
] as const;

const fails = (diagnosis: "timer-still-armed" | "wrong-result"): Outcome => ({
  kind: "fails",
  diagnosis,
  test: "ends",
});

const good = new Map<string, Outcome>([
  ["solution.ts", { kind: "passes" }],
  ["exercise.ts", fails("timer-still-armed")],
  ["mistakes/a.ts", fails("timer-still-armed")],
  ["mistakes/b.ts", fails("wrong-result")],
]);

function inputs(changes: Partial<AuthorInputs> = {}): AuthorInputs {
  return {
    ...{ locale: "en", lesson: "sleep", folder: "file:///pack/sleep", mistakes },
    ...{ outcomes: good, standing: { kind: "done" }, findings: [] },
    ...changes,
  };
}

test("all as it should be", () => {
  const view = authorView(inputs());
  assert.equal(view.folder, "file:///pack/sleep");
  assert.equal(view.standing, "passed");
  assert.equal(view.headline, "The solution passes · 2 of 2 mistakes caught as declared · no problems in its files");
  assert.deepEqual(
    view.outcomes.map(({ state, file }) => [state, file]),
    ["solution.ts", "exercise.ts", "mistakes/a.ts", "mistakes/b.ts"].map((file) => ["good", `sleep/${file}`]),
  );
});

test("a mistake that passes is named, comes first, and is where its file is", () => {
  const view = authorView(inputs({ outcomes: new Map([...good, ["mistakes/b.ts", { kind: "passes" }]]) }));
  assert.equal(view.standing, "failed");
  assert.equal(
    view.headline,
    "The solution passes · 1 of 2 mistakes caught as declared · mistake “b” passes every test · no problems in its files",
  );
  assert.deepEqual(view.outcomes[0], {
    state: "bad",
    text: "mistake “b” passes every test",
    file: "sleep/mistakes/b.ts",
    line: 1,
    place: "mistakes/b.ts",
  });
});

test("a mistake with another diagnosis than it declares, and a starter that passes, are bad", () => {
  const outcomes = new Map([
    ...good,
    ["mistakes/a.ts", fails("wrong-result")],
    ["exercise.ts", { kind: "passes" } as const],
  ]);
  const { headline, outcomes: shown } = authorView(inputs({ outcomes, locale: "zh-cn" }));
  assert.match(headline, /起始代码已经通过/);
  assert.match(headline, /2 个错误写法中有 1 个如声明被查出/);
  assert.match(headline, /“a”得到“wrong-result”，声明的却是“timer-still-armed”/);
  assert.deepEqual(
    shown.map(({ state }) => state),
    ["bad", "bad", "good", "good"],
  );
});

test("a broken spec is the one thing that is said, with its line", () => {
  const broken: Outcome = {
    kind: "error",
    message: { en: "x is not defined", "zh-cn": "x 未定义" },
    file: "spec.ts",
    line: 7,
  };
  const view = authorView(inputs({ outcomes: new Map([...good.keys()].map((file) => [file, broken])) }));
  assert.equal(view.headline, "The spec cannot run: x is not defined · no problems in its files");
  assert.equal(view.outcomes[0]?.place, "spec.ts:7");
  assert.equal(view.outcomes[0].file, "sleep/spec.ts");
});

test("while the spec runs, how far it is; what is not known yet is neither good nor bad", () => {
  const view = authorView(
    inputs({ standing: { kind: "running" }, outcomes: new Map([["solution.ts", { kind: "passes" }]]) }),
  );
  assert.equal(view.standing, "running");
  assert.deepEqual(view.progress, { done: 1, total: 4 });
  assert.deepEqual(
    view.outcomes.map(({ state }) => state),
    ["good", "unknown", "unknown", "unknown"],
  );
});

test("findings of this lesson and of the catalog are listed with their places, others' are not", () => {
  const finding = (file: string, line?: number) => ({
    file,
    ...(line === undefined ? {} : { line }),
    message: { en: "is wrong", "zh-cn": "有误" },
  });
  const findings = [
    finding("catalog.json", 3),
    finding("sleep"),
    finding("sleep/quiz.json", 9),
    finding("sleepy/a.ts", 1),
  ];
  const view = authorView(inputs({ findings, standing: { kind: "none" } }));
  assert.deepEqual(
    view.findings.map(({ place, file, line }) => [place, file, line]),
    [
      ["catalog.json:3", "catalog.json", 3],
      ["sleep", "sleep", 1],
      ["quiz.json:9", "sleep/quiz.json", 9],
    ],
  );
  assert.equal(view.standing, "failed");
  assert.equal(view.headline, "The spec runs when a file is saved · 3 problems");
});

test("a preview that comes back knows its lesson by what its page had kept", () => {
  const folder = "file:///pack/sleep";
  assert.equal(previewedFolder({ lesson: "sleep", folder, scrollTop: 12 }), folder);
  for (const memory of [undefined, null, "", { lesson: "sleep" }, { folder: 7 }, { folder: "https://example.com/a" }]) {
    assert.equal(previewedFolder(memory), undefined, JSON.stringify(memory));
  }
});
