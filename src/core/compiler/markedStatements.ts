/** Marks in statements. Pure. */
import ts from "typescript";
import { type Marker, NotMarkable, isInAsyncGenerator, markBlock } from "./marker.ts";
import { markClass, markFunction } from "./markedFunctions.ts";
import { markLoop } from "./markedLoops.ts";
import { markDeclaration } from "./markedWrites.ts";

/** Undefined for what is no statement, or needs no mark of its own. */
export function markStatement(m: Marker, node: ts.Node): string | undefined {
  if (ts.isBlock(node)) return markBlock(m, node);
  if (ts.isFunctionLike(node) && "body" in node) return markFunction(m, node);
  if (ts.isClassLike(node)) return markClass(m, node);
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) return markLoop(m, node);
  if (ts.isVariableDeclaration(node)) return markDeclaration(m, node);
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return m.text(m.start(node), node.end);
  if (ts.isCatchClause(node)) return markCatch(m, node);
  if (ts.isDecorator(node)) throw new NotMarkable(node, "a decorator");
  return undefined;
}

function markCatch(m: Marker, node: ts.CatchClause): string {
  const resumed = isInAsyncGenerator(node) ? `${m.name}.resumed(); ` : "";
  const name = node.variableDeclaration?.name;
  if (name === undefined || ts.isIdentifier(name)) {
    const block = markBlock(m, node.block, resumed);
    return m.assemble(m.start(node), node.end, [{ start: m.start(node.block), end: node.block.end, text: block }]);
  }
  throw new NotMarkable(node, "a pattern in a catch clause");
}
