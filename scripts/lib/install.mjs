// Installs the packages of package-lock.json when node_modules does not hold them. Runs on Node 20 with nothing installed.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { npm } from "./processes.mjs";

/** Written after each install: which lock file, for which platform, node_modules was made from. */
const stamp = join(root, "node_modules", ".interleave-lock");

/** Runs `npm ci` if node_modules is missing or was made from another lock file. */
export async function ensureInstalled() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform}-${process.arch}`)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing packages (npm ci) …");
  await npm(["ci"], root);
  writeFileSync(stamp, wanted);
}
