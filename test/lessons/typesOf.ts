// What the real TypeScript says of a folder with a tsconfig.json.
import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import process from "node:process";
import { root } from "../../scripts/lib/paths.mjs";

export interface TypesOf {
  /** "one/spec.ts(3,4): error TS2345: …", sorted. */
  readonly errors: readonly string[];
  /** Those that were looked at, relative to the folder. */
  readonly files: readonly string[];
}

/** Runs `tsc --noEmit` in the folder. */
export function typesOf(folder: string): Promise<TypesOf> {
  const program = join(root, "node_modules/typescript/bin/tsc");
  const words = [program, "--noEmit", "--listFiles", "--pretty", "false", "-p", "."];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { cwd: folder }, (error, stdout, stderr) => {
      // 1 and 2 tell of errors in the files.
      if (error !== null && error.code !== 1 && error.code !== 2) {
        reject(new Error(stderr, { cause: error }));
        return;
      }
      const lines = stdout.split("\n").filter((line) => line !== "");
      const isFile = (line: string): boolean => line.startsWith("/") && line.endsWith(".ts");
      resolve({
        errors: lines.filter((line) => !isFile(line)).sort(),
        files: lines.filter(isFile).map((file) => relative(folder, file)),
      });
    });
  });
}
