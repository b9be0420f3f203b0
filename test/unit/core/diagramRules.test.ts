// What verify says of a diagram is what the lesson panel would refuse, and the other way round.
import assert from "node:assert/strict";
import { test } from "node:test";
import { diagramProblems, tooManyParts } from "../../../src/core/lesson/diagramRules.ts";
import { guardDiagram, longestDiagram, mostParts } from "../../../src/core/layout/diagramGuard.ts";

const refusedByThePageAlone: readonly (readonly [line: string, said: RegExp])[] = [
  ["classDef x fill:red;} body{display:none}", /does not draw a diagram with "?classDef x fill:red;\}/],
  ['A@{ label: "}", what: "x" }', /does not draw a diagram with/],
  ["A@{ shape: rect, ? other : x }", /does not draw a diagram with/],
  ["style A fill:red\\", /does not draw a diagram with/],
];

test("what the page refuses is a finding at its line, also where no rule has a name for it", () => {
  for (const [line, said] of refusedByThePageAlone) {
    const source = `flowchart LR\n  A --> B\n  ${line}\n  B --> C\n`;
    assert.throws(() => guardDiagram(source), line);
    const [problem, ...more] = diagramProblems(source);
    assert.equal(more.length, 0, line);
    assert.equal(problem?.line, 3, line);
    assert.match(problem.message.en, said);
  }
});

test("a menu of a participant is a finding", () => {
  const [problem] = diagramProblems("sequenceDiagram\n  A->>B: x\n  details A: x\n");
  assert.equal(problem?.line, 3);
});

test("a diagram that is too long, or has too many parts, is not drawn, and verify says so", () => {
  const source = "flowchart LR\n  A --> B\n";
  assert.deepEqual(diagramProblems(source.padEnd(longestDiagram)), []);
  const [problem] = diagramProblems(source.padEnd(longestDiagram + 1));
  assert.match(problem?.message.en ?? "", /10000 characters, not 10001/);
  assert.equal(tooManyParts(mostParts), undefined);
  assert.match(tooManyParts(mostParts + 1)?.en ?? "", /300 nodes, edges and messages in all, not 301/);
});
