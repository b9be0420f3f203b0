// dist/ for scripts that run what is built: made where it is missing, or older than the sources.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { dist, root } from "./paths.mjs";

/** @param {{ oldWillDo?: boolean }} [options] whether a build that is older than the sources will do */
export function ensureBuilt({ oldWillDo = false } = {}) {
  if (!needsBuild(oldWillDo)) return;
  console.error("Building dist/ …");
  // What the build prints goes to stderr: stdout carries the result only.
  const { status } = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: ["ignore", 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {boolean} oldWillDo */
function needsBuild(oldWillDo) {
  const needed = ["kernel.js", "sandbox.js", "compiler.js"].map((file) => join(dist, file));
  if (!needed.every((file) => existsSync(file))) return true;
  if (oldWillDo) return false;
  const builtAt = Math.min(...needed.map((file) => statSync(file).mtimeMs));
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  return sources.some((file) => statSync(join(root, "src", file)).mtimeMs > builtAt);
}
