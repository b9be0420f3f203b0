/** Marks in calls. Pure. */
import ts from "typescript";
import { type Marker, NotMarkable } from "./marker.ts";
import { isWrapper } from "./variables.ts";

/** The callee without what types and parentheses add. */
function unwrapped(node: ts.Expression): ts.Expression {
  return isWrapper(node) ? unwrapped(node.expression) : node;
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** A call outside an optional chain. */
export function markCall(m: Marker, node: ts.CallExpression): string {
  const callee = unwrapped(node.expression);
  const given = list(m, node.arguments);
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return `super(...${m.name}.passed(${given}))`;
  const text = JSON.stringify(m.source(callee).replaceAll(/\s+/g, " ").slice(0, 60));
  if (!isAccess(callee)) return `${m.name}.call(${m.mark(node.expression)}, ${text}, ${given})`;
  if (ts.isOptionalChain(callee)) throw new NotMarkable(node, "a call of an optional chain in parentheses");
  if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) {
    return `${m.name}.callOn(this, ${m.mark(callee)}, ${text}, ${given})`;
  }
  if (ts.isPropertyAccessExpression(callee) && ts.isPrivateIdentifier(callee.name)) {
    return privateCall(m, callee, text, given);
  }
  return `${m.name}.method(${m.mark(callee.expression)}, ${m.key(callee)}, ${text}).call(${given})`;
}

function privateCall(m: Marker, callee: ts.PropertyAccessExpression, text: string, given: string): string {
  const name = callee.name.text;
  if (isSteady(m, callee.expression))
    return `${m.name}.callOn(${m.mark(callee.expression)}, ${m.mark(callee)}, ${text}, ${given})`;
  const object = m.temporary();
  return `${m.name}.private(${m.mark(callee.expression)}, (${object}) => ${m.name}.peek(${object}, "${name}").${name}, ${text}).call(${given})`;
}

/** Whether looking at an expression twice is the same as once. */
export function isSteady(m: Marker, node: ts.Expression): boolean {
  const object = unwrapped(node);
  return object.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(object) && m.variables.isConstant(object));
}

/** Arguments as an array literal. */
function list(m: Marker, given: ts.NodeArray<ts.Expression> | undefined): string {
  return `[${(given ?? []).map((argument) => m.mark(argument)).join(", ")}]`;
}

export function markNew(m: Marker, node: ts.NewExpression): string {
  const text = JSON.stringify(m.source(node.expression).slice(0, 60));
  return `${m.name}.construct(${m.mark(node.expression)}, ${text}, ${list(m, node.arguments)})`;
}

export function markTag(m: Marker, node: ts.TaggedTemplateExpression): string {
  const { tag, template } = node;
  const isRaw = m.source(tag) === "String.raw";
  if (!isRaw && !ts.isIdentifier(tag)) throw new NotMarkable(node, "a template with a tag that is more than a name");
  const parts = [{ start: m.start(tag), end: tag.end, text: isRaw ? "String.raw" : `${m.name}.tag(${m.mark(tag)})` }];
  const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
  for (const { expression } of spans) {
    const text = isRaw ? m.operand(expression) : m.mark(expression);
    parts.push({ start: m.start(expression), end: expression.end, text });
  }
  return m.assemble(m.start(node), node.end, parts);
}

/**
 * An optional chain becomes one of objects that carry a value along: `a?.b.c(d)` is `chain(a)?.get("b").get("c").call([d])`,
 * so that the engine's own `?.` leaves out the rest. Without the final `.value`.
 */
export function markChain(m: Marker, node: ts.Expression): string {
  if (ts.isNonNullExpression(node)) return markChain(m, node.expression);
  if (!ts.isCallExpression(node) && !isAccess(node)) throw new NotMarkable(node, "this optional chain");
  const before = base(m, node, node.expression, node.questionDotToken !== undefined);
  if (ts.isCallExpression(node)) return `${before}.call(${list(m, node.arguments)})`;
  return `${before}.get(${m.key(node)})`;
}

function base(m: Marker, link: ts.Expression, node: ts.Expression, isOptional: boolean): string {
  const inner = ts.isNonNullExpression(node) ? unwrappedAssertions(node) : node;
  if (ts.isOptionalChain(inner)) return isOptional ? `${markChain(m, inner)}.unlessNull()?` : markChain(m, inner);
  if (!isOptional) throw new NotMarkable(link, "this optional chain");
  const callee = unwrapped(node);
  if (!ts.isCallExpression(link) || !isAccess(callee)) return `${m.name}.chain(${m.mark(node)})?`;
  if (callee.expression.kind === ts.SyntaxKind.SuperKeyword) return `${m.name}.chain(${m.mark(callee)}, this)?`;
  if (ts.isPropertyAccessExpression(callee) && ts.isPrivateIdentifier(callee.name)) {
    if (!isSteady(m, callee.expression)) throw new NotMarkable(link, "an optional call of a private method");
    return `${m.name}.chain(${m.mark(callee)}, ${m.mark(callee.expression)})?`;
  }
  return `${m.name}.chained(${m.mark(callee.expression)}, ${m.key(callee)})?`;
}

function unwrappedAssertions(node: ts.Expression): ts.Expression {
  return ts.isNonNullExpression(node) ? unwrappedAssertions(node.expression) : node;
}
