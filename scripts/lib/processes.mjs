// Starting programs, and stopping them with everything that they started. Runs on Node 20 with nothing installed.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] collect the output and show it only when the program fails
 */

/**
 * Runs a program to its end; rejects, with its output where it was quiet, when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<string>} what it printed, when quiet
 */
export async function run(command, args, { cwd, env, quiet = false } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", quiet ? "pipe" : 2, quiet ? "pipe" : 2] });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += String(chunk)));
  child.stderr?.on("data", (chunk) => (output += String(chunk)));
  const status = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  if (status !== 0) {
    throw new Error(
      `${[command, ...args].join(" ")} ended with ${String(status)}${output && `:\n${output.trimEnd()}`}`,
    );
  }
  return output;
}

/**
 * Runs npm to its end, quietly.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export async function npm(args, cwd) {
  const script = process.env["npm_execpath"];
  const options = { cwd, env: withoutNpmConfig(), quiet: true };
  if (script?.endsWith("npm-cli.js") && existsSync(script)) await run(process.execPath, [script, ...args], options);
  else if (process.platform === "win32") await run("cmd.exe", ["/c", "npm", ...args], options);
  else await run("npm", args, options);
}

/** `npm test` and `npm start` export this project's npm settings; an npm started from there reads its own. */
function withoutNpmConfig() {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?!config_(userconfig|globalconfig|cache|registry)$)/i.test(name),
    ),
  );
}

/**
 * The first of these programs on the PATH.
 * @param {readonly string[]} names
 * @returns {string | undefined} its full path
 */
export function findOnPath(names) {
  const extensions = process.platform === "win32" ? [".exe", ".cmd", ".bat", ""] : [""];
  for (const name of names) {
    for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
      for (const extension of extensions) {
        const file = join(folder, name + extension);
        if (folder !== "" && existsSync(file)) return file;
      }
    }
  }
  return undefined;
}

/**
 * @typedef {object} Service
 * @property {import("node:child_process").ChildProcess} child
 * @property {() => string} output everything it has printed
 * @property {(pattern: RegExp, timeoutMs: number) => Promise<RegExpMatchArray>} waitFor resolves when its output matches
 * @property {() => Promise<void>} stop ends it and all its children, and waits until they are gone
 */

/**
 * Starts a program in a process group of its own, so that `stop`, and the end of this process, end its children too.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv }} options
 * @returns {Service}
 */
export function startService(command, args, { cwd, env }) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  let output = "";
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const changed = () => [...listeners].forEach((listener) => listener());
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += String(chunk);
      changed();
    });
  }
  child.on("error", (error) => (output += `\n${error.message}\n`));
  child.on("close", changed);
  const atExit = () => killTree(child, "SIGKILL");
  process.on("exit", atExit);

  return {
    child,
    output: () => output,
    waitFor: (pattern, timeoutMs) =>
      new Promise((resolve, reject) => {
        const done = () => {
          clearTimeout(timer);
          listeners.delete(check);
        };
        const fail = (/** @type {string} */ why) => {
          done();
          reject(new Error(`${command} ${why}:\n${output.trimEnd()}`));
        };
        const check = () => {
          const match = pattern.exec(output);
          if (match) {
            done();
            resolve(match);
          } else if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
            fail(`ended before it printed ${String(pattern)}`);
          }
        };
        const timer = setTimeout(() => fail(`did not print ${String(pattern)} within ${timeoutMs} ms`), timeoutMs);
        listeners.add(check);
        check();
      }),
    stop: async () => {
      process.off("exit", atExit);
      if (child.pid === undefined) return;
      const gone = child.exitCode !== null || child.signalCode !== null ? undefined : once(child, "close");
      // Whatever the program has to write it has written: what we start keeps nothing that must be saved at its end.
      killTree(child, "SIGKILL");
      await gone;
    },
  };
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function killTree(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
    else process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
