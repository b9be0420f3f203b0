import assert from "node:assert/strict";
import { test } from "node:test";
import { keepPackTypes, typesStanding, writeTypesFolder } from "../../../src/core/authoring/packTypes.ts";

/** A pack in memory, and what was written to it in that order. */
function packOf(files: Readonly<Record<string, string>>) {
  const present = new Map(Object.entries(files));
  const written: string[] = [];
  return {
    present,
    written,
    shipped: (file: string) => Promise.resolve(`of ${file}`),
    read: (file: string) => Promise.resolve(present.get(file)),
    write: (file: string, text: string) => {
      written.push(file);
      present.set(file, text);
      return Promise.resolve();
    },
  };
}

test("a pack without types gets them, tsconfig.json last; what is up to date is not written again", async () => {
  const pack = packOf({});
  assert.equal(await keepPackTypes(pack), "missing");
  assert.equal(pack.written.at(-1), "tsconfig.json");
  assert.deepEqual(
    [".gitignore", "interleave.d.ts", "playground.d.ts", "tsconfig.json", "world.d.ts"].map((name) => `.types/${name}`),
    pack.written.slice(0, -1).sort(),
  );
  assert.equal(pack.present.get(".types/interleave.d.ts"), "of dist/lib/interleave.d.ts");
  pack.written.length = 0;
  assert.equal(await keepPackTypes(pack), "ours");
  assert.deepEqual(pack.written, []);
  pack.present.set(".types/world.d.ts", "of an older version");
  await keepPackTypes(pack);
  assert.deepEqual(pack.written, [".types/world.d.ts"]);
});

test("whether a tsconfig.json does without the folder is told by what it extends", async () => {
  const standings = {
    '{ "extends": "./.types/tsconfig.json", "compilerOptions": { "strict": false } }': "ours",
    '{ "extends": ["../../tsconfig.json", "./.types/tsconfig.json"] }': "ours",
    '{ "extends": "./.types/tsconfig" }': "ours",
    '{ "extends": "../tsconfig.json" }': "theirs",
    '{ "include": ["./.types/tsconfig.json"] }': "theirs",
    // A link, or a folder of that name.
    "": "theirs",
  };
  for (const [text, standing] of Object.entries(standings)) {
    const pack = packOf({ "tsconfig.json": text });
    assert.equal(await typesStanding(pack), standing, text);
    await keepPackTypes(pack);
    assert.equal(pack.present.get("tsconfig.json"), text);
    assert.equal(pack.written.length > 0, standing === "ours", text);
  }
});

test("an author with a tsconfig.json of their own gets the folder alone", async () => {
  const pack = packOf({ "tsconfig.json": "{}" });
  await writeTypesFolder(pack);
  assert.equal(pack.present.get("tsconfig.json"), "{}");
  assert.ok(pack.written.includes(".types/tsconfig.json"));
});
