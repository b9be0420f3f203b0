import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../../../src/core/lesson/lessonFinding.ts";
import { type PackChangeEvent, type PackPlace, PackRegistry } from "../../../src/vscode/packs/packRegistry.ts";
import { CountingReader, packFiles } from "../../generatedPack.ts";

type Uri = PackPlace["root"];

/** As much of a Uri as the registry looks at. */
function place(path: string): Uri {
  return { path, toString: () => `file://${path}` } as unknown as Uri;
}

function registryOf(packs: Readonly<Record<string, CountingReader>>, mayRead = () => true) {
  const findings: Finding[] = [];
  const readerOf = ({ path }: Uri) => packs[path] ?? new CountingReader({});
  const onFindings = (_root: Uri, found: readonly Finding[]): void => void findings.push(...found);
  return { findings, registry: new PackRegistry({ readerOf, mayRead, onFindings }) };
}

const reader = (files: Readonly<Record<string, string>>) => new CountingReader(files);
const states = async (registry: PackRegistry) =>
  (await registry.list()).map((each) => [each.root.path, each.state === "ready" ? each.id : each.state]);

test("naming packs reads nothing; listing them reads their catalogs alone, once", async () => {
  const packs = { "/a": reader(packFiles({ lessons: 500 })), "/b": reader(packFiles({ id: "beta", lessons: 500 })) };
  const { registry } = registryOf(packs);
  registry.add(place("/a"), "workspace");
  registry.add(place("/b"), "setting");
  assert.deepEqual([packs["/a"].taken(), packs["/b"].taken()], [[], []]);
  assert.deepEqual(await states(registry), [
    ["/a", "acme"],
    ["/b", "beta"],
  ]);
  assert.equal((await registry.find("beta"))?.info.version, "1.0.0");
  assert.deepEqual([packs["/a"].taken(), packs["/b"].taken()], [["catalog.json"], ["catalog.json"]]);
});

test("of two packs with one id the first counts, that of the workspace before all others", async () => {
  const { registry } = registryOf({ "/a": reader(packFiles({ lessons: 1 })), "/b": reader(packFiles({ lessons: 1 })) });
  registry.add(place("/a"), "extension");
  registry.add(place("/b"), "workspace");
  assert.deepEqual(await states(registry), [
    ["/b", "acme"],
    ["/a", "repeated"],
  ]);
  const repeated = (await registry.list())[1];
  assert.match(repeated?.findings[0]?.message.en ?? "", /another pack has the id "acme" already: \/b/);
});

test("what is missing, broken, without a name or not to be read is told apart", async () => {
  const files = packFiles({ lessons: 1 });
  const catalog = JSON.parse(files["catalog.json"] ?? "") as Record<string, unknown>;
  const nameless = { ...files, "catalog.json": JSON.stringify({ version: 1, tracks: catalog["tracks"] }) };
  const { registry, findings } = registryOf({
    "/broken": reader({ ...files, "catalog.json": '{\n  "version": 1,\n' }),
    "/empty": reader({ "README.md": "" }),
    "/nameless": reader(nameless),
  });
  for (const path of ["/missing", "/broken", "/empty", "/nameless"]) registry.add(place(path), "setting");
  assert.deepEqual(await states(registry), [
    ["/missing", "missing"],
    ["/broken", "broken"],
    ["/empty", "broken"],
    ["/nameless", "broken"],
  ]);
  assert.ok(findings.some(({ file, line }) => file === "catalog.json" && line !== undefined));
  const last = (await registry.list()).at(-1);
  assert.match(last?.findings[0]?.message.en ?? "", /which pack this is/);

  const closed = registryOf({ "/a": reader(files) }, () => false);
  closed.registry.add(place("/a"), "setting");
  assert.deepEqual(await states(closed.registry), [["/a", "untrusted"]]);
});

test("a folder that is named twice is there once, until nobody names it any more", async () => {
  const pack = reader(packFiles({ lessons: 1 }));
  const { registry } = registryOf({ "/a": pack });
  const first = registry.add(place("/a"), "setting");
  const second = registry.add(place("/a"), "command");
  assert.equal((await registry.list()).length, 1);
  first.dispose();
  assert.deepEqual(await states(registry), [["/a", "acme"]]);
  assert.deepEqual(pack.taken(), ["catalog.json"]);
  second.dispose();
  second.dispose();
  assert.deepEqual(await states(registry), []);
});

test("a reload is told, with what has changed, and the next to ask reads anew", async () => {
  const pack = reader(packFiles({ lessons: 1 }));
  const { registry } = registryOf({ "/a": pack });
  registry.add(place("/a"), "workspace");
  await registry.list();
  const changes: PackChangeEvent[] = [];
  const listening = registry.onDidChange((change) => changes.push(change));
  pack.write("catalog.json", packFiles({ lessons: 1, version: "2.0.0" })["catalog.json"] ?? "");
  registry.reload(place("/a"), ["catalog.json"]);
  assert.equal((await registry.find("acme"))?.info.version, "2.0.0");
  assert.deepEqual(
    changes.map((change) => [change?.root.path, change?.files]),
    [["/a", ["catalog.json"]]],
  );
  listening.dispose();
  registry.reload();
  assert.equal(changes.length, 1);
});
