// Makes the types of the module "interleave", which specs import, from the sources of the kernel: `verify` type-checks
// specs against them. Runs on Node 20.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./paths.mjs";

/** Where each declaration is; a spec sees the world's signals as the global AbortSignal. */
const SOURCES = {
  "src/protocol/words.ts": ["Words"],
  "src/world/platform/events.ts": ["SourceMark"],
  "src/world/outside/operation.ts": ["Latency"],
  "src/world/run/call.ts": ["Settled", "CallPolicy"],
  "src/world/oracle/leakOracle.ts": ["Rule", "OracleOptions"],
  "src/world/outside/network.ts": ["Route", "RequestRecord"],
  "src/world/run/specApi.ts": [
    "TestOptions",
    "WorkOptions",
    "WorkRecord",
    "GivenController",
    "Call",
    "Harness",
    "test",
  ],
};

/** @returns {string} the text of a declaration file */
export function makeSpecTypes() {
  const parts = Object.entries(SOURCES).flatMap(([path, names]) => {
    const file = parse(path);
    return names.map((name) => declarationOf(file, name));
  });
  return `declare module "interleave" {\n${[diagnosisType(), ...parts].join("\n")}\n}\n`;
}

/** @param {string} path */
function parse(path) {
  return ts.createSourceFile(path, readFileSync(join(root, path), "utf8"), ts.ScriptTarget.ESNext, true);
}

/**
 * @param {ts.SourceFile} file
 * @param {string} name
 */
function declarationOf(file, name) {
  const found = file.statements.find(
    (statement) =>
      (ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) ||
        ts.isFunctionDeclaration(statement)) &&
      statement.name?.text === name,
  );
  if (found === undefined)
    throw new Error(`${file.fileName} does not declare ${name}: mend scripts/lib/specTypes.mjs.`);
  return found.getFullText(file).trim().replace("export declare function", "export function");
}

function diagnosisType() {
  const file = parse("src/protocol/diagnosis.ts");
  /** @type {string[]} */
  const ids = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isArrayLiteralExpression(node)) ids.push(...node.elements.map((element) => element.getText(file)));
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return `export type Diagnosis = ${ids.join(" | ")};`;
}
