import assert from "node:assert/strict";
import { test } from "node:test";
import { JsonSyntaxError, parseLocatedJson } from "../../../src/core/lesson/lessonJson.ts";

test("reads what JSON.parse reads", () => {
  const texts = [
    '{"a": [1, -2.5e3, true, null, "x\\n\\u00e9\\"", {}], "b": {"c": []}}',
    ' "only a string" ',
    "[]",
    "0",
    '\uFEFF{"bom": 1}',
  ];
  for (const text of texts) {
    assert.deepEqual(parseLocatedJson(text).value, JSON.parse(text.replace("\uFEFF", "")));
  }
});

test("knows the line of each value, and of the parent for what is missing", () => {
  const located = parseLocatedJson('{\n  "a": [\n    1,\n    { "b": 2 }\n  ]\n}');
  assert.equal(located.lineOf([]), 1);
  assert.equal(located.lineOf(["a"]), 2);
  assert.equal(located.lineOf(["a", 0]), 3);
  assert.equal(located.lineOf(["a", 1, "b"]), 4);
  assert.equal(located.lineOf(["a", 1, "missing", "deeper"]), 4);
});

test("refuses what is not JSON, with the line", () => {
  const broken: readonly (readonly [string, number])[] = [
    ["", 1],
    ['{\n"a": 1,\n}', 3],
    ["[1,\n2", 2],
    ["[1] 2", 1],
    ['{"a" 1}', 1],
    ["{'a': 1}", 1],
    ['["a\nb"]', 1],
    ["[01]", 1],
    ['{\n"a": 1,\n"a": 2}', 3],
  ];
  for (const [text, line] of broken) {
    assert.throws(
      () => parseLocatedJson(text),
      (error) => error instanceof JsonSyntaxError && error.line === line,
      text,
    );
  }
});

test("a key that names the prototype is only a key", () => {
  const { value } = parseLocatedJson('{"__proto__": {"polluted": true}}');
  assert.deepEqual(Object.keys(value as object), ["__proto__"]);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});
