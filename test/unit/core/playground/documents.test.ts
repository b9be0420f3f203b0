/** Documents of the playground: what is taken from a page, a file or a store, and what is not. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseDocument, parsePlaygroundMemory, parseScenario } from "../../../../src/core/playground/document.ts";
import { documentToFile, fileToDocument } from "../../../../src/core/playground/sharing.ts";
import { linesBeforeDriver, startFromExercise } from "../../../../src/core/playground/startingPoint.ts";
import { longestProgram } from "../../../../src/protocol/playgroundMessages.ts";
import { type Scenario, defaultScenario, latencyOf, scenarioBounds } from "../../../../src/protocol/simulation.ts";

const document = { text: "export async function main() {}\n", scenario: { ...defaultScenario, limit: 7 } };

describe("a scenario", () => {
  it("is taken at its default and at each of its bounds", () => {
    assert.deepEqual(parseScenario(defaultScenario), defaultScenario);
    const names = ["endpoints", "failurePercent", "deadlineMs", "limit", "cancelAtMs", "runs", "seed"] as const;
    for (const name of names) {
      const { min, max } = scenarioBounds[name];
      for (const value of [min, max]) assert.ok(parseScenario({ ...defaultScenario, [name]: value }), name);
      for (const value of [min - 1, max + 1, min + 0.5, Number.NaN, "5", undefined]) {
        assert.equal(parseScenario({ ...defaultScenario, [name]: value }), undefined, `${name}: ${String(value)}`);
      }
    }
  });

  it("needs ranges that begin before they end, for all endpoints and for each", () => {
    const bad = { minMs: 20, maxMs: 10 };
    assert.equal(parseScenario({ ...defaultScenario, latency: bad }), undefined);
    assert.equal(parseScenario({ ...defaultScenario, overrides: [{ endpoint: 0, ...bad }] }), undefined);
    const good: Scenario = { ...defaultScenario, overrides: [{ endpoint: 3, minMs: 10, maxMs: 20 }] };
    assert.deepEqual(parseScenario(good), good);
    assert.deepEqual([latencyOf(good, 3).maxMs, latencyOf(good, 2).maxMs], [20, defaultScenario.latency.maxMs]);
  });

  it("has nothing that is not known", () => {
    assert.equal(parseScenario({ ...defaultScenario, more: 1 }), undefined);
    assert.equal(parseScenario({ ...defaultScenario, shape: "square" }), undefined);
    for (const value of [undefined, null, 1, "x", []]) assert.equal(parseScenario(value), undefined);
  });
});

describe("a document", () => {
  it("is as long as a program may be, and no longer", () => {
    assert.ok(parseDocument({ ...document, text: "x".repeat(longestProgram) }));
    assert.equal(parseDocument({ ...document, text: "x".repeat(longestProgram + 1) }), undefined);
  });

  it("is kept by a page with what it shows", () => {
    const memory = { ...document, chosen: 3, waits: true };
    assert.deepEqual(parsePlaygroundMemory(memory), memory);
    assert.equal(parsePlaygroundMemory({ ...memory, chosen: -1 }), undefined);
    assert.equal(parsePlaygroundMemory(document), undefined);
  });
});

describe("a file", () => {
  it("gives back the document that was written to it", () => {
    assert.deepEqual(fileToDocument(documentToFile(document)), document);
    assert.deepEqual(fileToDocument(documentToFile({ ...document, text: "" })), { ...document, text: "" });
    // An editor of Windows has been at it.
    assert.deepEqual(fileToDocument(`\uFEFF${documentToFile(document).replaceAll("\n", "\r\n")}`), document);
  });

  it("is TypeScript: the scenario is a comment", () => {
    assert.match(documentToFile(document), /^\/\/ [^\n]*\nexport async function main/);
  });

  it("without a scenario is a program in the usual one", () => {
    assert.deepEqual(fileToDocument("const a = 1;"), { text: "const a = 1;", scenario: defaultScenario });
  });

  it("with a scenario that cannot be read is none", () => {
    for (const header of ["{", "{}", "null", "[]", '{"endpoints":0}']) {
      assert.equal(fileToDocument(`// interleave scenario: ${header}\nx`), undefined, header);
    }
  });
});

it("a program that begins from a lesson is the exercise, and below it the driver", () => {
  const program = startFromExercise("export const a = 1;\n\n", "export async function main() {}\n");
  assert.equal(program, "export const a = 1;\n\n// What runs it.\n\nexport async function main() {}\n");
});

it("a driver's import of the exercise is for editors: it goes, and each line is still found in its file", () => {
  const exercise = "export const a = 1;\nexport const b = 2;\n\n";
  const main = "/** Runs it. */\nexport async function main() {\n  return a + b;\n}\n";
  const program = startFromExercise(exercise, main);
  assert.equal(program, `${exercise}// What runs it.\n\n${main}`);
  for (const start of [
    "",
    "\n\n",
    'import { a, b } from "./exercise.ts";\n\n',
    'import {\n  a,\n  b,\n} from "./exercise.ts";\n',
  ]) {
    const driver = start + main;
    assert.equal(startFromExercise(exercise, driver), program, start);
    const before = linesBeforeDriver(exercise, driver);
    const line = driver.split("\n").indexOf("  return a + b;");
    assert.equal(program.split("\n")[before + line], "  return a + b;", start);
  }
  assert.match(startFromExercise(exercise, `import { c } from "./c.ts";\n${main}`), /import \{ c \}/);
});
