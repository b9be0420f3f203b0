// Runs the built command line as a user does.
import { spawn } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { root } from "../../scripts/lib/paths.mjs";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const dist = join(root, "dist");

/** Runs dist/cli.js with these words. @param cwd the working directory, the project's root by default. */
export function interleave(words: readonly string[], cwd = root, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(dist, "cli.js"), ...words], {
      cwd,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], LANG: "C", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    // "close" waits for every holder of the pipes: a child left behind would show here as a test that hangs.
    child.on("close", (status) => {
      resolve({ status, stdout, stderr });
    });
  });
}
