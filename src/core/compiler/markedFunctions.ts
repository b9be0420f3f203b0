/** Marks in functions and classes: what tells them from the engine's own, and parameters that are patterns. Pure. */
import ts from "typescript";
import type { Edit } from "./edits.ts";
import { type Marker, NotMarkable, isAsyncGenerator, markBlock } from "./marker.ts";
import { bindingText, pattern } from "./markedWrites.ts";

export function markFunction(
  m: Marker,
  node: ts.FunctionLikeDeclaration | ts.SignatureDeclaration,
): string | undefined {
  const body = "body" in node ? node.body : undefined;
  if (body === undefined) return undefined;
  const parts: Edit[] = [];
  if (node.name !== undefined && !ts.isIdentifier(node.name)) parts.push(m.part(node.name));
  const { first, edits } = parameters(m, node);
  parts.push(...edits);
  parts.push({ start: m.start(body), end: body.end, text: bodyText(m, node, body, first) });
  return m.assemble(m.start(node), node.end, parts);
}

function bodyText(m: Marker, node: ts.SignatureDeclaration, body: ts.ConciseBody, first: string): string {
  if (!ts.isBlock(body)) return first === "" ? m.mark(body) : `{ ${first}return (${m.mark(body)}); }`;
  if (ts.isConstructorDeclaration(node)) refuseReturnedValues(body);
  if (!isAsyncGenerator(node)) return markBlock(m, body, first);
  // However the body goes on or ends, it says so.
  return `{ ${first}${m.name}.resumed(); try ${markBlock(m, body)} finally { ${m.name}.resumed(); } }`;
}

/** A constructor that answers with something else than `this` may hand out what already has a number. */
function refuseReturnedValues(body: ts.Node): void {
  ts.forEachChild(body, (node) => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) {
      throw new NotMarkable(node, "a constructor that returns something");
    }
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) refuseReturnedValues(node);
  });
}

/** The comment by which a function is known as marked, and what the body must begin with. */
function parameters(m: Marker, node: ts.SignatureDeclaration): { readonly first: string; readonly edits: Edit[] } {
  const comment = `/*${m.name}*/`;
  const edits: Edit[] = [];
  let first = "";
  for (const parameter of node.parameters) {
    if (ts.isIdentifier(parameter.name)) {
      edits.push(m.part(parameter));
      if (parameter.dotDotDotToken !== undefined) first += `${m.name}.made(${parameter.name.text}); `;
      continue;
    }
    if ("asteriskToken" in node && node.asteriskToken !== undefined) {
      throw new NotMarkable(parameter, "a pattern as a parameter of a generator");
    }
    refuseUseInDefaults(node, parameter.name);
    const given = m.temporary();
    const rest = parameter.dotDotDotToken === undefined ? "" : "...";
    const fallback = parameter.initializer === undefined ? "" : ` = ${m.mark(parameter.initializer)}`;
    edits.push({ start: m.start(parameter), end: parameter.end, text: `${rest}${given}${fallback}` });
    first += `let ${bindingText(m, parameter.name)} = ${m.name}.destructured(${given}, ${pattern(m, parameter.name)}); `;
  }
  const [bare] = node.parameters;
  const open = parenthesis(m, node);
  if (open === undefined && bare !== undefined) {
    const [edit] = edits;
    return { first, edits: [{ start: m.start(bare), end: bare.end, text: `(${comment}${edit?.text ?? ""})` }] };
  }
  if (open !== undefined) edits.unshift({ start: open + 1, end: open + 1, text: comment });
  return { first, edits };
}

/** Names of a pattern come to be in the body, too late for the defaults of other parameters. */
function refuseUseInDefaults(node: ts.SignatureDeclaration, pattern: ts.BindingName): void {
  const names = new Set<string>();
  const collect = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) collect(element.name);
  };
  collect(pattern);
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner) && names.has(inner.text)) throw new NotMarkable(inner, "a default that uses a pattern");
    ts.forEachChild(inner, visit);
  };
  for (const { initializer } of node.parameters) if (initializer !== undefined) visit(initializer);
}

/** The offset of the parenthesis that opens the parameters; undefined for an arrow function that has none. */
function parenthesis(m: Marker, node: ts.SignatureDeclaration): number | undefined {
  const from = node.typeParameters?.end ?? node.name?.end ?? m.start(node);
  const [first] = node.parameters;
  const end = first === undefined ? node.end : m.start(first);
  const text = node.getSourceFile().text.slice(from, end);
  const at = text.indexOf("(");
  return at < 0 ? undefined : from + at;
}

export function markClass(m: Marker, node: ts.ClassLikeDeclaration): string {
  const parts: Edit[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isHeritageClause(child) && child.token === ts.SyntaxKind.ExtendsKeyword) {
      const [base] = child.types;
      if (base === undefined) return;
      const { expression } = base;
      parts.push({
        start: m.start(expression),
        end: expression.end,
        text: `${m.name}.base(${m.mark(expression)})`,
      });
      return;
    }
    parts.push(m.part(child));
  });
  const body = node.getSourceFile().text.indexOf("{", bodyFrom(m, node));
  const first = `/*${m.name}*/static { ${m.name}.made(this); } #${m.name} = ${m.name}.born(this); `;
  parts.push({ start: body + 1, end: body + 1, text: first });
  return m.assemble(m.start(node), node.end, parts);
}

/** An offset after everything that stands before the body. */
function bodyFrom(m: Marker, node: ts.ClassLikeDeclaration): number {
  const before = [node.name, node.typeParameters, node.heritageClauses].map((part) => part?.end ?? 0);
  return Math.max(m.start(node), ...before);
}
