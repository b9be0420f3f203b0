// api/interleave.d.ts: stands alone, tells everything about itself, is what `activate` gives, and keeps what version 1 promised.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { root } from "../../../scripts/lib/paths.mjs";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const published = read("test/unit/api/interleave.v1.d.ts");
const present = read("api/interleave.d.ts");

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  noEmit: true,
  // Of others' declarations; ours are given as .ts files, which are checked.
  skipLibCheck: true,
  types: [],
};
const libraries = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript says about these files, in a folder of the repository in which there is nothing else. */
function complaints(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = join(root, "test/unit/api/alone");
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(folder, name), text]));
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.fileExists = (path) => texts.has(path) || (path.includes("node_modules") && ts.sys.fileExists(path));
  host.directoryExists = (path) => path === folder || ts.sys.directoryExists(path);
  host.getSourceFile = (path, language) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, language, true);
    if (!libraries.has(path)) libraries.set(path, fromDisk(path, language));
    return libraries.get(path);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("stands alone: it compiles with the types of vscode and nothing else", () => {
  assert.deepEqual(complaints({ "interleave.ts": present }), []);
  const { importedFiles, referencedFiles, typeReferenceDirectives } = ts.preProcessFile(present);
  assert.deepEqual(
    [...importedFiles, ...referencedFiles, ...typeReferenceDirectives].map((each) => each.fileName),
    ["vscode"],
  );
  assert.notDeepEqual(complaints({ "interleave.ts": present.replace("LessonProgress {", "Lesson {") }), []);
});

test("everything that it exports has its documentation", () => {
  const file = ts.createSourceFile("interleave.d.ts", present, ts.ScriptTarget.Latest, true);
  const undocumented: string[] = [];
  const members = file.statements.filter(ts.isInterfaceDeclaration).flatMap((each) => [each, ...each.members]);
  for (const each of members) {
    if (ts.getJSDocCommentsAndTags(each).length === 0) undocumented.push(each.getText());
  }
  assert.ok(members.length >= 15);
  assert.deepEqual(undocumented, []);
});

// Code against version 1 uses what it is given and gives what it was asked for, so it works with every later file that fits both ways.
const compatible = `
import type * as now from "./now";
import type * as then from "./then";
declare const given: now.InterleaveExports;
export const used: then.InterleaveExports = given;
declare const api: now.InterleaveApi;
export const usedApi: then.InterleaveApi = api;
declare const arguments1: Parameters<then.InterleaveApi["contributePack"]>;
api.contributePack(...arguments1);
declare const snapshot: now.ProgressSnapshot;
export const usedSnapshot: then.ProgressSnapshot = snapshot;
export const version: 1 = given.getAPI(1).version;
`;
const judge = (now: string): readonly string[] =>
  complaints({ "now.ts": now, "then.ts": published, "compatible.ts": compatible });

test("keeps what version 1 promised", () => {
  assert.deepEqual(judge(present), []);
});

const changes: readonly [what: string, from: string | RegExp, to: string][] = [
  ["a function is gone", /\n {2}readProgress\(\).*;/, ""],
  ["a function is called otherwise", "contributePack(", "addPack("],
  ["a function wants more", "openLesson(lesson: string)", "openLesson(lesson: string, column: number)"],
  ["a function takes less", "contributePack(root: Uri)", "contributePack(root: Uri & { readonly scheme: 'file' })"],
  ["a promise becomes a value", "Promise<ProgressSnapshot>", "ProgressSnapshot"],
  ["there is a third state", '"in-progress" | "passed"', '"in-progress" | "passed" | "changed"'],
  ["what was always there may be missing", "readonly startedAt: number", "readonly startedAt?: number"],
  ["a time becomes a text", "readonly lastAt: number", "readonly lastAt: string"],
  ["the event tells nothing", "Event<ProgressSnapshot>", "Event<void>"],
  ["another version", "version: 1)", "version: 2)"],
];
for (const [what, from, to] of changes) {
  test(`would not be version 1 any more: ${what}`, () => {
    const changed = present.replace(from, to);
    assert.notEqual(changed, present);
    assert.deepEqual(complaints({ "interleave.ts": changed }), []);
    assert.notDeepEqual(judge(changed), []);
  });
}

test("may grow: a new function, a new property", () => {
  const grown = present
    .replace("openLesson(", "closeLesson(lesson: string): Promise<void>;\n  openLesson(")
    .replace("readonly startedAt", "readonly hints: number;\n  readonly startedAt");
  assert.deepEqual(judge(grown), []);
});

test("is what `activate` gives: each member is there, and no other", () => {
  const api = ts.createSourceFile("interleave.d.ts", present, ts.ScriptTarget.Latest, true);
  const promised = api.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ name }) => name.text === "InterleaveApi")
    .flatMap(({ members }) => members.map((each) => each.name?.getText()));
  const code = ts.createSourceFile("api.ts", read("src/vscode/interleaveApi.ts"), ts.ScriptTarget.Latest, true);
  const created = code.statements.filter(ts.isFunctionDeclaration).find(({ name }) => name?.text === "createApi");
  assert.equal(created?.type?.getText(), "InterleaveApi");
  const given: (string | undefined)[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) given.push(...node.properties.map((each) => each.name?.getText()));
    else ts.forEachChild(node, look);
  };
  if (created.body) ts.forEachChild(created.body, look);
  assert.deepEqual([...new Set(given)].sort(), [...promised].sort());
  // That the parts are of these types, `tsc` checks, since the code says so.
  assert.match(read("src/vscode/extension.ts"), /^export function activate\(.*\): InterleaveExports \{$/m);
});
