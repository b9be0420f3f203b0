/** Which Node runs the sandbox. Runs in the extension host or the command line. */
import fs from "node:fs";
import path from "node:path";
import process from "node:process";

export interface NodeProgram {
  readonly path: string;
  /** Major version, e.g. 24. */
  readonly major: number;
  /** Set where the program is VS Code's own Electron, which must be told to be Node. */
  readonly env: Readonly<Record<string, string>>;
}

/** From this major version on, Node has all that exercises use (iterator helpers, Promise.withResolvers, Promise.try). */
const goodEnough = 22;
/** The Node that the platform packages next to dist/ hold. */
const packagedMajor = 24;

/** This process's own Node where it is new enough, else the packaged one, else this process's own all the same. */
export function findNodeProgram(distDir: string): NodeProgram {
  const major = Number.parseInt(process.versions.node, 10);
  const env: Record<string, string> = process.versions["electron"] === undefined ? {} : { ELECTRON_RUN_AS_NODE: "1" };
  const own: NodeProgram = { path: process.execPath, major, env };
  if (major >= goodEnough) return own;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const file = process.platform === "win32" ? "node.exe" : "node";
  const packaged = path.join(distDir, "..", "node_modules", `node-${platform}-${process.arch}`, "bin", file);
  return fs.existsSync(packaged) ? { path: packaged, major: packagedMajor, env: {} } : own;
}
