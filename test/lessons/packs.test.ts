// The command line and a pack with a name, a version and a changelog: it is listed, graded and verified like any other, and a team's
// onboarding may name its lessons.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { below, packFiles, writePack } from "../generatedPack.ts";
import { interleave } from "./commandLine.ts";

let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), "interleave-packs-"));
});
after(() => {
  rmSync(root, { recursive: true, force: true });
});

const words = (text: string) => ({ en: text, "zh-cn": text });
const changelog = [{ version: "1.1.0", lesson: "lesson-1", text: words("It has changed.") }];

describe("the command line and a pack of a team's own", () => {
  it("lists, grades and verifies it", async () => {
    const folder = join(root, "pack");
    await writePack(folder, packFiles({ lessons: 1, version: "1.1.0", changelog }));
    const listed = await interleave(["list", "--json", "--pack", folder], root);
    assert.equal(listed.status, 0, listed.stderr);
    assert.deepEqual(
      (JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id),
      ["lesson-1"],
    );
    const graded = await interleave(
      ["grade", "lesson-1", join(folder, "lesson-1/solution.ts"), "--pack", folder],
      root,
    );
    assert.equal(graded.status, 0, graded.stdout + graded.stderr);
    const verified = await interleave(["verify", folder], root);
    assert.equal(verified.status, 0, verified.stdout + verified.stderr);
  });

  it("says with the line what a changelog gets wrong", async () => {
    const folder = join(root, "wrong");
    const files = packFiles({ lessons: 1, changelog: [{ version: "2.0.0", lesson: "lesson-9", text: words("?") }] });
    await writePack(folder, files);
    const verified = await interleave(["verify", folder], root);
    assert.equal(verified.status, 1, verified.stderr);
    const line = (files["catalog.json"] ?? "").split("\n").findIndex((text) => text.includes('"lesson-9"')) + 1;
    assert.match(
      verified.stdout,
      new RegExp(`catalog\\.json:${String(line)}: the changelog names the lesson "lesson-9"`),
    );
    assert.match(verified.stdout, /the change is of version 2\.0\.0, and the pack is at 1\.0\.0/);
  });

  it("knows the lessons of a repository's own pack where its onboarding names them", async () => {
    const folder = join(root, "repository");
    await writePack(folder, below(".interleave/pack", packFiles({ lessons: 2 })));
    const verify = (...ids: readonly string[]) => {
      const steps = ids.map((id) => ({ kind: "lesson", id }));
      const onboarding = { version: 1, title: words("Welcome"), steps, stops: [] };
      writeFileSync(join(folder, ".interleave/onboarding.json"), JSON.stringify(onboarding, null, 2));
      return interleave(["verify"], folder);
    };
    const sound = await verify("acme/lesson-2", "semaphore", "elsewhere/any");
    assert.equal(sound.status, 0, sound.stdout + sound.stderr);
    const wrong = await verify("acme/lesson-3");
    assert.equal(wrong.status, 1);
    assert.match(
      wrong.stdout,
      /onboarding\.json:10: there is no lesson "acme\/lesson-3"; did you mean "acme\/lesson-\d"\?/,
    );
  });
});
