import assert from "node:assert/strict";
import { test } from "node:test";
import { entryFor, putBack, without } from "../../../src/vscode/packs/packSetting.ts";

const folder = (path: string) => ({ path, fsPath: path });

test("a workspace's list names what lies in the workspace by the way there, a user's list everything by its whole path", () => {
  const workspace = folder("/work/team");
  assert.equal(entryFor(folder("/work/team/docs/lessons"), "workspace", workspace), "docs/lessons");
  assert.equal(entryFor(folder("/work/team"), "workspace", workspace), ".");
  assert.equal(entryFor(folder("/work/team/docs/lessons"), "user", workspace), "/work/team/docs/lessons");
  assert.equal(entryFor(folder("/work/team-two"), "workspace", workspace), "/work/team-two");
  assert.equal(entryFor(folder("/srv/pack"), "workspace", undefined), "/srv/pack");
  assert.equal(entryFor(folder("/srv/pack"), "workspace", folder("/")), "srv/pack");
  const windows = { path: "/c:/work/team/lessons", fsPath: "c:\\work\\team\\lessons" };
  assert.equal(entryFor(windows, "workspace", folder("/c:/work/team")), "lessons");
  assert.equal(entryFor(windows, "user", folder("/c:/work/team")), "c:\\work\\team\\lessons");
});

test("an entry that goes can be put back where it was; what else stands in the list stays", () => {
  const names = (entry: unknown): boolean => entry === "/b" || entry === "b";
  const list = ["/a", "/b", 7, "b", null];
  const { list: rest, taken } = without(list, names);
  assert.deepEqual(rest, ["/a", 7, null]);
  assert.deepEqual(putBack(rest, taken), list);
  assert.deepEqual(putBack([], taken), ["/b", "b"]);
  assert.deepEqual(putBack(["b", "/c"], taken), ["b", "/b", "/c"]);
  assert.deepEqual(without(["/a"], names), { list: ["/a"], taken: [] });
});
