import assert from "node:assert/strict";
import { test } from "node:test";
import { format } from "../../../../webview/common/format.ts";

test("each place gets its value, in any order; a place without one stays", () => {
  assert.equal(format("Show hint {0} of {1}", 1, 3), "Show hint 1 of 3");
  assert.equal(format("共 {1} 条，第 {0} 条", 1, 3), "共 3 条，第 1 条");
  assert.equal(format("{0} {2}", "$&"), "$& {2}");
});
