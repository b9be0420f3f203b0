/** Marks in what changes something: assignments, declarations, ++ and --, destructuring. Pure. */
import ts from "typescript";
import type { Edit } from "./edits.ts";
import { type Marker, NotMarkable } from "./marker.ts";
import { isSteady } from "./markedCalls.ts";
import { isAssignment, isOwner, isWrapper } from "./variables.ts";

/** Undefined for a binary expression that assigns nothing. */
export function markAssignment(m: Marker, node: ts.BinaryExpression): string | undefined {
  if (!isAssignment(node)) return undefined;
  const { left, right, operatorToken } = node;
  const target = unwrapped(left);
  const operator = m.source(operatorToken);
  if (ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target)) {
    const places = assignedPlaces(m, target);
    const value = `${m.name}.destructured(${m.mark(right)}, ${pattern(m, target)}${places.length === 0 ? "" : `, [${places.join(", ")}]`})`;
    return `${assignmentTarget(m, target)} = ${value}`;
  }
  if (ts.isIdentifier(target)) return nameAssignment(m, node, target, operator);
  if (!isAccess(target)) throw new NotMarkable(left, "this target of an assignment");
  if (isPrivate(target)) return privateAssignment(m, node, target, operator);
  return `${reference(m, target)} ${operator} ${m.mark(right)}`;
}

function nameAssignment(
  m: Marker,
  node: ts.BinaryExpression,
  name: ts.Identifier,
  operator: string,
): string | undefined {
  const place = m.variables.placeOf(name);
  if (place === undefined) {
    const keeps = operator === "=" || isLogical(operator);
    return `${name.text} ${operator} ${keeps ? m.mark(node.right) : m.operand(node.right)}`;
  }
  const value = m.mark(node.right);
  // What is a function takes its name from the variable, as long as nothing stands around it.
  if (isAnonymous(node.right)) return `(${m.name}.change(${place}), ${name.text} ${operator} ${value})`;
  const written = `${name.text} ${operator} ${m.name}.changed(${place}, ${value})`;
  return operator === "=" ? `(${written})` : `(${m.name}.look(${place}), ${written})`;
}

function isLogical(operator: string): boolean {
  return operator === "||=" || operator === "&&=" || operator === "??=";
}

/** A function or class that is named after what it is assigned to. */
function isAnonymous(node: ts.Expression): boolean {
  const value = unwrapped(node);
  return (
    ts.isArrowFunction(value) ||
    (ts.isFunctionExpression(value) && value.name === undefined) ||
    (ts.isClassExpression(value) && value.name === undefined)
  );
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function isPrivate(node: Access): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && ts.isPrivateIdentifier(node.name);
}

function reference(m: Marker, target: Access): string {
  if (target.expression.kind === ts.SyntaxKind.SuperKeyword) throw new NotMarkable(target, "an assignment to super");
  return `${m.name}.at(${m.mark(target.expression)}, ${m.key(target)}).value`;
}

/** The object is looked at before the value is evaluated; the change is marked after. */
function privateAssignment(
  m: Marker,
  node: ts.BinaryExpression,
  target: ts.PropertyAccessExpression,
  operator: string,
): string {
  const name = target.name.text;
  const object = m.mark(target.expression);
  const looked = operator === "=" ? object : `${m.name}.peek(${object}, "${name}")`;
  const value = m.mark(node.right);
  if (isSteady(m, target.expression)) {
    return `${looked}.${name} ${operator} ${m.name}.poked(${object}, "${name}", ${value})`;
  }
  if (suspends(node.right)) throw new NotMarkable(node, "an assignment to a private name that waits");
  return `${m.name}.poke(${looked}, "${name}").${name} ${operator} ${value}`;
}

/** Whether a turn may end inside an expression. */
export function suspends(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || ts.isYieldExpression(node)) return true;
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (ts.isVariableDeclarationList(node) && isAwaitUsing(node)) return true;
  if (isOwner(node)) return false;
  return ts.forEachChild(node, (child) => suspends(child) || undefined) === true;
}

