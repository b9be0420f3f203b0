// Builds dist/: what the VSIX ships and what the command line runs. `node scripts/build.mjs [--dev]`; --dev adds source maps
// and minifies nothing. Runs on Node 20.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { dist, root } from "./lib/paths.mjs";
import { monacoBundles } from "./lib/monacoBundles.mjs";
import { slimMermaid } from "./lib/slimMermaid.mjs";
import { makeSpecTypes } from "./lib/specTypes.mjs";

const require = createRequire(import.meta.url);
const { values: flags } = parseArgs({ options: { dev: { type: "boolean", default: false } } });

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
  sourcemap: flags.dev ? "linked" : false,
};

/**
 * A program for Node, also the Node inside VS Code: names and lines stay, so that a stack trace can be read.
 * @type {import("esbuild").BuildOptions}
 */
const node = {
  ...common,
  platform: "node",
  format: "cjs",
  target: "node20",
  mainFields: ["module", "main"],
  external: ["vscode"],
};

/** @type {import("esbuild").BuildOptions[]} */
const bundles = [
  {
    ...node,
    entryPoints: { cli: "src/cli/main.ts" },
    banner: { js: "#!/usr/bin/env node" },
  },
  // Mermaid without a browser, for `verify` alone.
  { ...node, entryPoints: { diagrams: "src/verify/diagrams/main.ts" }, minify: !flags.dev, plugins: [slimMermaid] },
  { ...node, entryPoints: { extension: "src/vscode/extension.ts" } },
  { ...node, entryPoints: { sandbox: "src/sandbox/process.ts" } },
  { ...node, entryPoints: { debuggee: "src/sandbox/debuggee.ts" } },
  // Only text to its reader: it is evaluated in the sandbox's realm, which has nothing but ECMAScript.
  {
    ...common,
    entryPoints: { kernel: "src/sandbox/kernel/main.ts" },
    platform: "neutral",
    mainFields: ["module", "main"],
    format: "iife",
    globalName: "__kernel",
    target: "es2022",
  },
  // TypeScript's own compiler is most of this one; it runs in a worker thread of its own.
  { ...node, entryPoints: { compiler: "src/runner/node/compilerWorker.ts" }, minify: !flags.dev },
  {
    ...common,
    entryPoints: [
      { in: "webview/lesson/main.tsx", out: "webview/lesson" },
      { in: "webview/lesson/lesson.css", out: "webview/lesson" },
      { in: "webview/quiz/main.tsx", out: "webview/quiz" },
      { in: "webview/quiz/quiz.css", out: "webview/quiz" },
      { in: "webview/playground/main.tsx", out: "webview/playground" },
      { in: "webview/playground/playground.css", out: "webview/playground" },
      { in: "webview/timeline/main.tsx", out: "webview/timeline" },
      { in: "webview/assessment/main.tsx", out: "webview/assessment" },
      { in: "webview/assessment/assessment.css", out: "webview/assessment" },
      { in: "webview/timeline/timeline.css", out: "webview/timeline" },
      { in: "webview/report/main.tsx", out: "webview/report" },
      { in: "webview/report/report.css", out: "webview/report" },
    ],
    chunkNames: "webview/chunks/[name]-[hash]",
    format: "esm",
    splitting: true,
    platform: "browser",
    target: "es2022",
    minify: !flags.dev,
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [slimMermaid],
  },
  // The playground's editor, which its page asks for after its first paint, and that editor's workers.
  ...monacoBundles({ outdir: "webview/monaco", dev: flags.dev }).map((bundle) => ({ ...common, ...bundle })),
];

const started = performance.now();
rmSync(join(dist, "webview"), { recursive: true, force: true });
mkdirSync(join(dist, "webview"), { recursive: true });
writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
copyCodicons();
copyTypeScriptLibrary();
writeFileSync(join(dist, "lib", "interleave.d.ts"), makeSpecTypes());
const missing = bundles.flatMap(entryFiles).filter((file) => !existsSync(join(root, file)));
const results = await Promise.allSettled(
  bundles
    .filter((bundle) => !entryFiles(bundle).some((file) => missing.includes(file)))
    .map((bundle) => build({ ...bundle, outdir: "dist" })),
);
if (existsSync(join(dist, "cli.js"))) chmodSync(join(dist, "cli.js"), 0o755);
report();
for (const result of results) {
  // esbuild has printed its own errors, with file and line.
  if (result.status === "rejected") process.exitCode = 1;
}
for (const file of missing) {
  console.error(`${file} does not exist, so its bundle was not built.`);
  process.exitCode = 1;
}

/** @param {import("esbuild").BuildOptions} bundle */
function entryFiles({ entryPoints = [] }) {
  if (!Array.isArray(entryPoints)) return Object.values(entryPoints);
  return entryPoints.map((entry) => (typeof entry === "string" ? entry : entry.in));
}

function copyCodicons() {
  const folder = dirname(require.resolve("@vscode/codicons/dist/codicon.css"));
  for (const file of ["codicon.css", "codicon.ttf"]) cpSync(join(folder, file), join(dist, "webview", file));
}

/** The declarations of ECMAScript itself, against which `verify` type-checks exercises. No DOM, no Node. */
function copyTypeScriptLibrary() {
  const folder = dirname(require.resolve("typescript"));
  mkdirSync(join(dist, "lib"), { recursive: true });
  const queue = ["lib.esnext.d.ts"];
  const seen = new Set(queue);
  for (const file of queue) {
    const text = readFileSync(join(folder, file), "utf8");
    writeFileSync(join(dist, "lib", file), text);
    for (const [, name] of text.matchAll(/^\/\/\/ <reference lib="(.+?)" \/>/gm)) {
      const next = `lib.${String(name)}.d.ts`;
      if (!seen.has(next)) queue.push(next);
      seen.add(next);
    }
  }
}

/** Prints what each part weighs: as it is, and compressed as in the VSIX. */
function report() {
  const parts = new Map();
  for (const file of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    const path = join(dist, file);
    if (!statSync(path).isFile() || file.endsWith(".map")) continue;
    const folder = relative(dist, dirname(path));
    const name = folder === "lib" || basename(folder) === "chunks" ? `${folder}/*` : file;
    const part = parts.get(name) ?? { files: 0, bytes: 0, zipped: 0 };
    const content = readFileSync(path);
    parts.set(name, {
      files: part.files + 1,
      bytes: part.bytes + content.length,
      zipped: part.zipped + gzipSync(content).length,
    });
  }
  for (const [name, { files, bytes, zipped }] of [...parts].sort(([a], [b]) => a.localeCompare(b))) {
    const count = files > 1 ? `${files} files` : "";
    console.log(`${name.padEnd(24)} ${count.padStart(9)} ${kilobytes(bytes)} ${kilobytes(zipped)} gz`);
  }
  console.log(`Built in ${Math.round(performance.now() - started)} ms.`);
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1).padStart(8)} kB`;
}
