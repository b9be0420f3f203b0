/** DOMException against Node's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DOMException as OurDOMException } from "../../../../src/world/platform/domException.ts";
import { same } from "./outcome.ts";

// prettier-ignore
const names = [
  "IndexSizeError", "HierarchyRequestError", "WrongDocumentError", "InvalidCharacterError", "NoModificationAllowedError", "NotFoundError", "NotSupportedError", "InUseAttributeError", "InvalidStateError", "SyntaxError",
  "InvalidModificationError", "NamespaceError", "InvalidAccessError", "TypeMismatchError", "SecurityError", "NetworkError", "AbortError", "URLMismatchError", "QuotaExceededError", "TimeoutError", "InvalidNodeTypeError",
  "DataCloneError", "EncodingError", "Error", "toString", "Custom", "",
];

test("names, codes and messages are as in Node", () => {
  const script = (kind: typeof DOMException | typeof OurDOMException, args: readonly unknown[]): unknown => {
    const error = Reflect.construct(kind, args) as DOMException;
    return [
      error.name,
      Reflect.get(error, "code"),
      error.message,
      error.cause,
      Object.hasOwn(error, "cause"),
      String(error),
      error instanceof Error,
      Object.prototype.toString.call(error),
    ];
  };
  const cases: (readonly unknown[])[] = [
    [],
    ["m"],
    ["m", { name: "AbortError" }],
    ["m", { name: "X", cause: 5 }],
    ["m", { name: "X", cause: undefined }],
    ["m", undefined],
    [5, 5],
  ];
  for (const args of [...cases, ...names.map((name) => ["m", name])]) {
    same(
      () => script(OurDOMException, args),
      () => script(DOMException, args),
      JSON.stringify(args),
    );
  }
});

test("constants are on the class and on its instances", () => {
  for (const [name, value] of Object.entries(DOMException)) {
    assert.equal(Reflect.get(OurDOMException, name), value, name);
    assert.equal(Reflect.get(new OurDOMException(), name), value, name);
  }
});

test("it has a stack, and its name and message are not listed", () => {
  const error = new OurDOMException("m", "AbortError");
  assert.match(String(error.stack), /domException\.test/);
  assert.deepEqual(Object.keys(error), []);
});
