// Installs the packages of package-lock.json when node_modules does not hold them. Runs on Node 20 with nothing installed.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { npm } from "./processes.mjs";

/** Runs `npm ci` if node_modules is missing or does not hold what package-lock.json says. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.error("Installing packages (npm ci) …");
  await npm(["ci"], root);
}

function isInstalled() {
  // npm keeps a lock file of what it has put into node_modules, beside it.
  const actual = readPackages(join(root, "node_modules", ".package-lock.json"));
  const wanted = readPackages(join(root, "package-lock.json"));
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    const installed = actual[path];
    // Optional: those for other kinds of machine are not installed.
    if (installed === undefined) return path === "" || optional === true;
    return installed.version === version && installed.integrity === integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}
