import assert from "node:assert/strict";
import { test } from "node:test";
import { changesSincePassed } from "../../../../src/core/packs/packChanges.ts";
import type { PackChange } from "../../../../src/core/packs/packSchema.ts";
import { Progress } from "../../../../src/core/progress/progress.ts";
import type { ProgressEvent } from "../../../../src/core/progress/progressEvents.ts";

const change = (version: string, lesson?: string): PackChange => {
  const text = `${version} of ${lesson ?? "all"}`;
  return { version, ...(lesson === undefined ? {} : { lesson }), text: { en: text, "zh-cn": text } };
};
const changelog = [
  change("1.0.0", "retry"),
  change("1.2.0", "retry"),
  change("1.2.0"),
  change("1.10.0", "retry"),
  change("1.10.0", "pool"),
  change("2.0.0", "retry"),
];
const pack = (version: string) => ({ id: "acme", title: { en: "Acme", "zh-cn": "Acme" }, version, changelog });
const seen = (passedVersion: string | undefined, version: string, lesson = "retry") =>
  changesSincePassed(
    { status: "passed", ...(passedVersion === undefined ? {} : { passedVersion }) },
    pack(version),
    lesson,
  )?.changes.map(({ text }) => text.en);

test("who passed a lesson sees what has changed in it since then, the newest first", () => {
  assert.deepEqual(seen("1.0.0", "1.10.0"), ["1.10.0 of retry", "1.2.0 of retry", "1.2.0 of all"]);
  assert.deepEqual(seen("1.2.0", "1.10.0"), ["1.10.0 of retry"]);
  assert.deepEqual(seen("0.9.0", "1.0.0"), ["1.0.0 of retry"]);
});

test("nothing is said where this lesson has not changed", () => {
  assert.equal(seen("1.10.0", "1.10.0"), undefined);
  assert.equal(seen("1.0.0", "1.0.0"), undefined);
  // The pack as a whole has changed, and another lesson.
  assert.equal(seen("1.0.0", "1.10.0", "sleep"), undefined);
  // An older copy of the pack than the one it was passed with.
  assert.equal(seen("2.0.0", "1.10.0"), undefined);
  assert.equal(seen("1.0.0", "1.1.0"), undefined);
});

test("nothing is said of a lesson that is not passed, or was passed before its pack had versions", () => {
  assert.equal(seen(undefined, "2.0.0"), undefined);
  assert.equal(seen("of long ago", "2.0.0"), undefined);
  assert.equal(
    changesSincePassed({ status: "in-progress", passedVersion: "1.0.0" }, pack("2.0.0"), "retry"),
    undefined,
  );
});

test("the version of the last pass counts, and a failure in between changes nothing", () => {
  const graded = (at: number, passed: boolean, version?: string): ProgressEvent => ({
    id: `w-${String(at)}`,
    at,
    lesson: "acme/retry",
    type: "graded",
    passed,
    diagnoses: [],
    ...(version === undefined ? {} : { version }),
  });
  const after = (...events: readonly ProgressEvent[]) => Progress.of(events).lesson("acme/retry");
  const first = graded(1, true, "1.0.0");
  assert.equal(after(first).passedVersion, "1.0.0");
  assert.equal(after(first, graded(2, false, "1.2.0")).passedVersion, "1.0.0");
  assert.equal(after(first, graded(2, false, "1.2.0"), graded(3, true, "1.2.0")).passedVersion, "1.2.0");
  assert.equal(after(graded(1, true)).passedVersion, undefined);
});
