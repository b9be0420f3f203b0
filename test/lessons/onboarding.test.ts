// `interleave verify` and `interleave stops` in a team's repository: two hundred code stops, half of which have decayed, told apart by the
// built command line; the review that mends them; and repositories that would lead a reader elsewhere.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { stopOf } from "../unit/core/onboarding/memoryRepository.ts";
import { stopCases } from "../unit/core/onboarding/stopCases.ts";
import { interleave } from "./commandLine.ts";

interface Stops {
  readonly stops: readonly { readonly id: string; readonly state: string; readonly line: number }[];
}
interface Verified extends Stops {
  readonly passed: boolean;
  readonly findings: readonly { readonly file: string; readonly line: number; readonly message: string }[];
}

const file = ".interleave/onboarding.json";
let root: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), "interleave-onboarding-"));
});
after(() => {
  rmSync(root, { recursive: true, force: true });
});

function repository(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const title = { en: "Welcome", "zh-cn": "欢迎" };
const steps = [{ kind: "lesson", id: "semaphore" }];
const withStops = (stops: readonly object[]) => `${JSON.stringify({ version: 1, title, steps, stops }, null, 2)}\n`;
const code = "export function retry() {\n  return 1;\n}\n";

describe("interleave in a repository with an onboarding", () => {
  it("tells a hundred decayed stops from a hundred sound ones, and mends what can be mended", async () => {
    // A folder for each: copies of one text would else be taken for each other.
    const cases = stopCases();
    const sound = cases.filter(({ state }) => state === "sound").slice(0, 100);
    const changed = cases.filter(({ state }) => state !== "sound" && state !== "moved" && state !== "gone");
    const decayed = [...changed, ...cases.filter(({ state }) => state === "gone" || state === "moved")].slice(0, 100);
    const all = [...sound, ...decayed];
    const folder = repository("many", Object.assign({}, ...all.map((each) => each.before)) as Record<string, string>);
    repository("many", {
      [file]: withStops(all.map(({ id, file: path, symbol }) => stopOf({ id, file: path, symbol }))),
    });
    const updated = await interleave(["stops", "--update", "--json"], folder);
    assert.equal(updated.status, 0, updated.stderr);
    assert.equal((await interleave(["verify"], folder)).stdout, "200 code stops, nothing found.\n");

    for (const { before: old } of all) for (const path of Object.keys(old)) rmSync(join(folder, path));
    repository("many", Object.assign({}, ...all.map((each) => each.after)) as Record<string, string>);
    const ran = await interleave(["verify", "--json"], folder);
    assert.equal(ran.status, 1, ran.stderr);
    const { stops, findings } = JSON.parse(ran.stdout) as Verified;
    const isSound = new Map(stops.map(({ id, state }) => [id, state === "sound"]));
    for (const { id, state } of all) assert.equal(isSound.get(id), state === "sound", id);
    assert.equal(findings.length, decayed.length);
    const lines = readFileSync(join(folder, file), "utf8").split("\n");
    for (const { line, file: found } of findings) assert.match(`${found} ${lines[line - 1] ?? ""}`, /json +"symbol": /);

    // What was removed stands in other folders still, so that it has moved there: everything can be mended.
    const mended = await interleave(["stops", "--update", "--json"], folder);
    const rest = JSON.parse(mended.stdout) as Stops;
    assert.deepEqual([mended.status, [...new Set(rest.stops.map(({ state }) => state))]], [0, ["sound"]]);
    assert.deepEqual(readdirSync(join(folder, ".interleave")), ["onboarding.json"]);
  });

  it("says where the code is, in both languages, and updates the one that is named", async () => {
    const stops = ["a", "b"].map((id) =>
      stopOf({ id, file: "src/retry.ts", symbol: "retry", hash: "0123456789abcdef" }),
    );
    const folder = repository("two", { "src/retry.ts": code, [file]: withStops(stops) });
    const english = await interleave(["verify", "--onboarding", "two"], root);
    assert.match(
      english.stdout,
      /^two\/\.interleave\/onboarding\.json:\d+: stop "a" has changed: .+\(src\/retry\.ts:1\)\n/,
    );
    assert.match((await interleave(["verify", "--locale", "zh-cn"], folder)).stdout, /代码站点“a”已改动/);
    assert.match(
      (await interleave(["stops", "--stop", "b", "--update"], folder)).stdout,
      /^✓ {2}b {2}retry .+ updated\n$/,
    );
    const left = JSON.parse((await interleave(["stops", "--json"], folder)).stdout) as Stops;
    assert.deepEqual(
      left.stops.map(({ state }) => state),
      ["changed", "sound"],
    );
  });

  it("follows no link and no path that leads out, and says so", async () => {
    const stops = [
      stopOf({ id: "linked", file: "linked.ts", symbol: "retry" }),
      stopOf({ id: "behind", file: "folder/retry.ts", symbol: "retry" }),
    ];
    const outside = repository("outside", { "retry.ts": code });
    const folder = repository("links", { [file]: withStops(stops) });
    symlinkSync(join(outside, "retry.ts"), join(folder, "linked.ts"));
    symlinkSync(outside, join(folder, "folder"));
    const ran = await interleave(["verify"], folder);
    assert.equal(ran.status, 1);
    assert.equal(ran.stdout.match(/links are not followed/g)?.length, 2, ran.stdout);
    repository("links", { [file]: withStops([stopOf({ id: "up", file: "../outside/retry.ts", symbol: "retry" })]) });
    assert.match((await interleave(["verify"], folder)).stdout, /"stops\.0\.file" should be/);
  });

  it("reports lessons that are not there, a broken file, and cannot run without one", async () => {
    const folder = repository("broken", {
      [file]: withStops([]).replace("semaphore", "semafore"),
    });
    assert.match(
      (await interleave(["verify"], folder)).stdout,
      /:10: there is no lesson "semafore"; did you mean "semaphore"\?/,
    );
    repository("broken", { [file]: "{" });
    assert.deepEqual((await interleave(["verify", "."], folder)).status, 1);
    assert.match((await interleave(["stops"], folder)).stderr, /not valid JSON/);
    const none = await interleave(["stops", "."], root);
    assert.deepEqual([none.status, none.stderr], [2, "There is no .interleave/onboarding.json in ..\n"]);
    assert.equal((await interleave(["verify", "--onboarding", "."], root)).status, 2);
  });
});
