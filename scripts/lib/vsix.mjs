// Packages a folder as a VSIX, the file that VS Code installs.
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
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
 * @param {string} folder holds the manifest
 * @param {string} vsix file to write
 */
export async function packageFolder(folder, vsix) {
  mkdirSync(dirname(vsix), { recursive: true });
  const vsce = join(dirname(require.resolve("@vscode/vsce/package.json")), "vsce");
  // No repository is named in the manifest yet, so links of the README stay as they are.
  const links = ["--allow-missing-repository", "--no-rewrite-relative-links"];
  const flags = ["--no-dependencies", "--skip-license", ...links, "--out", vsix];
  await run(requireNode24(), [vsce, "package", ...flags], { cwd: folder, quiet: true });
}
