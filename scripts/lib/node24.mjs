// Finds the Node 24 that `npm ci` put into node_modules, so that a machine with an older Node still runs this
// project on the version that VS Code itself uses. Runs on Node 20 with nothing installed.
import { existsSync, realpathSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { root } from "./paths.mjs";

const WANTED_MAJOR = 24;

/** The path of a Node that can run the project's TypeScript as it is, or undefined where there is none. */
function findNode24() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const platform = process.platform === "win32" ? "win" : process.platform;
  const bundled = join(root, "node_modules", `node-${platform}-${process.arch}`, "bin", name);
  // The real path, as `process.execPath` is one: where node_modules is a link, this process would start itself for ever.
  if (existsSync(bundled)) return realpathSync(bundled);
  return Number.parseInt(process.versions.node, 10) >= WANTED_MAJOR ? process.execPath : undefined;
}

/**
 * The path of Node 24, or an error that says how to get it.
 * @returns {string}
 */
export function requireNode24() {
  const node = findNode24();
  if (node === undefined) {
    throw new Error(
      `Node ${WANTED_MAJOR} is needed and the registry has no copy of it for ${process.platform}-${process.arch}: ` +
        `install Node ${WANTED_MAJOR} and run the command again (this is Node ${process.versions.node}).`,
    );
  }
  return node;
}

/**
 * Runs a script again on Node 24 when this process is not on it. Returns only where it already is; otherwise the
 * process ends with the status of the new one.
 * @param {string} script file to run
 * @param {readonly string[]} args
 */
export async function continueOnNode24(script, args) {
  const node = requireNode24();
  if (node === process.execPath) return;
  const child = spawn(node, [script, ...args], { stdio: "inherit", cwd: root });
  // Ctrl-C reaches the child by itself (same terminal group); this process only has to outlive it.
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const status = await new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`Could not start ${node}: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
  process.exit(status);
}
