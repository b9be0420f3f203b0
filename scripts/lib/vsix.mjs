// Packages a folder as a VSIX, the file that VS Code installs.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { requireNode24 } from "./node24.mjs";
import { cache, root } from "./paths.mjs";
import { run } from "./processes.mjs";

const require = createRequire(import.meta.url);

/** The project's own extension. Build first. */
export async function packageExtension() {
  const vsix = join(cache, "interleave.vsix");
  await packageFolder(root, vsix);
  return vsix;
}

/**
 * Does nothing where the VSIX is there and nothing that goes into it has changed since.
 * @param {string} folder holds the manifest
 * @param {string} vsix file to write
 */
export async function packageFolder(folder, vsix) {
  const inputs = stateOf(folder);
  const record = `${vsix}.inputs`;
  if (existsSync(vsix) && existsSync(record) && readFileSync(record, "utf8") === inputs) return;
  mkdirSync(dirname(vsix), { recursive: true });
  // Made beside its place and moved there: two tests that start at one time must not read each other's half.
  const draft = mkdtempSync(join(dirname(vsix), "vsix-"));
  try {
    const vsce = join(dirname(require.resolve("@vscode/vsce/package.json")), "vsce");
    // No repository is named in the manifest yet, so links of the README stay as they are.
    const links = ["--allow-missing-repository", "--no-rewrite-relative-links"];
    const made = join(draft, basename(vsix));
    const flags = ["--no-dependencies", "--skip-license", ...links, "--out", made];
    await run(requireNode24(), [vsce, "package", ...flags], { cwd: folder, quiet: true });
    rmSync(record, { force: true });
    renameSync(made, vsix);
    writeFileSync(record, inputs);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/**
 * Sizes and times of all that may be packaged, as one short text.
 * @param {string} folder
 */
function stateOf(folder) {
  const hash = createHash("sha256");
  for (const entry of shipped(folder)) {
    const path = join(folder, entry);
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: "utf8" }).sort() : [""];
    for (const file of files) {
      const { size, mtimeMs } = statSync(join(path, file));
      hash.update(`${join(entry, file)} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}

/**
 * Entries of the folder of which something ships: those that its .vscodeignore names, or all.
 * @param {string} folder
 */
function shipped(folder) {
  const entries = readdirSync(folder).sort();
  const rules = join(folder, ".vscodeignore");
  if (!existsSync(rules)) return entries;
  const named = readFileSync(rules, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("!"));
  const patterns = named.map((line) => line.slice(1).split("/")[0]?.replaceAll(".", "\\.").replaceAll("*", ".*"));
  return entries.filter((entry) => patterns.some((pattern) => new RegExp(`^${pattern}$`).test(entry)));
}
