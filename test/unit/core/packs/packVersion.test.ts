import assert from "node:assert/strict";
import { test } from "node:test";
import { compareVersions, versionPattern } from "../../../../src/core/packs/packVersion.ts";

// The order that semver.org gives, and what lies between.
const inOrder = [
  "0.0.1",
  "0.9.0",
  "0.10.0",
  "1.0.0-0",
  "1.0.0-2",
  "1.0.0-11",
  "1.0.0-alpha",
  "1.0.0-alpha.1",
  "1.0.0-alpha.beta",
  "1.0.0-beta",
  "1.0.0-beta.2",
  "1.0.0-beta.11",
  "1.0.0-rc.1",
  "1.0.0",
  "1.0.1",
  "1.1.0",
  "2.0.0",
  "10.0.0",
];

test("versions are in the order of semver.org", () => {
  for (const [index, a] of inOrder.entries()) {
    assert.match(a, versionPattern);
    for (const [other, b] of inOrder.entries()) {
      assert.equal(Math.sign(compareVersions(a, b)), Math.sign(index - other), `${a} beside ${b}`);
    }
  }
});

test("what is no version is told", () => {
  for (const text of [
    "",
    "1",
    "1.2",
    "01.0.0",
    "1.0.0+build",
    "1.0.0-",
    "1.0.0-01",
    "v1.0.0",
    "1.0.0 ",
    "1.0.9999999999",
  ]) {
    assert.doesNotMatch(text, versionPattern);
  }
});
