/** What Node is told when it starts a sandbox: each of these is a layer of the confinement. Runs in the extension host or the command line. */
import path from "node:path";
import { engineFlags } from "./engineFlags.ts";

/** Megabytes of heap that a sandbox may fill. */
export const heapMb = 256;

/** @param major of the Node that is started */
export function sandboxFlags(distDir: string, major: number): readonly string[] {
  return [
    major >= 23 ? "--permission" : "--experimental-permission",
    `--allow-fs-read=${path.join(distDir, "*")}`,
    "--disallow-code-generation-from-strings",
    "--no-warnings",
    // On SIGINT it writes where it is to stderr and ends: so an endless loop can be shown, from outside.
    "--trace-sigint",
    `--max-old-space-size=${String(heapMb)}`,
    ...engineFlags,
  ];
}
