// The manifest, the translations and the code say the same: no key without its text, no command without its handler.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const root = new URL("../../..", import.meta.url);
const read = (path: string): Promise<string> => readFile(new URL(path, root), "utf8");
const readJson = async <T>(path: string): Promise<T> => JSON.parse(await read(path)) as T;

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
    readonly jsonValidation: readonly { readonly url: string }[];
  };
}

const manifest = await read("package.json");
const { contributes } = JSON.parse(manifest) as Manifest;
const english = await readJson<Record<string, string>>("package.nls.json");
const chinese = await readJson<Record<string, string>>("package.nls.zh-cn.json");
const bundle = await readJson<Record<string, string>>("l10n/bundle.l10n.zh-cn.json");

const sources = new Map<string, string>();
for (const name of await readdir(new URL("src/vscode/", root), { recursive: true })) {
  if (name.endsWith(".ts")) sources.set(name, await read(`src/vscode/${name}`));
}
const code = [...sources.values()].join("\n");

const placeholders = (text: string): readonly string[] => (text.match(/\{\d+\}/g) ?? []).sort();
const links = (text: string): readonly string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? "");

test("each %key% of the manifest has its text in both languages, and no text is left over", () => {
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
  assert.deepEqual(Object.keys(chinese).sort(), Object.keys(english).sort());
  for (const [key, text] of Object.entries(english)) {
    assert.deepEqual(links(chinese[key] ?? ""), links(text), key);
    assert.match(chinese[key] ?? "", /[\u4e00-\u9fff]/, key);
  }
});

test("each l10n.t text in the code is in the Chinese bundle, with the same placeholders, and no other", () => {
  const calls = [...code.matchAll(/l10n\.t\(/g)].length;
  const literals = [...code.matchAll(/l10n\.t\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g)].map((match) => {
    const quoted = match[1] ?? "";
    return quoted.startsWith('"') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  });
  assert.equal(literals.length, calls, "l10n.t takes a string literal, so that tools can find it");
  assert.deepEqual([...new Set(literals)].sort(), Object.keys(bundle).sort());
  for (const [text, translation] of Object.entries(bundle)) {
    assert.deepEqual(placeholders(translation), placeholders(text), text);
  }
});

test("commands of the manifest and of the code are the same", () => {
  const declared = contributes.commands.map(({ command }) => command.replace("interleave.", ""));
  const table = /const commands: .+ = \{([\s\S]*?)\n {2}\};/.exec(sources.get("commands.ts") ?? "")?.[1] ?? "";
  const handled = [...table.matchAll(/^ {4}(\w+)(?::|,)/gm)].map((match) => match[1]);
  assert.deepEqual([...handled].sort(), [...declared].sort());
  for (const { command } of Object.values(contributes.menus).flat()) {
    assert.ok(declared.includes(command.replace("interleave.", "")), command);
  }
  for (const text of [...Object.values(english), code]) {
    for (const [, name = ""] of text.matchAll(/command:interleave\.(\w+)/g)) {
      assert.ok(declared.includes(name) || name === "lessons", name);
    }
  }
});

test("each kind of panel that comes back after a reload wakes the extension, and no other", () => {
  const types = new Map(
    [...code.matchAll(/const (\w+PanelType) = "(interleave\.\w+)"/g)].map(([, name = "", type = ""]) => [name, type]),
  );
  const restored = [...code.matchAll(/registerWebviewPanelSerializer\((\w+),/g)].map(([, name = ""]) =>
    types.get(name),
  );
  assert.ok(restored.length >= 7);
  const { activationEvents } = JSON.parse(manifest) as { readonly activationEvents: readonly string[] };
  const waking = activationEvents.flatMap((event) => /^onWebviewPanel:(.*)$/.exec(event)?.[1] ?? []);
  assert.deepEqual([...waking].sort(), [...restored].sort());
});

test("settings of the manifest and of the code are the same, with the same defaults", () => {
  const defaults = /const defaults: SettingTypes = \{([\s\S]*?)\n\};/.exec(sources.get("settings.ts") ?? "")?.[1] ?? "";
  const inCode = Object.fromEntries<unknown>(
    [...defaults.matchAll(/^ {2}(\w+): (.+),$/gm)].map((match) => [
      match[1] ?? "",
      JSON.parse(match[2] ?? "null") as unknown,
    ]),
  );
  const inManifest = Object.fromEntries(
    Object.entries(contributes.configuration.properties).map(([key, setting]) => [
      key.replace("interleave.", ""),
      setting.default,
    ]),
  );
  assert.deepEqual(inManifest, inCode);
});

test("every file that the manifest names is there", async () => {
  const pictures = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.svg));
  const files = [
    ...pictures,
    ...contributes.jsonValidation.map(({ url }) => url),
    "media/icon.png",
    "media/activity.svg",
  ];
  for (const file of files) assert.notEqual(await read(file), "", file);
});

test("a workspace without trust sets nothing that is a path or opens something by itself", () => {
  const { capabilities, contributes: all } = JSON.parse(manifest) as {
    readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
    readonly contributes: {
      readonly configuration: {
        readonly properties: Readonly<
          Record<string, { readonly type: string; readonly enum?: readonly string[]; readonly scope?: string }>
        >;
      };
    };
  };
  const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;
  const free = Object.entries(all.configuration.properties).filter(
    ([name, { type, enum: choices, scope }]) =>
      // What is neither a switch nor a choice is free text.
      type !== "boolean" && choices === undefined && scope !== "application" && !restricted.includes(name),
  );
  assert.deepEqual(free, []);
  for (const name of restricted) assert.ok(name in all.configuration.properties, name);
});