/** `using` or `await using`. Both of the flags of which their flag is made stand for something else alone. */
export function isUsing(list: ts.VariableDeclarationList): boolean {
  return /^(await\s+)?using\b/.test(list.getText());
}

function isAwaitUsing(list: ts.VariableDeclarationList): boolean {
  return list.getText().startsWith("await");
}

/** ++ and --. */
export function markStep(m: Marker, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): string | undefined {
  const operator = node.operator === ts.SyntaxKind.PlusPlusToken ? "++" : "--";
  const around = (text: string): string => (ts.isPrefixUnaryExpression(node) ? operator + text : text + operator);
  const target = unwrapped(node.operand);
  if (ts.isIdentifier(target)) {
    const place = m.variables.placeOf(target);
    return place === undefined ? around(target.text) : `(${m.name}.change(${place}), ${around(target.text)})`;
  }
  if (!isAccess(target)) throw new NotMarkable(node, "this operand");
  if (isPrivate(target))
    return around(`${m.name}.poke(${m.mark(target.expression)}, "${target.name.text}").${target.name.text}`);
  return around(reference(m, target));
}

function unwrapped(node: ts.Expression): ts.Expression {
  return isWrapper(node) ? unwrapped(node.expression) : node;
}

/** The targets of a destructuring assignment. */
function assignmentTarget(m: Marker, node: ts.Expression): string {
  const target = unwrapped(node);
  if (ts.isIdentifier(target)) return target.text;
  if (isAccess(target)) {
    if (isPrivate(target))
      return `${m.name}.poke(${m.mark(target.expression)}, "${target.name.text}").${target.name.text}`;
    return reference(m, target);
  }
  if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const inner = unwrapped(target.left);
    return `${assignmentTarget(m, inner)} = ${withDefault(m, inner, target.right)}`;
  }
  if (ts.isArrayLiteralExpression(target)) {
    return `[${target.elements.map((element) => (ts.isOmittedExpression(element) ? "" : ts.isSpreadElement(element) ? `...${assignmentTarget(m, element.expression)}` : assignmentTarget(m, element))).join(", ")}]`;
  }
  if (ts.isObjectLiteralExpression(target))
    return `{ ${target.properties.map((property) => assignedProperty(m, property)).join(", ")} }`;
  throw new NotMarkable(node, "this target of an assignment");
}

function assignedProperty(m: Marker, property: ts.ObjectLiteralElementLike): string {
  if (ts.isShorthandPropertyAssignment(property)) {
    const fallback = property.objectAssignmentInitializer;
    return fallback === undefined ? property.name.text : `${property.name.text} = ${m.mark(fallback)}`;
  }
  if (ts.isSpreadAssignment(property)) return `...${assignmentTarget(m, property.expression)}`;
  if (ts.isPropertyAssignment(property)) {
    return `${keyText(property.name)}: ${assignmentTarget(m, property.initializer)}`;
  }
  throw new NotMarkable(property, "this target of an assignment");
}

/** What a nested pattern falls back to is taken apart too. */
function withDefault(m: Marker, target: ts.Node, value: ts.Expression): string {
  const isPattern =
    ts.isObjectLiteralExpression(target) || ts.isArrayLiteralExpression(target) || ts.isBindingName(target);
  if (!isPattern || ts.isIdentifier(target)) return m.mark(value);
  return `${m.name}.destructured(${m.mark(value)}, ${pattern(m, target)})`;
}

/** The places of the variables that a pattern gives values to. */
export function assignedPlaces(m: Marker, node: ts.Node): string[] {
  const places: string[] = [];
  const visit = (inner: ts.Node): void => {
    const place = ts.isIdentifier(inner)
      ? (m.variables.placeOf(inner) ?? m.variables.placeOfDeclared(inner))
      : undefined;
    if (place !== undefined) places.push(place);
    if (!isOwner(inner)) ts.forEachChild(inner, visit);
  };
  visit(node);
  return places;
}

type Pattern = ts.ObjectLiteralExpression | ts.ArrayLiteralExpression | ts.BindingName;

