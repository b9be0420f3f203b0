import assert from "node:assert/strict";
import { test } from "node:test";
import { mayReadPack } from "../../../src/vscode/packTrust.ts";

const place = (path: string, scheme = "file", authority = "") => ({ scheme, authority, path });
const extension = place("/home/me/.vscode/extensions/interleave-0.1.0");
const own = place("/home/me/.vscode/extensions/interleave-0.1.0/lessons");

test("the extension's own lessons may be read whether or not the workspace is trusted", () => {
  assert.ok(mayReadPack(own, extension, false));
  assert.ok(mayReadPack(own, extension, true));
});

test("any other pack may be read in a trusted workspace only", () => {
  const others = [
    place("/home/me/work/lessons"),
    place("/home/me/.vscode/extensions/interleave-0.1.0-evil/lessons"),
    place("/home/me/.vscode/extensions/interleave-0.1.0/../../../work/lessons"),
    place("/home/me/.vscode/extensions/interleave-0.1.0"),
    place(own.path, "vscode-remote", "ssh-remote+host"),
    place(own.path, "file", "server"),
  ];
  for (const other of others) {
    assert.ok(!mayReadPack(other, extension, false), other.path);
    assert.ok(mayReadPack(other, extension, true), other.path);
  }
});
