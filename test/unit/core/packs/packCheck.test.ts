import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPack } from "../../../../src/core/packs/packCheck.ts";
import { CountingReader, packFiles } from "../../../generatedPack.ts";

const files = packFiles({ lessons: 500 });
const nobody = (): undefined => undefined;

test("a pack is told by its catalog alone", async () => {
  const reader = new CountingReader(files);
  const checked = await checkPack(reader, "acme", nobody);
  assert.deepEqual(checked.ok && [checked.info.id, checked.info.version], ["acme", "1.0.0"]);
  assert.deepEqual([...new Set(reader.taken())], ["catalog.json"]);
});

test("what is no pack, or cannot be shown, is said in one sentence", async () => {
  const { version, tracks } = JSON.parse(files["catalog.json"] ?? "") as Record<string, unknown>;
  const problem = async (catalog: string | undefined, owner: (id: string) => string | undefined = nobody) => {
    const reader = new CountingReader(
      catalog === undefined ? { "README.md": "" } : { ...files, "catalog.json": catalog },
    );
    const checked = await checkPack(reader, "team", owner);
    assert.ok(!checked.ok);
    assert.match(checked.problem["zh-cn"], /^“team”.*课程包：.*。$/s);
    return checked.problem.en;
  };
  assert.equal(await problem(undefined), "“team” is no lesson pack: it has no catalog.json.");
  assert.match(
    await problem('{\n  "version": 1,\n'),
    /^“team” cannot be used as a lesson pack: catalog\.json:\d+: not valid JSON.*\.$/,
  );
  assert.match(
    await problem(JSON.stringify({ version, tracks })),
    /: catalog\.json: it does not say which pack this is/,
  );
  assert.match(await problem('{ "name": "npm" }'), /^“team” cannot be used as a lesson pack: catalog\.json/);
  assert.equal(
    await problem(files["catalog.json"], (id) => (id === "acme" ? "/other" : undefined)),
    '“team” cannot be used as a lesson pack: catalog.json: another pack has the id "acme" already: /other.',
  );
});
