// What a link to a lesson may say.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../../scripts/lib/paths.mjs";
import { lessonLinkPath, lessonOfLink } from "../../../src/core/lesson/lessonLink.ts";

test("the link to each lesson leads to it", () => {
  const folders = readdirSync(join(root, "lessons"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.ok(folders.length > 0);
  for (const { name } of folders) assert.equal(lessonOfLink(lessonLinkPath(name)), name);
  assert.equal(lessonOfLink(lessonLinkPath("acme/rate-limit")), "acme/rate-limit");
});

for (const path of [
  "",
  "/",
  "/lesson",
  "/lesson/",
  "/lessons/semaphore",
  "/Lesson/semaphore",
  "lesson/semaphore",
  "/playground",
  "/lesson//semaphore",
  "/lesson/semaphore/",
  "/lesson/a/b/c",
  "/lesson/../semaphore",
  "/lesson/acme/..",
  "/lesson/acme/../../etc",
  "/lesson/./semaphore",
  "/lesson/C:\\semaphore",
  "/lesson/acme\\semaphore",
  "/lesson/Semaphore",
  "/lesson/sema phore",
  "/lesson/semaphore\u0000",
  "/lesson/semaphore\n",
  "/lesson/сemaphore",
  "/lesson/%2e%2e/semaphore",
  "/lesson/__proto__",
  "/lesson/con",
  `/lesson/${"a".repeat(65)}`,
  `/lesson/${"a".repeat(1_000_000)}`,
]) {
  test(`no lesson: ${JSON.stringify(path.slice(0, 80))} (${path.length} characters)`, () => {
    assert.equal(lessonOfLink(path), undefined);
  });
}
