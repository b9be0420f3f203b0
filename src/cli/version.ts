/** Which Interleave this is. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** "0.1.0" */
export function versionOf(distDir: string): string {
  const manifest = JSON.parse(fs.readFileSync(path.join(distDir, "..", "package.json"), "utf8")) as { version: string };
  return manifest.version;
}

/** "0.1.0+5f3a…": the version, and a hash of what decides about a verdict, which builds of one version may differ in. */
export function buildOf(distDir: string): string {
  const hash = createHash("sha256");
  for (const file of ["compiler.js", "kernel.js", "sandbox.js"]) hash.update(fs.readFileSync(path.join(distDir, file)));
  return `${versionOf(distDir)}+${hash.digest("hex").slice(0, 12)}`;
}
