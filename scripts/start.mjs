// `npm start`: builds the extension, installs it into a real VS Code that runs in the browser, and prints the address.
// From a fresh clone on Node 20 onwards; installs what is missing. Ctrl-C stops everything. What the learner writes and the
// window's settings stay in .cache/start until that folder is deleted.
// npm start -- --desktop     the VS Code of this machine instead (the command `code`)
// npm start -- --port 9000   another port than the usual one
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { ensureInstalled } from "./lib/install.mjs";
import { continueOnNode24 } from "./lib/node24.mjs";
import { cache, root } from "./lib/paths.mjs";
import { findOnPath, run } from "./lib/processes.mjs";

/** The same on every start, if it is free: a browser keeps a window's layout by address. */
const USUAL_PORT = 8137;

const { values: flags } = parseArgs({
  options: { desktop: { type: "boolean", default: false }, port: { type: "string" } },
});

try {
  await ensureInstalled();
  await continueOnNode24(import.meta.filename, process.argv.slice(2));
  const workspace = join(cache, "start", "workspace");
  mkdirSync(workspace, { recursive: true });
  await (flags.desktop ? startDesktop(workspace) : startInBrowser(workspace));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Builds dist/ and packages it. */
async function makeExtension() {
  console.log("Building …");
  await run(process.execPath, [join(root, "scripts", "build.mjs")], { quiet: true });
  const { packageExtension } = await import("./lib/vsix.mjs");
  return packageExtension();
}

/** @param {string} workspace */
async function startDesktop(workspace) {
  const code = findOnPath(["code"]);
  if (code === undefined) {
    throw new Error(
      "There is no command `code` on the PATH: run “Shell Command: Install 'code' command in PATH” in VS Code, or use `npm start` without --desktop.",
    );
  }
  const vsix = await makeExtension();
  const shell = process.platform === "win32" ? ["cmd.exe", "/c", code] : [code];
  const [program = code, ...first] = shell;
  await run(program, [...first, "--install-extension", vsix, "--force"], { quiet: true });
  await run(program, [...first, workspace]);
  console.log(`Interleave is installed in your VS Code, which opens ${workspace}.`);
}

/** @param {string} workspace */
async function startInBrowser(workspace) {
  const [{ startCodeServer }, { packageLanguagePack }] = await Promise.all([
    import("./lib/codeServer.mjs"),
    import("./lib/languagePack.mjs"),
  ]);
  const port = await choosePort();
  const extensions = [await makeExtension(), await packageLanguagePack()];
  console.log("Starting VS Code …");
  const settings = { "interleave.openOnStart": firstLesson() };
  const server = await startCodeServer({ folder: join(cache, "start"), extensions, settings, port });
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void server.stop().then(() => process.exit(0));
    });
  }
  const address = new URL(server.address);
  address.searchParams.set("folder", workspace);
  console.log(`\nInterleave is ready:\n\n  ${address.href}\n\nCtrl-C stops it.`);
}

/** The lesson that the address opens on. */
function firstLesson() {
  const catalog = JSON.parse(readFileSync(join(root, "lessons", "catalog.json"), "utf8"));
  return catalog.tracks[0].lessons[0];
}

async function choosePort() {
  if (flags.port !== undefined) {
    const port = Number(flags.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`--port ${flags.port} is not a port: give a number from 1 to 65535.`);
    return port;
  }
  return (await isFree(USUAL_PORT)) ? USUAL_PORT : 0;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
