// The least that must hold before anything else is worth testing: the VSIX installs into a real VS Code, which then runs,
// in both languages, without an error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openVsCode } from "./rig/vsCode.ts";

test("VS Code lists the installed extension", async () => {
  await using code = await openVsCode();
  await code.runCommand("Extensions: Show Installed Extensions");
  await code.page.locator(".extension-list-item .name", { hasText: /^Interleave$/ }).waitFor();
  await code.screenshot("smoke-installed");
  assert.deepEqual(code.problems, []);
});

test("VS Code runs in 简体中文 and in a dark theme", async () => {
  await using code = await openVsCode({ locale: "zh-cn", theme: "dark" });
  await code.page.locator(".monaco-workbench.vs-dark").waitFor();
  await code.page.getByRole("heading", { name: "资源管理器" }).waitFor();
  await code.screenshot("smoke-zh-cn-dark");
  assert.deepEqual(code.problems, []);
});
