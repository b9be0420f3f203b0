// `npm run bench`: measures Interleave side by side with the tools it stands beside, and prints the ratios.
//   npm run bench                    a table; about two minutes
//   npm run -s bench -- --json       one JSON object on stdout, everything else on stderr
//   npm run -s bench -- --quick      a shortened version, for a smoke test: its figures say little
// Begins on Node 20 with nothing installed and goes on in Node 24.
import { existsSync, readdirSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { ensureInstalled } from "../scripts/lib/install.mjs";
import { continueOnNode24 } from "../scripts/lib/node24.mjs";
import { dist, root } from "../scripts/lib/paths.mjs";

const { values: flags } = parseArgs({
  options: { json: { type: "boolean", default: false }, quick: { type: "boolean", default: false } },
});
await ensureInstalled();
await continueOnNode24(import.meta.filename, process.argv.slice(2));
if (needsBuild()) build();
const { main } = await import("./main.ts");
await main(flags);

/** A missing build is made; one that is older than the sources too, unless the figures do not matter. */
function needsBuild() {
  const needed = ["kernel.js", "sandbox.js", "compiler.js"].map((file) => join(dist, file));
  if (!needed.every((file) => existsSync(file))) return true;
  if (flags.quick) return false;
  const builtAt = Math.min(...needed.map((file) => statSync(file).mtimeMs));
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  return sources.some((file) => statSync(join(root, "src", file)).mtimeMs > builtAt);
}

function build() {
  console.error("Building dist/ …");
  // What the build prints goes to stderr: stdout carries the result only.
  const { status } = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
