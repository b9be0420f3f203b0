// What counts as used: everything that these entries reach.
export default {
  entry: [
    "scripts/*.mjs",
    "src/cli/main.ts",
    "src/verify/diagrams/main.ts",
    "src/vscode/extension.ts",
    "src/sandbox/process.ts",
    "src/sandbox/debuggee.ts",
    "src/sandbox/kernel/main.ts",
    "src/runner/node/compilerWorker.ts",
    "webview/lesson/main.tsx",
    "webview/quiz/main.tsx",
    "webview/playground/main.tsx",
    "webview/playground/monaco/{main,zh-cn,editor.worker,ts.worker}.ts",
    "webview/timeline/main.tsx",
    "webview/report/main.tsx",
    "webview/assessment/main.tsx",
    "test/**/*.{test,e2e}.ts",
    "docs/examples/*.ts",
    // Started by their paths, or read as text.
    "bench/child.ts",
    "bench/suites/*.{test,nodetest}.ts",
    "bench/programs/timers.ts",
    "test/unit/api/interleave.v1.d.ts",
    "test/wpt/kernel.ts",
    "test/lessons/shown/child.ts",
    "test/sandbox/layers/*Alone.ts",
    "test/sandbox/orphanOwner.ts",
    "test/webview/layers.ts",
  ],
  project: ["{scripts,src,webview,test,bench,docs}/**/*.{ts,tsx,mjs}"],
  // Data: exercises and solutions, which the grader reads as text.
  ignore: ["test/lessons/*/{right,wrong}/**", "docs/examples/*/lessons/**"],
  // A program of the system.
  ignoreBinaries: ["mkfifo"],
  // Read by their files' paths.
  ignoreDependencies: ["axe-core", "big-list-of-naughty-strings"],
  // A type that an exported function takes or gives is exported with it, so that others can name it.
  exclude: ["types"],
};
