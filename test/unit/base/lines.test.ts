import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LineSplitter } from "../../../src/base/lines.ts";
import { topmostFrame } from "../../../src/base/stackLines.ts";

test("lines come whole, however the text is cut", () => {
  const seed = Number(process.env["TEST_SEED"] ?? 5);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" })), fc.array(fc.nat(9)), (pieces, cuts) => {
      const text = pieces.join("\n");
      const splitter = new LineSplitter(Infinity);
      const lines: string[] = [];
      let from = 0;
      for (const cut of [...cuts, text.length]) {
        lines.push(...(splitter.push(text.slice(from, from + cut)) ?? []));
        from += cut;
      }
      assert.deepEqual(lines, text.split("\n").slice(0, -1));
    }),
    { seed },
  );
});

test("a line that is too long is the end, whether it comes in one piece or in many", () => {
  assert.equal(new LineSplitter(3).push("abcd"), undefined);
  const splitter = new LineSplitter(3);
  assert.deepEqual(splitter.push("ab\nab"), ["ab"]);
  assert.deepEqual(splitter.push("c\n"), ["abc"]);
  assert.deepEqual(splitter.push("ab"), []);
  assert.equal(splitter.push("cd\n"), undefined);
});

test("the topmost line of a file is found on a stack, and of no other file", () => {
  const stack = `KEYBOARD_INTERRUPT: Script execution was interrupted by \`SIGINT\`
    at spin (other-exercise.ts:1:1)
    at Array.map (<anonymous>)
    at run (exercise.ts:12:5)
    at exercise.ts:40:3`;
  assert.equal(topmostFrame("exercise.ts", stack)?.line, 12);
  assert.equal(topmostFrame("spec.ts", stack)?.line, undefined);
  assert.equal(topmostFrame("exercise.ts", "Error: exercise.ts:\n    at exercise.ts:7:1")?.line, 7);
});
