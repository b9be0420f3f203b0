// Shards of a run: put together again, also after one was killed, and refused where they do not belong together.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { interleave } from "./commandLine.ts";
import { lesson, signalInTheMiddle, SubmissionFolders } from "./submissionFolders.ts";

const folders = new SubmissionFolders();
const at = (name: string) => join(folders.root, name);
const text = (name: string) => readFileSync(at(name), "utf8");
const grade = (...words: string[]) =>
  interleave(["grade", lesson, "--from", "people", "--pack", "pack", ...words], folders.root);
const merge = (...words: string[]) => interleave(["merge", ...words], folders.root);
/** The command that grades one shard, and its report's name. */
const shard = (index: number, of: number) => {
  const output = `shard-${String(index)}-of-${String(of)}.json`;
  return { output, words: ["--shard", `${String(index)}/${String(of)}`, "--reporter", "json", "--output", output] };
};

let whole = "";
before(async () => {
  await folders.makeLesson();
  folders.handInAll();
  const ran = await grade("--reporter", "json", "--output", "whole.json");
  assert.equal(ran.status, 1, ran.stderr);
  assert.equal(ran.stdout, "");
  whole = text("whole.json");
  for (const reporter of ["pretty", "junit", "tap"]) {
    writeFileSync(at(`whole.${reporter}.journal`), text("whole.json.journal"));
    await grade("--reporter", reporter, "--output", `whole.${reporter}`, "--resume");
  }
});
after(() => {
  folders.remove();
});

describe("shards", () => {
  it(
    "come to what one run comes to, byte by byte, also where one was killed and went on",
    { timeout: 170_000 },
    async () => {
      const of = 3;
      for (const index of [1, 3]) await grade(...shard(index, of).words);
      const { output, words } = shard(2, of);
      assert.equal((await signalInTheMiddle(folders.root, "SIGKILL", words)).signal, "SIGKILL");
      assert.equal(existsSync(at(output)), false);
      const kept = text(`${output}.journal`).trimEnd().split("\n").length - 1;
      assert.ok(kept > 0, "it was killed before it had kept anything");
      const missing = await merge("shard-1-of-3.json", "shard-3-of-3.json");
      assert.deepEqual([missing.status, missing.stdout], [2, ""]);
      assert.equal(missing.stderr, "Of 3 shards, this one is missing: 2/3.\n");
      const resumed = await grade(...words, "--resume");
      assert.match(resumed.stderr, /[1-9]\d* known already\n$/);
      const merged = await merge(...[3, 1, 2].map((index) => shard(index, of).output), "--json");
      assert.deepEqual([merged.status, merged.stderr], [1, ""]);
      assert.equal(merged.stdout, whole);
      for (const reporter of ["pretty", "junit", "tap"]) {
        const files = [1, 2, 3].map((index) => shard(index, of).output);
        await merge(...files, "--reporter", reporter, "--output", `merged.${reporter}`);
        assert.equal(text(`merged.${reporter}`), text(`whole.${reporter}`));
      }
      assert.deepEqual(
        readdirSync(folders.root).filter((name) => name.startsWith(".")),
        [],
      );
    },
  );

  it("come to what one run comes to where there is only one", async () => {
    const merged = await merge("whole.json", "--reporter", "json");
    assert.deepEqual(merged, { status: 1, stdout: whole, stderr: "" });
  });

  for (const parts of [2, 16]) {
    it(
      `come to what one run comes to, byte by byte, also if there are ${String(parts)}`,
      { timeout: 170_000 },
      async () => {
        const all = Array.from({ length: parts }, (_, place) => shard(place + 1, parts));
        // Two at a time, one submission at a time in each: in an order that no other run has.
        const queue = [...all].reverse();
        const worker = async () => {
          for (let next = queue.pop(); next !== undefined; next = queue.shift())
            await grade(...next.words, "--jobs", "1");
        };
        await Promise.all([worker(), worker()]);
        const merged = await merge(...all.map(({ output }) => output), "--reporter", "json");
        assert.equal(merged.stderr, "");
        assert.equal(merged.stdout, whole);
      },
    );
  }

  it("are refused where they do not belong together, and it is said why", async () => {
    const [first, second] = [shard(1, 2).output, shard(2, 2).output];
    const other = shard(1, 3).output;
    writeFileSync(at("seed.json"), text(second).replace('"seed":1', '"seed":2'));
    writeFileSync(at("people.json"), text(second).replace(/"fingerprint":"../, '"fingerprint":"zz'));
    writeFileSync(at("cut.json"), text(second).split("\n").slice(0, -4).join("\n"));
    writeFileSync(at("fewer.json"), text(second).split("\n").toSpliced(7, 1).join("\n"));
    writeFileSync(at("better.json"), text(second).replace('"passed":false', '"passed":true'));
    writeFileSync(at("windows.json"), text(second).replaceAll("\n", "\r\n"));
    writeFileSync(at("verdict.json"), '{ "version": 1, "lesson": "tiny", "passed": true }');
    const refusals: readonly [files: readonly string[], message: RegExp][] = [
      [[first], /^Of 2 shards, this one is missing: 2\/2\.$/],
      [[first, first, second], /^Shard 1\/2 is there twice: shard-1-of-2\.json and shard-1-of-2\.json\.$/],
      [[first, other], /not of the same run: the numbers of shards differ \(2, 3\)\.$/],
      [[first, "seed.json"], /not of the same run: the seeds differ \(1, 2\)\.$/],
      [[first, "people.json"], /not of the same run: the lessons, the options or what people handed in differ/],
      [[first, "cut.json"], /^cut\.json: this is not a whole report any more\./],
      [[first, "fewer.json"], /^fewer\.json: its summary is not that of its results\./],
      [[first, "better.json"], /^better\.json: its summary is not that of its results\./],
      [[first, "verdict.json"], /^verdict\.json is not what .interleave grade --from/],
      [[first, "nowhere.json"], /^nowhere\.json cannot be read: there is no such file\.$/],
      [[], /^merge needs <file>\./],
    ];
    for (const [files, message] of refusals) {
      const ran = await merge(...files, "--output", "refused.json");
      assert.deepEqual([ran.status, ran.stdout], [2, ""], ran.stderr);
      assert.match(ran.stderr.trimEnd(), message);
    }
    assert.equal(existsSync(at("refused.json")), false);
    const windows = await merge(first, "windows.json", "--json");
    assert.equal(windows.stdout, whole);
  });
});
