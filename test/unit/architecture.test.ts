// Proves that the linter holds the layers: each room is given an import that it must not have, and must be told where
// the thing belongs.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { ESLint } from "eslint";
import { root } from "../../scripts/lib/paths.mjs";

const eslint = new ESLint({ cwd: root });

/** Any source file of a room: rules about paths and types need a file that is really there. */
function fileIn(room: string): string {
  const files = readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).sort();
  const file = files.find((name) => /(?<!\.d)\.tsx?$/.test(name));
  assert.ok(file, `${room} has a source file`);
  return join(root, room, file);
}

/** What the linter says about a file of this room that imports this. */
async function complaints(room: string, imported: string): Promise<string[]> {
  const file = fileIn(room);
  let specifier = imported;
  if (imported.startsWith("src/") || imported.startsWith("webview/")) {
    specifier = relative(dirname(file), fileIn(imported)).replaceAll("\\", "/");
    if (!specifier.startsWith(".")) specifier = `./${specifier}`;
  }
  const [result] = await eslint.lintText(
    `import type * as imported from "${specifier}";\nexport type T = typeof imported;\n`,
    {
      filePath: file,
    },
  );
  assert.ok(result);
  return result.messages
    .filter(({ ruleId }) => ruleId !== null && /no-restricted-(paths|imports)$/.test(ruleId))
    .map(({ message }) => message);
}

const forbidden: [room: string, imported: string, advice: RegExp][] = [
  ["src/base", "src/protocol", /base is the bottom/],
  ["src/protocol", "src/world", /protocol holds the shape/],
  ["src/world", "src/core", /what both need belongs in base/],
  ["src/world", "node:fs", /This room is pure/],
  ["src/world", "vscode", /Only src\/vscode may import vscode/],
  ["src/core", "src/runner", /what both need belongs in base/],
  ["src/core", "node:fs", /This room is pure/],
  ["src/runner", "src/sandbox", /share shapes through protocol/],
  ["src/runner", "vscode", /Only src\/vscode may import vscode/],
  ["src/sandbox", "src/runner", /starting and killing in runner/],
  ["src/sandbox/kernel", "node:vm", /This room is pure/],
  ["src/verify", "src/cli", /verify checks an author's lessons/],
  ["src/verify", "src/vscode", /verify checks an author's lessons/],
  ["src/verify", "vscode", /Only src\/vscode may import vscode/],
  ["src/vscode", "src/cli", /what it shares with cli belongs in core/],
  ["src/cli", "src/vscode", /what it shares with vscode belongs in core/],
  ["src/cli", "vscode", /Only src\/vscode may import vscode/],
  ["webview/lesson", "src/runner", /a webview gets data by messages/],
  ["webview/timeline", "src/core/compiler", /a webview gets data by messages/],
  ["webview/lesson", "node:fs", /This room is pure/],
  ["webview/quiz", "@vscode/webview-ui-toolkit", /Only webview\/common\/kit\.ts may import the toolkit/],
  ["webview/quiz", "@microsoft/fast-element", /Only webview\/common\/kit\.ts may import the toolkit/],
];

for (const [room, imported, advice] of forbidden) {
  test(`${room} may not import ${imported}`, async () => {
    const messages = await complaints(room, imported);
    assert.equal(messages.length, 1, messages.join("\n"));
    assert.match(messages.join("\n"), advice);
  });
}

const allowed: [room: string, imported: string][] = [
  ["src/protocol", "src/base"],
  ["src/world", "src/protocol"],
  ["src/core", "src/base"],
  ["src/sandbox", "src/world"],
  ["src/sandbox", "node:vm"],
  ["src/vscode", "src/core"],
  ["src/vscode", "vscode"],
  ["src/verify", "src/runner"],
  ["src/verify", "node:path"],
  ["src/vscode", "src/verify"],
  ["src/cli", "src/verify"],
  ["src/cli", "src/runner"],
  ["src/cli", "node:fs"],
  ["webview/lesson", "src/protocol"],
  ["webview/timeline", "src/core/timeline"],
];

for (const [room, imported] of allowed) {
  test(`${room} may import ${imported}`, async () => {
    assert.deepEqual(await complaints(room, imported), []);
  });
}

test("one file alone may import the toolkit, and it does", async () => {
  const [result] = await eslint.lintFiles([join(root, "webview/common/kit.ts")]);
  assert.deepEqual(result?.messages, []);
  const text = readFileSync(join(root, "webview/common/kit.ts"), "utf8");
  assert.match(text, /from "@vscode\/webview-ui-toolkit"/);
});
