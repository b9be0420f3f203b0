import assert from "node:assert/strict";
import { test } from "node:test";
import { packFolderOf } from "../../../src/vscode/packs/packFolder.ts";

test("a path of the setting is absolute, in the home folder, or relative to the workspace", () => {
  const home = "/home/ada";
  const absolute = (path: string) => ({ path, absolute: true });
  assert.deepEqual(packFolderOf("/srv/pack", home), absolute("/srv/pack"));
  assert.deepEqual(packFolderOf("/srv/pack//", home), absolute("/srv/pack"));
  assert.deepEqual(packFolderOf("/", home), absolute("/"));
  assert.deepEqual(packFolderOf("C:\\", home), absolute("C:\\"));
  assert.deepEqual(packFolderOf("~/", home), absolute(home));
  assert.deepEqual(packFolderOf("docs/lessons/", home), { path: "docs/lessons", absolute: false });
  assert.deepEqual(packFolderOf("~/packs/a", home), absolute("/home/ada/packs/a"));
  assert.deepEqual(packFolderOf("~\\packs", home), absolute("/home/ada/packs"));
  assert.deepEqual(packFolderOf("~", home), absolute(home));
  assert.deepEqual(packFolderOf("C:\\packs", home), absolute("C:\\packs"));
  assert.deepEqual(packFolderOf("\\\\server\\packs", home), absolute("\\\\server\\packs"));
  assert.deepEqual(packFolderOf(" docs/lessons ", home), { path: "docs/lessons", absolute: false });
  assert.deepEqual(packFolderOf("../shared", home), { path: "../shared", absolute: false });
  assert.deepEqual(packFolderOf("~ada", home), { path: "~ada", absolute: false });
  assert.equal(packFolderOf("  ", home), undefined);
});
