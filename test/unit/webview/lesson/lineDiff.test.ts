import assert from "node:assert/strict";
import { test } from "node:test";
import { diffLines } from "../../../../webview/lesson/lineDiff.ts";

/** The lines of one side, those that differ with a mark. */
function picture(lines: readonly { readonly text: string; readonly differs: boolean }[]): string {
  return lines.map(({ text, differs }) => (differs ? `!${text}` : text)).join(" ");
}

test("only lines that the other side lacks differ", () => {
  const { expected, actual } = diffLines("a\nb\nc", "a\nc\nd");
  assert.equal(picture(expected), "a !b c");
  assert.equal(picture(actual), "a c !d");
});

test("a line that moved differs once on each side", () => {
  const { expected, actual } = diffLines("[\n b\n a\n c\n]", "[\n a\n b\n c\n]");
  assert.equal(expected.filter(({ differs }) => differs).length, 1);
  assert.equal(actual.filter(({ differs }) => differs).length, 1);
});

test("equal texts have no difference, and an empty one is a line", () => {
  assert.ok(diffLines("x\ny", "x\ny").expected.every(({ differs }) => !differs));
  assert.equal(picture(diffLines("", "x").expected), "!");
});

test("texts too long to compare whole are compared line by line", () => {
  const long = Array.from({ length: 1000 }, (_, index) => `line ${String(index)}`);
  const changed = long.with(500, "changed");
  const { actual } = diffLines(long.join("\n"), changed.join("\n"));
  assert.deepEqual(
    actual.flatMap(({ differs }, index) => (differs ? [index] : [])),
    [500],
  );
});

test("fifty thousand lines keep nobody waiting", () => {
  const many = Array.from({ length: 50_000 }, (_, index) => String(index));
  const started = process.cpuUsage().user;
  const { expected } = diffLines(many.join("\n"), [...many.slice(0, -1), "x"].join("\n"));
  assert.equal(expected.filter(({ differs }) => differs).length, 1);
  assert.ok(process.cpuUsage().user - started < 2_000_000, "less than two seconds of the processor");
});
