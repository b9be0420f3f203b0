// The files of a pack type-check in an editor: the real TypeScript, started as an author's editor or build would start it, finds
// nothing in what `new` lays out, and finds what is wrong once something is.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import { interleave } from "./commandLine.ts";
import { typesOf } from "./typesOf.ts";

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "interleave-types-"));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a new pack has no type errors: not in starter, solution, mistakes, spec or the playground's driver", async () => {
  await inFolder(async (folder) => {
    for (const id of ["one", "two"]) {
      const made = await interleave(["new", id, "--pack", "pack"], folder);
      assert.equal(made.status, 0, made.stderr);
    }
    const { errors, files } = await typesOf(join(folder, "pack"));
    assert.deepEqual(errors, []);
    for (const id of ["one", "two"]) {
      const own = [
        "exercise",
        "solution",
        "spec",
        "playground",
        "mistakes/listener-kept",
        "mistakes/timer-not-cleared",
      ];
      for (const name of own) assert.ok(files.includes(`${id}/${name}.ts`), `${id}/${name}.ts is not looked at`);
    }
    const gate = await interleave(["verify", "pack"], folder);
    assert.deepEqual([gate.status, gate.stdout], [0, "2 lessons, nothing found.\n"]);
  });
});

test("what an author gets wrong is found, as verify finds it", async () => {
  await inFolder(async (folder) => {
    await interleave(["new", "one", "--pack", "pack"], folder);
    const change = (file: string, from: string, to: string): void => {
      const path = join(folder, "pack/one", file);
      const text = readFileSync(path, "utf8");
      assert.ok(text.includes(from), file);
      writeFileSync(path, text.replace(from, to));
    };
    change("spec.ts", "pause(100, t.signal), {", 'pause("100", t.signal), {');
    change("spec.ts", "t.equal(settled.at", "t.equals(settled.at");
    change("solution.ts", "clearTimeout(timer)", "clearTimeout(document)");
    change("playground.ts", "await pause(deadlineMs / 2, signal)", "await pause(deadlineMs / 2)");
    const { errors } = await typesOf(join(folder, "pack"));
    assert.deepEqual(
      errors.map((each) => each.replace(/\(.*?\)/, "").replace(/: error (TS\d+).*/, " $1")),
      ["one/playground.ts TS2554", "one/solution.ts TS2584", "one/spec.ts TS2551", "one/spec.ts TS2345"],
    );
    const gate = await interleave(["verify", "pack"], folder);
    assert.equal(gate.status, 1);
    const lines = errors.map((each) => each.replace(/^(.*?)\((\d+),.*/, "pack/$1:$2:"));
    for (const line of lines) assert.ok(gate.stdout.includes(line), `${line}\n${gate.stdout}`);
  });
});

test("git sees the pack's tsconfig.json and not the types, which each new lesson brings up to date", async () => {
  await inFolder(async (folder) => {
    await interleave(["new", "one", "--pack", "pack"], folder);
    const git = (...words: string[]): Promise<string> =>
      new Promise((resolve, reject) => {
        execFile("git", words, { cwd: folder, env: { PATH: process.env["PATH"], HOME: folder } }, (error, stdout) => {
          if (error === null) resolve(stdout);
          else reject(new Error(`git ${words.join(" ")}`, { cause: error }));
        });
      });
    await git("init", "-q");
    const seen = await git("ls-files", "--others", "--exclude-standard");
    assert.ok(seen.includes("pack/tsconfig.json\n"));
    assert.doesNotMatch(seen, /\.types/);
    const world = join(folder, "pack/.types/world.d.ts");
    writeFileSync(world, "// of an older version\n");
    rmSync(join(folder, "pack/.types/interleave.d.ts"));
    await interleave(["new", "two", "--pack", "pack"], folder);
    assert.equal(readFileSync(world, "utf8"), readFileSync(join(root, "media/exercise/world.d.ts"), "utf8"));
    assert.deepEqual((await typesOf(join(folder, "pack"))).errors, []);
  });
});

test("a tsconfig.json of the author's own stays as it is, and nothing is put beside it", async () => {
  await inFolder(async (folder) => {
    mkdirSync(join(folder, "pack"));
    const own = '{ "compilerOptions": { "strict": false } }\n';
    writeFileSync(join(folder, "pack/tsconfig.json"), own);
    const made = await interleave(["new", "one", "--pack", "pack"], folder);
    assert.equal(made.status, 0, made.stderr);
    assert.equal(readFileSync(join(folder, "pack/tsconfig.json"), "utf8"), own);
    assert.equal(existsSync(join(folder, "pack/.types")), false);
  });
});

test("nothing is written through a link", async () => {
  await inFolder(async (folder) => {
    mkdirSync(join(folder, "pack"));
    mkdirSync(join(folder, "elsewhere"));
    symlinkSync(join(folder, "elsewhere"), join(folder, "pack/.types"));
    const made = await interleave(["new", "one", "--pack", "pack"], folder);
    assert.equal(made.status, 2);
    assert.match(made.stderr, /pack\/\.types/);
    assert.equal(existsSync(join(folder, "elsewhere/world.d.ts")), false);
    assert.equal(existsSync(join(folder, "pack/one")), false);

    rmSync(join(folder, "pack/.types"));
    await interleave(["new", "one", "--pack", "pack"], folder);
    const target = join(folder, "elsewhere/notes.txt");
    writeFileSync(target, "mine\n");
    const world = join(folder, "pack/.types/world.d.ts");
    rmSync(world);
    symlinkSync(target, world);
    assert.equal((await interleave(["new", "two", "--pack", "pack"], folder)).status, 0);
    assert.equal(readFileSync(target, "utf8"), "mine\n");
    assert.ok(lstatSync(world).isFile());
  });
});