/**
 * What a pattern takes, as data for the marks: `{ a, b: [c] }` is `{ keys: [["a"], ["b", { items: [0] }]] }`.
 * 0 stands for a name, which takes nothing apart.
 */
export function pattern(m: Marker, node: Pattern | ts.Expression): string {
  const target = ts.isExpression(node) ? unwrapped(node) : node;
  if (ts.isBinaryExpression(target)) return pattern(m, target.left);
  if (ts.isArrayBindingPattern(target) || ts.isArrayLiteralExpression(target)) {
    const items = target.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return "0";
      if (ts.isSpreadElement(element)) return pattern(m, element.expression);
      return ts.isBindingElement(element) ? pattern(m, element.name) : pattern(m, element);
    });
    return `{ items: [${items.join(", ")}] }`;
  }
  if (ts.isObjectBindingPattern(target)) return objectPattern(target.elements.map((element) => boundKey(m, element)));
  if (ts.isObjectLiteralExpression(target))
    return objectPattern(target.properties.map((property) => assignedKey(m, property)));
  return "0";
}

/** @param keys undefined for the rest. */
function objectPattern(keys: readonly (string | undefined)[]): string {
  const named = keys.filter((key) => key !== undefined);
  return `{ keys: [${named.join(", ")}]${named.length === keys.length ? "" : ", rest: true"} }`;
}

function boundKey(m: Marker, element: ts.BindingElement): string | undefined {
  if (element.dotDotDotToken !== undefined) return undefined;
  const key = element.propertyName ?? element.name;
  if (!ts.isPropertyName(key)) throw new NotMarkable(element, "this pattern");
  return `[${keyText(key)}, ${pattern(m, element.name)}]`;
}

function assignedKey(m: Marker, property: ts.ObjectLiteralElementLike): string | undefined {
  if (ts.isSpreadAssignment(property)) return undefined;
  if (ts.isShorthandPropertyAssignment(property)) return `[${keyText(property.name)}, 0]`;
  if (!ts.isPropertyAssignment(property)) throw new NotMarkable(property, "this pattern");
  return `[${keyText(property.name)}, ${pattern(m, property.initializer)}]`;
}

function keyText(name: ts.PropertyName): string {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name)) return JSON.stringify(name.text);
  if (ts.isNumericLiteral(name)) return name.text;
  throw new NotMarkable(name, "a computed key in a pattern");
}

/** A declared name or pattern, its defaults marked. */
export function bindingText(m: Marker, name: ts.BindingName): string {
  if (ts.isIdentifier(name)) return name.text;
  const parts: Edit[] = [];
  for (const element of name.elements) {
    if (!ts.isBindingElement(element)) continue;
    if (!ts.isIdentifier(element.name)) {
      parts.push({ start: m.start(element.name), end: element.name.end, text: bindingText(m, element.name) });
    }
    const { initializer } = element;
    if (initializer === undefined) continue;
    const text = withDefault(m, element.name, initializer);
    parts.push({ start: m.start(initializer), end: initializer.end, text });
  }
  return m.assemble(m.start(name), name.end, parts);
}

export function markDeclaration(m: Marker, node: ts.VariableDeclaration): string | undefined {
  const { name, initializer } = node;
  if (ts.isIdentifier(name)) {
    const place = m.variables.placeOfDeclared(name);
    if (place === undefined) return undefined;
    if (initializer === undefined) return undefined;
    if (isAnonymous(initializer)) return `${m.temporary()} = ${m.name}.change(${place}), ${m.inside(node)}`;
    const text = `${m.name}.changed(${place}, ${m.mark(initializer)})`;
    return m.assemble(m.start(node), node.end, [{ start: m.start(initializer), end: initializer.end, text }]);
  }
  if (initializer === undefined) return bindingText(m, name);
  const places = assignedPlaces(m, name);
  const changed = places.length === 0 ? "" : `, [${places.join(", ")}]`;
  return `${bindingText(m, name)} = ${m.name}.destructured(${m.mark(initializer)}, ${pattern(m, name)}${changed})`;
}
