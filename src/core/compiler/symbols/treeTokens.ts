/**
 * The tokens of a piece of TypeScript or JavaScript, as far as they mean something: two texts with the same tokens parse to the
 * same tree. White space, comments, semicolons at the end of a statement or member, trailing commas and the kind of a
 * string's quotes leave no trace. Pure.
 */
import ts from "typescript";
import { ownName } from "./codeSymbol.ts";

/** Ends each statement and member, so that it needs no semicolon. */
const end = "\u0002";

/** @param name the declared name, which does not count. */
export function treeTokens(node: ts.Node, file: ts.SourceFile, name: ts.Node | undefined): readonly string[] {
  const tokens: string[] = [];
  const visit = (each: ts.Node): void => {
    if (isJsDoc(each)) return;
    if (each === name) tokens.push(ownName);
    else if (ts.isOmittedExpression(each)) tokens.push(",");
    else if (each.getChildCount(file) === 0) tokens.push(...leaf(each, file));
    else {
      const children = each.getChildren(file);
      const last = children.at(-1);
      (last !== undefined && mayBeLeftOut(each, last) ? children.slice(0, -1) : children).forEach(visit);
    }
    if (isClosed(each)) tokens.push(end);
  };
  visit(node);
  return tokens;
}

function leaf(node: ts.Node, file: ts.SourceFile): readonly string[] {
  if (ts.isStringLiteral(node)) return [JSON.stringify(node.text)];
  if (ts.isJsxText(node)) {
    const text = file.text.slice(node.pos, node.end);
    // As JSX itself sees it: a line break and the space around it mean nothing.
    const lines = text.split(/\s*\n\s*/).filter((line) => line !== "");
    return text.includes("\n") && text.trim() === "" ? [] : [lines.join(" ")];
  }
  const text = node.getText(file);
  return text === "" ? [] : [text];
}

function mayBeLeftOut(parent: ts.Node, last: ts.Node): boolean {
  if (parent.kind === ts.SyntaxKind.SyntaxList) return last.kind === ts.SyntaxKind.CommaToken;
  if (last.kind === ts.SyntaxKind.SemicolonToken) return isClosed(parent);
  return last.kind === ts.SyntaxKind.CommaToken && ts.isTypeElement(parent);
}

function isClosed(node: ts.Node): boolean {
  return ts.isStatement(node) || ts.isClassElement(node) || ts.isTypeElement(node);
}

function isJsDoc(node: ts.Node): boolean {
  return node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode;
}
