/** Marks in expressions that read: names, properties, operators, literals. Pure. */
import ts from "typescript";
import { type Marker, NotMarkable, converting, isInAsyncGenerator, isPrimitive } from "./marker.ts";
import { markCall, markChain, markNew, markTag } from "./markedCalls.ts";
import { markAssignment, markStep } from "./markedWrites.ts";
import { isWrapper } from "./variables.ts";

/** Undefined for what is no expression, or needs no mark of its own. */
export function markExpression(m: Marker, node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return markName(m, node);
  if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    if (ts.isOptionalChain(node)) return `${markChain(m, node)}.value`;
    return ts.isCallExpression(node) ? markCall(m, node) : markRead(m, node);
  }
  if (ts.isNewExpression(node)) return markNew(m, node);
  if (ts.isTaggedTemplateExpression(node)) return markTag(m, node);
  if (ts.isBinaryExpression(node)) return markAssignment(m, node) ?? markOperator(m, node);
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return markUnary(m, node);
  if (ts.isDeleteExpression(node)) return markDelete(m, node);
  if (ts.isTemplateExpression(node)) return markTemplate(m, node);
  return markLiteral(m, node) ?? markSuspension(m, node);
}

function markLiteral(m: Marker, node: ts.Node): string | undefined {
  if (ts.isRegularExpressionLiteral(node)) return `${m.name}.made(${m.source(node)})`;
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node))
    return `${m.name}.made(${m.inside(node)})`;
  if (ts.isSpreadElement(node)) return `...${m.name}.iterated(${m.mark(node.expression)})`;
  if (ts.isSpreadAssignment(node)) return `...${m.name}.seen(${m.mark(node.expression)})`;
  if (ts.isShorthandPropertyAssignment(node)) return `${node.name.text}: ${markName(m, node.name) ?? node.name.text}`;
  if (ts.isComputedPropertyName(node)) return `[${m.operand(node.expression)}]`;
  return undefined;
}

function markSuspension(m: Marker, node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node)) return isInAsyncGenerator(node) ? `${m.name}.resumed(${m.inside(node)})` : undefined;
  if (!ts.isYieldExpression(node)) return undefined;
  if (node.asteriskToken === undefined || node.expression === undefined) {
    return isInAsyncGenerator(node) ? `${m.name}.resumed(${m.inside(node)})` : undefined;
  }
  if (isInAsyncGenerator(node)) throw new NotMarkable(node, "yield* in an async generator");
  return `yield* ${m.name}.delegated(${m.mark(node.expression)})`;
}

function markName(m: Marker, node: ts.Identifier): string | undefined {
  if (node.text === "eval" && !isPropertyName(node)) throw new NotMarkable(node, "eval");
  const place = m.variables.placeOf(node);
  return place === undefined ? undefined : `(${m.name}.look(${place}), ${node.text})`;
}

function isPropertyName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent);
}

function markRead(m: Marker, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | undefined {
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword) return undefined;
  if (ts.isPropertyAccessExpression(node) && ts.isPrivateIdentifier(node.name)) {
    return `${m.name}.peek(${m.mark(node.expression)}, "${node.name.text}").${node.name.text}`;
  }
  return `${m.name}.get(${m.mark(node.expression)}, ${m.key(node)})`;
}

function markOperator(m: Marker, node: ts.BinaryExpression): string | undefined {
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.InKeyword) {
    if (ts.isPrivateIdentifier(node.left)) return undefined;
    return `${m.name}.has(${m.mark(node.left)}, ${m.mark(node.right)})`;
  }
  if (!converting.has(kind)) return undefined;
  const isEquality = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
  if (isEquality && [node.left, node.right].some(isNothing)) return undefined;
  return m.assemble(m.start(node), node.end, [
    { start: m.start(node.left), end: node.left.end, text: m.operand(node.left) },
    { start: m.start(node.right), end: node.right.end, text: m.operand(node.right) },
  ]);
}

/** null and undefined equal no object, and nothing is converted to find out. */
function isNothing(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined");
}

function markUnary(m: Marker, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): string | undefined {
  const { operator, operand } = node;
  if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken) return markStep(m, node);
  if (operator === ts.SyntaxKind.ExclamationToken || isPrimitive(operand)) return undefined;
  return m.assemble(m.start(node), node.end, [{ start: m.start(operand), end: operand.end, text: m.operand(operand) }]);
}

function markDelete(m: Marker, node: ts.DeleteExpression): string | undefined {
  let target = node.expression as ts.Expression;
  while (isWrapper(target)) target = target.expression;
  if (ts.isOptionalChain(target)) throw new NotMarkable(node, "delete of an optional chain");
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return undefined;
  return `${m.name}.remove(${m.mark(target.expression)}, ${m.key(target)})`;
}

function markTemplate(m: Marker, node: ts.TemplateExpression): string {
  const parts = node.templateSpans.map(({ expression }) => ({
    start: m.start(expression),
    end: expression.end,
    text: m.operand(expression),
  }));
  return m.assemble(m.start(node), node.end, parts);
}
