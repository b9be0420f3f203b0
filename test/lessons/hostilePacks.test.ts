// Packs from strangers: whatever is wrong with a lesson is named with its file (and line, where there is one), nothing
// outside of the pack is read, nothing hangs, and the lesson beside it still verifies and is listed.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { createFolderReader } from "../../src/cli/folderReader.ts";
import { list } from "../../src/cli/listCommand.ts";
import { CannotRun } from "../../src/cli/cannotRun.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { verifyPack } from "../../src/verify/verifyPack.ts";
import { formatFinding } from "../../src/core/lesson/lessonFinding.ts";
import { dist, interleave } from "./commandLine.ts";
import { encodings, kinds, links, sizes } from "./hostileFiles.ts";
import { json, names } from "./hostileJson.ts";
import { HostilePack } from "./hostilePack.ts";
import { catalogs, diagrams, texts } from "./hostileTexts.ts";

const quoted = (text: string): string => JSON.stringify(text);

const all = [...links, ...kinds, ...sizes, ...encodings, ...json, ...names, ...catalogs, ...texts, ...diagrams];

function terminal(pack: HostilePack, said: { out: string; err: string }): Terminal {
  return {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    drained: () => Promise.resolve(),
    progress: () => undefined,
    watched: false,
    colour: false,
    interactive: false,
    workingDirectory: pack.root,
    distDir: dist,
    locale: "en",
    signal: new AbortController().signal,
  };
}

const packs: HostilePack[] = [];
function makePack(): HostilePack {
  const pack = new HostilePack();
  packs.push(pack);
  return pack;
}
after(() => {
  for (const pack of packs) pack.dispose();
});

async function verify(pack: HostilePack) {
  return verifyPack({
    reader: createFolderReader(pack.root),
    distDir: dist,
    signal: new AbortController().signal,
    note: () => undefined,
    progress: () => undefined,
  });
}

describe("a hostile pack", () => {
  test("is compared with one that has no fault", async () => {
    assert.deepEqual(await verify(makePack()), { lessons: ["good", "bad"], findings: [] });
  });

  for (const { what, make, finding, whole } of all) {
    test(what, async () => {
      const pack = makePack();
      make(pack);
      const { lessons, findings } = await verify(pack);
      const found = findings.map((each) => formatFinding(each, "en"));
      assert.ok(
        found.some((line) => finding.test(line)),
        `${String(finding)}\n${found.slice(0, 10).join("\n")}`,
      );
      const everything = JSON.stringify(findings);
      assert.doesNotMatch(everything, /a secret outside|root:/);
      // eslint-disable-next-line no-control-regex
      assert.doesNotMatch(found.join(""), /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]|\p{Cs}/u);
      for (const { message } of findings) assert.ok(message["zh-cn"] !== "" && message["zh-cn"] !== message.en);
      const said = { out: "", err: "" };
      if (whole === true) {
        await assert.rejects(list(["--json", "--pack", pack.root], terminal(pack, said)), CannotRun);
        return;
      }
      assert.ok(lessons.includes("good"));
      assert.deepEqual(
        findings.filter(({ file }) => file === "good" || file.startsWith("good/")),
        [],
      );
      await list(["--json", "--pack", pack.root], terminal(pack, said));
      const listed = (JSON.parse(said.out) as { id: string }[]).map(({ id }) => id);
      assert.ok(listed.includes("good"));
      assert.deepEqual([...new Set(listed)], listed);
    });
  }

  test("a socket for a spec", async () => {
    const pack = makePack();
    pack.remove("bad/spec.ts");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(pack.path("bad/spec.ts"), resolve));
    try {
      const { findings } = await verify(pack);
      assert.match(
        findings.map((each) => formatFinding(each, "en")).join("\n"),
        /^bad\/spec\.ts: cannot be read: it is not a regular file/m,
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test("a file's name with a command to the terminal is shown, not obeyed", async () => {
    const pack = makePack();
    writeFileSync(join(pack.root, "bad", "\u001b[31m\nred"), "");
    const { findings } = await verify(pack);
    const found = findings.map((each) => formatFinding(each, "en"));
    assert.deepEqual(found, ["bad/\\u{1b}[31m?red: does not belong to a lesson"]);
  });

  test("paths that lead elsewhere are refused before anything is opened", async () => {
    const reader = createFolderReader(makePack().root);
    for (const path of [
      "../secret.txt",
      "/etc/hostname",
      "good/../../secret.txt",
      "good\\..\\x",
      "good/con.ts",
      "good/./x",
      "good//x",
      "a\0b",
      "nul",
      "x.",
      "l".repeat(65),
    ]) {
      await assert.rejects(reader.read(path), /its name is not one that a pack may have/, quoted(path));
      await assert.rejects(reader.list(path), /its name is not one that a pack may have/, quoted(path));
    }
  });

  test("the command line names what is broken, and still lists and grades the rest", async () => {
    const pack = makePack();
    pack.pipe("bad/lesson.json");
    pack.order("good", "../secret", "bad");
    const listed = await interleave(["list", "--json", "--pack", "pack"], pack.outer);
    assert.equal(listed.status, 2);
    assert.deepEqual(
      (JSON.parse(listed.stdout) as { id: string }[]).map(({ id }) => id),
      ["good"],
    );
    assert.match(listed.stderr, /^pack\/catalog\.json:16: .*\npack\/bad\/lesson\.json: cannot be read/);
    const graded = await interleave(
      ["grade", "good", join("pack", "good", "solution.ts"), "--pack", "pack"],
      pack.outer,
    );
    assert.equal(graded.status, 0, graded.stderr);
    const bad = await interleave(["grade", "bad", join("pack", "good", "solution.ts"), "--pack", "pack"], pack.outer);
    assert.deepEqual([bad.status, bad.stdout], [2, ""]);
    const huge = join(pack.outer, "huge.ts");
    pack.sparse("../huge.ts", 2 ** 30);
    const tooLarge = await interleave(["grade", "good", huge, "--pack", "pack"], pack.outer);
    assert.deepEqual([tooLarge.status, tooLarge.stdout], [2, ""]);
    assert.match(tooLarge.stderr, /it is larger than 1000000 bytes/);
  });
});
