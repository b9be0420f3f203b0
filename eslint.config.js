// The linter: strict and type-aware, and the keeper of the layers. Layer rules bite on every kind of import, type imports too.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/**
 * What each room under src/ and webview/ may import besides itself, and what the linter says of anything else.
 * Tests import what they like; nobody imports them.
 */
const rooms = [
  {
    room: "src/base",
    may: [],
    advice: "base is the bottom and imports nothing: code that knows more belongs in the layer above.",
  },
  {
    room: "src/protocol",
    may: ["src/base"],
    advice:
      "protocol holds the shape of what crosses a process, nothing that acts: put what acts into world, core or runner.",
  },
  {
    room: "src/world",
    may: ["src/base", "src/protocol"],
    advice:
      "world is pure and stands beside core and runner: what both need belongs in base (mechanism) or protocol (data).",
  },
  {
    room: "src/core",
    may: ["src/base", "src/protocol"],
    advice:
      "core is pure and stands beside world and runner: what both need belongs in base (mechanism) or protocol (data).",
  },
  {
    // The compiler is a program of its own, which the runner keeps in a thread.
    room: "src/runner",
    may: ["src/base", "src/protocol", "src/core/compiler"],
    advice:
      "runner starts and stops sandboxes by messages: share shapes through protocol; vscode and cli bring runner and core together.",
  },
  {
    room: "src/sandbox",
    may: ["src/base", "src/protocol", "src/world"],
    advice:
      "sandbox hosts a world and answers by messages: judging and lessons belong in core, starting and killing in runner.",
  },
  {
    room: "src/verify",
    may: ["src/base", "src/protocol", "src/core", "src/runner"],
    advice:
      "verify checks an author's lessons for the command line and the extension alike: it knows neither of them, and hands them findings.",
  },
  {
    room: "src/vscode",
    // What other extensions are promised is a file of types.
    may: ["src/base", "src/protocol", "src/core", "src/runner", "src/verify", "api"],
    advice:
      "the extension composes core and runner: it reaches a world through the runner's messages, and what it shares with cli belongs in core.",
  },
  {
    room: "src/cli",
    may: ["src/base", "src/protocol", "src/core", "src/runner", "src/verify"],
    advice:
      "the command line composes core and runner: it reaches a world through the runner's messages, and what it shares with vscode belongs in core.",
  },
  {
    room: "webview",
    may: ["src/base", "src/protocol", "src/core/timeline", "src/core/layout"],
    advice:
      "a webview gets data by messages (protocol) and lays it out (core/timeline, core/layout): anything else belongs in the extension host.",
  },
];

const pureFolders = ["src/base", "src/protocol", "src/world", "src/core", "src/sandbox/kernel"];
const pureFiles = pureFolders.map((folder) => `${folder}/**/*.ts`);

const vscodeOnlyInVscode = {
  name: "vscode",
  message: "Only src/vscode may import vscode: pass in what is needed, as a value of our own types.",
};
const kitOnlyInKit = {
  group: ["@vscode/webview-ui-toolkit", "@vscode/webview-ui-toolkit/**", "@microsoft/fast-*", "@microsoft/fast-*/**"],
  message:
    "Only webview/common/kit.ts may import the toolkit: use the controls of webview/common/controls.ts, and add there what is missing.",
};
const noNode = {
  regex: "^node:",
  message:
    "This room is pure: it runs in a sandbox and in a browser. Code for Node belongs in src/runner, src/verify, src/cli or src/vscode.",
};

/** @param {string[]} names */
const globals = (...names) => Object.fromEntries(names.map((name) => [name, /** @type {const} */ ("readonly")]));

export default defineConfig(
  {
    ignores: [
      "dist/",
      ".cache/",
      "test-results/",
      "node_modules/",
      "lessons/",
      "docs/examples/*/lessons/",
      "test/lessons/*/right/",
      "test/lessons/*/wrong/",
      "media/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // A number in a message reads well; an object in one is a mistake.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["src/**/*.ts", "webview/**/*.{ts,tsx}", "{scripts,bench}/**/*.mjs", "{test,bench}/**/*.ts"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".mjs", ".js"] })],
    },
    rules: {
      eqeqeq: "error",
      "import-x/no-cycle": "error",
      "import-x/no-default-export": "error",
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 80 }],
      "no-console": ["error", { allow: ["error"] }],
    },
  },
  {
    // Written after the web platform's own text: it converts what callers pass, whatever their types promised.
    files: ["src/world/platform/**/*.ts"],
    rules: {
      "@typescript-eslint/class-literal-property-style": "off",
      "@typescript-eslint/no-unnecessary-condition": "off",
      // It keeps a parameter that may be left out from counting in the function's length.
      "@typescript-eslint/no-useless-default-assignment": "off",
      "@typescript-eslint/no-unnecessary-type-conversion": "off",
    },
  },
  {
    files: ["src/**/*.ts", "webview/**/*.{ts,tsx}"],
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: rooms.map(({ room, may, advice }) => ({
            target: room,
            from: ".",
            except: ["node_modules", room, ...may],
            message: advice,
          })),
        },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    // Types of what extensions were promised: they import vscode as such an extension does.
    ignores: ["src/vscode/**", "test/unit/api/*.d.ts", ...pureFiles],
    rules: { "@typescript-eslint/no-restricted-imports": ["error", { paths: [vscodeOnlyInVscode] }] },
  },
  {
    files: pureFiles,
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", { paths: [vscodeOnlyInVscode], patterns: [noNode] }],
    },
  },
  {
    files: ["webview/**/*.{ts,tsx}"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { paths: [vscodeOnlyInVscode], patterns: [noNode, kitOnlyInKit] },
      ],
    },
  },
  {
    // The one file that may import the toolkit, and nothing else that a webview may not.
    files: ["webview/common/kit.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", { paths: [vscodeOnlyInVscode], patterns: [noNode] }],
    },
  },
  {
    // A suite is one call of `describe`: its length says nothing. node:test watches the promise that `test` returns.
    files: ["test/**/*.ts", "bench/suites/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            {
              from: "package",
              package: "node:test",
              name: ["describe", "it", "suite", "test", "before", "after", "beforeEach", "afterEach"],
            },
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='waitForTimeout']",
          message: "Wait for a condition, not for time to pass.",
        },
      ],
    },
  },
  {
    // Scripts that a page of the tests loads as they are.
    files: ["test/**/*.js"],
    languageOptions: { globals: globals("window", "document", "addEventListener", "sessionStorage", "console") },
  },
  {
    files: ["{scripts,bench}/**/*.mjs", "eslint.config.js", "knip.config.js"],
    languageOptions: {
      globals: globals("console", "process", "performance", "setTimeout", "clearTimeout", "URL"),
    },
    rules: { "no-console": "off" },
  },
  {
    // What they print is their result.
    files: ["src/cli/**/*.ts"],
    rules: { "no-console": "off" },
  },
);
