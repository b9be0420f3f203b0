import assert from "node:assert/strict";
import { test } from "node:test";
import { mayReadPack } from "../../../src/vscode/packs/packTrust.ts";

const place = (path: string, scheme = "file", authority = "") => ({ scheme, authority, path });
const extension = place("/home/me/.vscode/extensions/interleave-0.1.0");
const own = place("/home/me/.vscode/extensions/interleave-0.1.0/lessons");

const installed = () => [place("/usr/share/code/extensions/git"), extension];

test("the extension's own lessons may be read whether or not the workspace is trusted", () => {
  assert.ok(mayReadPack(own, installed, false));
  assert.ok(mayReadPack(own, installed, true));
});

test("so may a pack inside the folder of any extension that is installed, and of no other", () => {
  const pack = place("/home/me/.vscode/extensions/acme.lessons-1.0.0/lessons");
  assert.ok(mayReadPack(pack, () => [...installed(), place("/home/me/.vscode/extensions/acme.lessons-1.0.0")], false));
  assert.ok(!mayReadPack(pack, installed, false));
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
    assert.ok(!mayReadPack(other, installed, false), other.path);
    assert.ok(mayReadPack(other, installed, true), other.path);
  }
});
