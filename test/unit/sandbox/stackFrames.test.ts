// What an exercise can read of a stack: its own frames, by the file's bare name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { StackFrames } from "../../../src/sandbox/kernel/stackFrames.ts";

function frame(file: string, line: number): Parameters<StackFrames["prepare"]>[1][number] {
  return {
    getFileName: () => file,
    getLineNumber: () => line,
    getColumnNumber: () => 7,
    toString: () => `run (${file}:${String(line)}:7)`,
  };
}

for (const file of ["exercise.ts", "/home/me/a (b)/$&/exercise.ts", "C:\\Users\\me\\exercise.ts"]) {
  test(`a stack shows ${file} as exercise.ts, and finds its line`, () => {
    const frames = new StackFrames();
    frames.show(file);
    const error = new Error("no");
    const shown = frames.prepare(error, [frame("kernel.js", 9), frame(file, 4), frame("spec.ts", 2)]);
    assert.equal(shown, "Error: no\n    at run (exercise.ts:4)");
    assert.deepEqual(frames.locate(error, file), { line: 4, column: 7 });
  });
}
